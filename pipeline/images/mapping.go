package images

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// mapping says which place an address means.
type mapping struct {
	from *regexp.Regexp // of the whole address
	to   string         // a template of regexp.Expand
}

// parseMap reads rules "FROM => TO".
func parseMap(rules []string) ([]mapping, error) {
	var all []mapping
	for _, rule := range rules {
		from, to, ok := strings.Cut(rule, "=>")
		from, to = strings.TrimSpace(from), strings.TrimSpace(to)
		if !ok || from == "" || to == "" {
			return nil, fmt.Errorf("option map: %q is not a regular expression and a place with => between them", rule)
		}
		pattern, err := regexp.Compile(`^(?:` + from + `)$`)
		if err != nil {
			if _, alone := regexp.Compile(from); alone != nil {
				err = alone // It shows the expression as it was given.
			}
			return nil, fmt.Errorf("option map: %w", err)
		}
		all = append(all, mapping{pattern, to})
	}
	return all, nil
}

// place gives where the picture of a reference lies: what the first rule that fits makes of it, else Place.
// A rule that makes a path means one below the root, unless it begins with a dot.
func (s *settings) place(ref string) (string, bool) {
	address := strings.TrimSpace(ref)
	if place, ok := Place(ref); ok && IsRemote(place) {
		address = place
	}
	for _, m := range s.rules {
		found := m.from.FindStringSubmatchIndex(address)
		if found == nil {
			continue
		}
		to := string(m.from.ExpandString(nil, m.to, address, found))
		if _, local := LocalPath(to); local && !strings.HasPrefix(to, ".") && !strings.HasPrefix(to, "/") {
			to = "/" + to
		}
		return Place(to)
	}
	return Place(ref)
}

// isElsewhere tells whether a reference names a picture by an address, whatever a rule makes of that.
func isElsewhere(ref string) bool {
	_, local := LocalPath(ref)
	return !local
}

// baseURL checks an address that names of files are put behind: one of http or https, or a path from the root
// of the site. It is given without a slash at its end.
func baseURL(text string) (string, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil:
		return "", fmt.Errorf("option base-url: %w", err)
	case u.RawQuery != "" || u.Fragment != "" || u.User != nil || u.Opaque != "" ||
		u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" || (u.Host == "") != (u.Scheme == "") && !strings.HasPrefix(text, "//") ||
		u.Host == "" && !strings.HasPrefix(text, "/"):
		return "", fmt.Errorf("option base-url: %q is no address like https://cdn.example.com/pictures or /pictures", text)
	}
	if text = strings.TrimRight(u.String(), "/"); text == "" {
		return "", errors.New("option base-url: / is no folder; leave the option out for references relative to the article")
	}
	return text, nil
}
