package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

var httpURL = lint.Rule{
	Code: "MT010", Name: "http-url", Group: metadata, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"}, Fix: "unsafe",
	Doc: `A URL of the front matter begins with http.

Pages that are served by https block such pictures, and whoever is on the way reads and changes the rest.
Most hosts answer to https; the fix is unsafe because a few do not.`,
	Bad:  "---\ntitle: Rain\nimage: http://example.com/rain.png\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\nimage: https://example.com/rain.png\n---\nIt rained.\n",
	New:  func() lint.Checker { return plainHTTP{} },
}

type plainHTTP struct{}

func (plainHTTP) Check(p *lint.Pass) {
	m := p.Matter()
	const scheme = "http://"
	isHTTP := func(n *matter.Node) bool {
		return n.Kind == matter.String && len(n.Value) > len(scheme) && strings.EqualFold(n.Value[:len(scheme)], scheme) &&
			!strings.ContainsAny(n.Value, " \t\r\n")
	}
	m.Root.Where(isHTTP, func(pointer string, n *matter.Node) {
		host, _ := markup.RemoteHost(n.Value)
		if isLocal(host) {
			return
		}
		f := lint.Finding{Span: n.Span, Message: "the URL of " + host + " begins with http"}
		if at, ok := inQuotes(m.Text, n); ok && at.Len() > len(scheme) && strings.EqualFold(string(m.Text[at.Start:at.Start+len(scheme)]), scheme) {
			f.Fixes = []pipeline.Fix{{Title: "write https", Safety: pipeline.Unsafe, Keys: []string{pointer},
				Edits: []pipeline.Edit{{Start: at.Start, End: at.Start + len("http"), Text: "https"}}}}
		}
		p.Add(f)
	})
}

// isLocal tells whether a host, with its port, is one that nobody else can reach or that is no host at all.
func isLocal(host string) bool {
	name, _, _ := strings.Cut(host, ":")
	return !strings.Contains(name, ".") || strings.HasPrefix(name, "127.") || strings.HasPrefix(name, "192.168.") ||
		strings.HasPrefix(name, "10.") || strings.HasSuffix(name, ".local") || strings.HasSuffix(name, ".test")
}
