package sanitize

import (
	"net/url"
	"strings"
)

// scheme is the scheme of an address in lower case, "" when it is relative.
func scheme(address string) string {
	for i := range len(address) {
		c := address[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		case c == ':' && i > 0:
			return strings.ToLower(address[:i])
		default:
			return ""
		}
	}
	return ""
}

// browserTrim drops what browsers drop from an address before they look at it: control characters and
// blanks at its ends, tabs and newlines anywhere.
// Source: URL standard, 4.4, the basic URL parser.
func browserTrim(address string) string {
	address = strings.TrimFunc(address, func(r rune) bool { return r <= ' ' })
	if !strings.ContainsAny(address, "\t\n\r") {
		return address
	}
	return strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(address)
}

// cleanURL returns an address as browsers read it, spelled so that every parser reads it the same way:
// blanks, controls and stray percent signs are encoded, backslashes are slashes where browsers take
// them for such. why is not empty when no spelling of it is safe. The host is never changed.
func cleanURL(address string) (clean, why string) {
	if plainURL(address) {
		return address, ""
	}
	clean = browserTrim(address)
	if clean == "" {
		return "", "the address is empty"
	}
	switch s := scheme(clean); s {
	case "http", "https":
		rest := slashes(clean[len(s)+1:])
		host := strings.TrimLeft(rest, "/")
		if len(rest)-len(host) < 2 {
			return "", "without two slashes after " + s + ": its host depends on the page around it"
		}
		clean = clean[:len(s)] + "://" + host
	case "":
		clean = slashes(clean)
		if host := strings.TrimLeft(clean, "/"); len(clean)-len(host) > 1 {
			clean = "//" + host
		}
	}
	host := hostOf(clean)
	for _, encode := range []func(byte) bool{needsEncoding, unsafeInURL} {
		spelled := clean[:host] + percent(clean[host:], encode)
		if u, ok := stable(spelled); ok && u.Host+userOf(u) != "" == (host > 0 && hasHost(clean)) {
			return spelled, ""
		}
	}
	if scheme(clean) == "" && !strings.HasPrefix(clean, "/") && !strings.HasPrefix(clean, "./") {
		return cleanURL("./" + clean) // A colon in the first segment.
	}
	return "", "the address does not parse"
}

// plainURL tells of an address that every parser reads the same way, without parsing it. It has no scheme but http or
// https.
func plainURL(address string) bool {
	path := address
	if rest, ok := strings.CutPrefix(address, "http"); ok && strings.Contains(rest, "://") {
		rest, ok = strings.CutPrefix(strings.TrimPrefix(rest, "s"), "://")
		host := 0
		for host < len(rest) && rest[host] != '/' {
			if c := rest[host]; !isLetter(c) && c != '.' && c != '-' {
				return false
			}
			host++
		}
		if !ok || host == 0 {
			return false
		}
		path = rest[host:]
	} else if path == "" || path[0] == '/' || strings.Contains(path, ":") {
		return false
	}
	for i := range len(path) {
		if !plainInPath[path[i]] {
			return false
		}
	}
	return true
}

// plainInPath has the letters, digits and signs that may stand in a plain address behind its host.
var plainInPath = func() (table [256]bool) {
	for i := range table {
		table[i] = isLetter(byte(i)) || strings.IndexByte("/-._~?&=+,;:@!$", byte(i)) >= 0
	}
	return table
}()

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func userOf(u *url.URL) string {
	if u.User == nil {
		return ""
	}
	return "@"
}

// stable parses an address and tells whether writing it out and parsing that leads to the same place.
func stable(address string) (*url.URL, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, false
	}
	again, err := url.Parse(u.String())
	return u, err == nil && again.Host == u.Host && again.Scheme == u.Scheme && again.String() == u.String() &&
		(u.Host != "" || !hasHost(address))
}

// hasHost tells whether an address with forward slashes names a host.
func hasHost(address string) bool {
	s := scheme(address)
	if s != "" {
		address = address[len(s)+1:]
	}
	return strings.HasPrefix(address, "//")
}

// hostOf is the length of an address up to the end of its host, 0 without one.
func hostOf(address string) int {
	if !hasHost(address) {
		return 0
	}
	start := strings.Index(address, "//") + 2
	if n := strings.IndexAny(address[start:], "/?#"); n >= 0 {
		return start + n
	}
	return len(address)
}

// slashes turns the backslashes before a query or fragment into slashes.
func slashes(address string) string {
	path := address
	if n := strings.IndexAny(address, "?#"); n >= 0 {
		path = address[:n]
	}
	if !strings.Contains(path, `\`) {
		return address
	}
	return strings.ReplaceAll(path, `\`, "/") + address[len(path):]
}

func needsEncoding(c byte) bool { return c <= ' ' || c == 0x7F }

func unsafeInURL(c byte) bool { return needsEncoding(c) || strings.IndexByte("\"<>\\^`{|}", c) >= 0 }

// percent encodes the bytes that encode names, and every percent sign that encodes nothing.
func percent(s string, encode func(byte) bool) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if encode(c) || c == '%' && !(i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])) {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// sameURL tells whether bluemonday's spelling of an address is that of the one given.
func sameURL(address, spelled string) bool {
	if address == spelled {
		return true
	}
	u, err := url.Parse(strings.TrimSpace(address))
	return err == nil && u.String() == spelled
}
