package rules

import (
	"net/url"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

var badURL = lint.Rule{
	Code: "MT011", Name: "bad-url", Group: metadata, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A value that is to be a URL is none.

It has blanks, no host, two schemes, or signs that can't be decoded: whatever follows it goes nowhere.
Templates in braces are left alone.`,
	Bad:  "---\ntitle: Rain\nimage: https//example.com/rain.png\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\nimage: https://example.com/rain.png\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &urls{Keys: []string{"url", "link", "canonical", "canonical_url", "source", "original", "image", "images",
			"thumbnail", "headimg", "cover", "banner", "hero", "website", "homepage"}}
	},
}

type urls struct {
	Keys []string `option:"keys" help:"front matter keys that hold URLs or paths"`
}

func (c *urls) Check(p *lint.Pass) {
	eachValue(p.Matter(), c.Keys, func(n *matter.Node) {
		if why := urlFault(n.Value); why != "" {
			p.Report(n.Span, "the URL %s", why)
		}
	})
}

// urlFault says what is wrong with a URL, "" for nothing and for what does not begin as a URL of the web does.
func urlFault(value string) string {
	value = strings.TrimSpace(value)
	rest, ok := afterScheme(value)
	if !ok || len(value) > 4096 || strings.ContainsAny(value, "{}<>") {
		return ""
	}
	switch {
	case strings.ContainsAny(value, " \t\r\n\u3000"):
		return "has a blank in it"
	case !strings.HasPrefix(rest, "://"):
		return "lacks a colon or a slash behind its scheme"
	}
	rest = rest[len("://"):]
	host, _ := markup.RemoteHost(value)
	if _, second := afterScheme(host); second && !strings.Contains(host, ".") {
		return "has two schemes"
	}
	if host == "" || strings.HasPrefix(host, ".") || strings.HasPrefix(host, ":") || rest[0] == '/' {
		return "has no host"
	}
	if _, err := url.Parse(value); err != nil {
		if strings.Contains(err.Error(), "URL escape") {
			return "has a % that begins no escape"
		}
		return "can't be parsed"
	}
	return ""
}

// afterScheme gives what stands behind http or https, if a value begins with that and a sign that no word goes on with.
func afterScheme(value string) (rest string, ok bool) {
	const scheme = "http"
	if len(value) < len(scheme) || !strings.EqualFold(value[:len(scheme)], scheme) {
		return "", false
	}
	rest = value[len(scheme):]
	if rest != "" && (rest[0] == 's' || rest[0] == 'S') {
		rest = rest[1:]
	}
	return rest, rest != "" && (rest[0] == ':' || strings.HasPrefix(rest, "//"))
}
