package repair

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var unwrapRedirects = Repair{
	Name: "unwrap-redirects", Code: "LK006", Rule: "redirect-wrapper",
	Before: "<p><a href=\"https://link.juejin.cn/?target=https%3A%2F%2Fexample.com%2Frain\">rain</a></p>\n",
	After:  "<p><a href=\"https://example.com/rain\">rain</a></p>\n",
	on:     func(o *Options) bool { return o.UnwrapRedirects },
	find:   func(b *markup.Body, _ *Set) []Found { return Redirects(b) },
}

// Redirects finds links to a page that does nothing but lead on to another one.
func Redirects(b *markup.Body) (out []Found) {
	eachTarget(b, func(l *markup.Link) {
		host, target := redirect(l.URL)
		for range 5 { // One can lead to the next.
			if _, next := redirect(target); next != "" {
				target = next
			}
		}
		if target != "" {
			out = append(out, Found{Span: l.URLSpan, Message: host + " only leads on to " + clip(target), Title: "link to " + clip(target),
				Edits: []pipeline.Edit{leadTo(b, l, target)}})
		}
	})
	return out
}

// Words in an address that say that it leads on, and the parameters that say where to, the likeliest first.
var (
	redirectPaths = words("go goto gotolink gourl link link2 redirect redir jump away out outbound exit external " +
		"click linkfilter l track cread middlem sinaurl")
	redirectHosts = words("link links go out away redirect redir jump click track outgoing l lm cors")
	targetNames   = strings.Fields("target url to u t q z dest destination redirect redirect_url redirect_to goto link murl ued urllink pfurl uddg")
)

// words makes a set of a list.
func words(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

// redirect returns the host of a page that leads on, and where to; target is empty for other addresses.
func redirect(address string) (host, target string) {
	_, query, ok := strings.Cut(address, "?")
	if !ok || !strings.Contains(query, "http") {
		return "", ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !leadsOn(u) {
		return "", ""
	}
	found := map[string]string{}
	query, fragment, _ := strings.Cut(query, "#")
	for rest := query; rest != ""; {
		part, after, _ := strings.Cut(rest, "&")
		name, value, _ := strings.Cut(part, "=")
		if name = strings.ToLower(name); slices.Contains(targetNames, name) && found[name] == "" {
			if strings.Contains(value, "://") && strings.Contains(value, "?") && after != "" { // Not encoded: all that follows is its own.
				value, after = value+"&"+after, ""
			}
			found[name] = absolute(value)
		}
		rest = after
	}
	for _, name := range targetNames {
		if target = found[name]; target != "" {
			if fragment != "" && !strings.Contains(target, "#") {
				target += "#" + fragment
			}
			return u.Host, target
		}
	}
	return "", ""
}

// leadsOn tells whether an address is that of a page that leads on: its host or the last name in its path says so.
func leadsOn(u *url.URL) bool {
	if p := strings.ToLower(u.Path); strings.Contains(p, "share") || strings.Contains(p, "login") || strings.Contains(p, "auth") {
		return false // A form that is filled in with the address.
	}
	last := strings.ToLower(strings.TrimSuffix(path.Base(u.Path), path.Ext(u.Path)))
	first, _, _ := strings.Cut(strings.ToLower(u.Hostname()), ".")
	if redirectPaths[last] || redirectHosts[first] && (u.Path == "" || u.Path == "/" || first == "cors") {
		return true
	}
	return strings.HasPrefix(u.Hostname(), "www.google.") && u.Path == "/url"
}

// absolute decodes a parameter until it is an address of the web; it returns "" when it is none.
func absolute(value string) string {
	for range 4 {
		if lower := strings.ToLower(value); strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
			u, err := url.Parse(value)
			if err != nil || !strings.Contains(u.Hostname(), ".") || u.User != nil || strings.ContainsAny(value, "\"'<>` \\\t\r\n") {
				return ""
			}
			return value
		}
		decoded, err := url.QueryUnescape(value)
		if err != nil || decoded == value {
			return ""
		}
		value = decoded
	}
	return ""
}
