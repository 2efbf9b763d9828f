package markup

import "strings"

// RemoteHost is the host of an address on the web.
func RemoteHost(url string) (host string, ok bool) {
	if url == "" || url[0] != '/' && url[0]|0x20 != 'h' { // Most that are asked about begin otherwise.
		return "", false
	}
	for _, prefix := range []string{"https://", "http://", "//"} {
		if len(url) > len(prefix) && strings.EqualFold(url[:len(prefix)], prefix) {
			host = url[len(prefix):]
			for i := range len(host) {
				if c := host[i]; c == '/' || c == '?' || c == '#' {
					host = host[:i]
					break
				}
			}
			return host[strings.LastIndexByte(host, '@')+1:], host != ""
		}
	}
	return "", false
}

// ScriptScheme gives the scheme of a URL that runs a program, as browsers read it: without
// the control characters and spaces before it, and without tabs and line breaks anywhere
// (url.spec.whatwg.org, basic URL parser). Otherwise "". Two of the schemes are history.
func ScriptScheme(url string) string {
	for url != "" && url[0] <= ' ' {
		url = url[1:]
	}
	if url == "" || strings.IndexByte("JjVvLlMm", url[0]) < 0 {
		return ""
	}
	var scheme [len("javascript")]byte
	n := 0
	for i := range len(url) {
		switch c := url[i]; {
		case c == '\t' || c == '\n' || c == '\r':
		case c == ':':
			for _, s := range []string{"javascript", "vbscript", "livescript", "mocha"} {
				if string(scheme[:n]) == s {
					return s
				}
			}
			return ""
		case n == len(scheme):
			return ""
		default:
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			scheme[n] = c
			n++
		}
	}
	return ""
}
