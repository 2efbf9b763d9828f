package markup

import (
	"bytes"
	"strings"
)

// RemoteHost is the host of an address on the web.
func RemoteHost(url string) (host string, ok bool) {
	for _, prefix := range []string{"https://", "http://", "//"} {
		if len(url) > len(prefix) && strings.EqualFold(url[:len(prefix)], prefix) {
			host = url[len(prefix):]
			if i := strings.IndexAny(host, "/?#"); i >= 0 {
				host = host[:i]
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
	url = strings.TrimLeftFunc(url, func(r rune) bool { return r <= ' ' })
	if url == "" || strings.IndexByte("JjVvLlMm", url[0]) < 0 {
		return ""
	}
	var scheme []byte
	for i := 0; i < len(url) && len(scheme) <= len("javascript"); i++ {
		switch c := url[i]; c {
		case '\t', '\n', '\r':
		case ':':
			switch s := string(bytes.ToLower(scheme)); s {
			case "javascript", "vbscript", "livescript", "mocha":
				return s
			}
			return ""
		default:
			scheme = append(scheme, c)
		}
	}
	return ""
}
