package schema

import (
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// errFormat is the error of all formats: messages are made from the name of the format.
var errFormat = errors.New("not of the format")

// ownFormats are the formats that are stricter here than in the library, which takes addresses with blanks in
// them, and those that it does not know.
func ownFormats() []*jsonschema.Format {
	var all []*jsonschema.Format
	add := func(name string, ok func(string) bool) {
		all = append(all, &jsonschema.Format{Name: name, Validate: func(v any) error {
			if s, is := v.(string); is && !ok(s) {
				return errFormat
			}
			return nil
		}})
	}
	add("uri", func(s string) bool { return isReference(s, false) && hasScheme(s) })
	add("iri", func(s string) bool { return isReference(s, true) && hasScheme(s) })
	add("uri-reference", func(s string) bool { return isReference(s, false) })
	add("iri-reference", func(s string) bool { return isReference(s, true) })
	add("email", func(s string) bool { return isMail(s, false) })
	add("idn-email", func(s string) bool { return isMail(s, true) })
	add("ipv4", isIPv4)
	add("duration", func(s string) bool { return grammars().duration.MatchString(s) })
	add("uri-template", func(s string) bool { return grammars().template.MatchString(s) })
	return all
}

// isReference tells whether a text is a URI reference by RFC 3986 or, with letters beyond ASCII, an IRI reference
// by RFC 3987.
func isReference(s string, international bool) bool {
	if isPlainURL(s) {
		return true
	}
	for _, r := range s {
		if r <= ' ' || r == 0x7F || strings.ContainsRune("\"<>\\^`{|}", r) || r == utf8.RuneError || r >= utf8.RuneSelf && !international {
			return false
		}
	}
	u, err := url.Parse(s)
	if err != nil || strings.Count(s, "#") > 1 {
		return false
	}
	rest := s
	if _, after, found := strings.Cut(s, "//"); found && u.Host != "" {
		authority := after
		if i := strings.IndexAny(after, "/?#"); i >= 0 {
			authority = after[:i]
		}
		if strings.Count(authority, "@") > 1 || strings.Contains(u.Host, ":") && u.Host[0] != '[' && strings.Count(u.Host, ":") > 1 {
			return false
		}
		rest = after[len(authority):]
	}
	return !strings.ContainsAny(rest, "[]")
}

// isPlainURL tells of the URLs that most are like, which need no closer look: http or https, a host name without a port,
// and a path or query of characters that mean themselves.
func isPlainURL(s string) bool {
	rest, secure := strings.CutPrefix(s, "https://")
	if !secure {
		var plain bool
		if rest, plain = strings.CutPrefix(s, "http://"); !plain {
			return false
		}
	}
	host := true
	for i := range len(rest) {
		switch c := rest[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '.':
		case c == '/' && i > 0:
			host = false
		case host, !strings.Contains("_~?=&+,;!@:", string(c)):
			return false
		}
	}
	return rest != ""
}

func hasScheme(s string) bool {
	if isPlainURL(s) {
		return true
	}
	u, err := url.Parse(s)
	return err == nil && u.IsAbs()
}

// isMail tells whether a text is an address by RFC 5321, section 4.1.2: a local part and a domain.
func isMail(s string, international bool) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at > 64 || len(s) > 254 {
		return false
	}
	local, domain := s[:at], s[at+1:]
	for _, r := range s {
		if r >= utf8.RuneSelf && !international {
			return false
		}
	}
	return isLocalPart(local) && isDomain(domain)
}

func isLocalPart(local string) bool {
	if len(local) > 1 && local[0] == '"' && local[len(local)-1] == '"' {
		inner := strings.NewReplacer(`\\`, "", `\"`, "").Replace(local[1 : len(local)-1])
		return !strings.ContainsAny(inner, "\"\\\r\n")
	}
	return grammars().atoms.MatchString(local)
}

func isDomain(domain string) bool {
	if inner, found := strings.CutPrefix(domain, "["); found {
		inner, found = strings.CutSuffix(inner, "]")
		if six, is := strings.CutPrefix(inner, "IPv6:"); is {
			addr, err := netip.ParseAddr(six)
			return found && err == nil && addr.Is6() && addr.Zone() == ""
		}
		return found && isIPv4(inner)
	}
	return len(domain) < 254 && grammars().domain.MatchString(domain)
}

func isIPv4(s string) bool {
	addr, err := netip.ParseAddr(s)
	return err == nil && addr.Is4() && !strings.ContainsAny(s, "+-")
}

type formatGrammars struct{ duration, template, atoms, domain *regexp.Regexp }

// grammars are those of durations (RFC 3339, appendix A), URI templates (RFC 6570, section 2), the atoms of a local part
// (RFC 5322, section 3.2.3) and the labels of a domain (RFC 1123, section 2.1).
var grammars = sync.OnceValue(func() formatGrammars {
	const (
		clock    = `T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)`
		date     = `(?:[0-9]+D|[0-9]+M(?:[0-9]+D)?|[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?)`
		percent  = `%[0-9A-Fa-f]{2}`
		name     = `(?:[A-Za-z0-9_]|` + percent + `)(?:\.?(?:[A-Za-z0-9_]|` + percent + `))*`
		variable = name + `(?::[1-9][0-9]{0,3}|\*)?`
		atom     = "[^\\s\\x00-\\x1f\\x7f()<>\\[\\]:;@\\\\,.\"\uff20]+"
		label    = `[A-Za-z0-9\x{80}-\x{10FFFF}](?:[A-Za-z0-9\x{80}-\x{10FFFF}-]{0,61}[A-Za-z0-9\x{80}-\x{10FFFF}])?`
	)
	return formatGrammars{
		duration: regexp.MustCompile(`^P(?:` + date + `(?:` + clock + `)?|` + clock + `|[0-9]+W)$`),
		template: regexp.MustCompile("^(?:[^\\x00-\\x20\\x7f\"%<>\\\\^`{|}]|" + percent + `|\{[+#./;?&=,!@|]?` + variable + `(?:,` + variable + `)*\})*$`),
		atoms:    regexp.MustCompile(`^` + atom + `(?:\.` + atom + `)*$`),
		domain:   regexp.MustCompile(`^` + label + `(?:\.` + label + `)*$`),
	}
})
