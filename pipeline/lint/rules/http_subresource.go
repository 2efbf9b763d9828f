package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var httpSubresource = lint.Rule{
	Code: "SE007", Name: "http-subresource", Group: security, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"}, Fix: "unsafe",
	Doc: `A picture, a film or a frame is fetched by http.

Pages that are served by https block it or warn of it, and whoever is on the way sees it and can change it.
Most hosts answer to https; the fix is unsafe because a few do not. An address with a port has none.`,
	Bad:  "![rain](http://example.com/rain.png)\n",
	Good: "![rain](https://example.com/rain.png)\n",
	New:  func() lint.Checker { return plainFetch{} },
}

type plainFetch struct{}

func (plainFetch) Check(p *lint.Pass) {
	for _, m := range p.Images() {
		if !isHTTP(m.URL) {
			continue
		}
		what := m.Attr
		if m.Element >= 0 {
			what += " of this " + p.Elements()[m.Element].Name
		} else {
			what = "picture"
		}
		at := m.URLSpan
		if at.Len() == 0 {
			at = m.Span
		}
		checkFetch(p, what, m.URL, at)
	}
	all := p.Elements()
	for i := range all {
		e := &all[i]
		name := "src"
		switch e.Name {
		case "audio", "video", "source", "track", "iframe", "frame", "embed", "script":
		case "input":
			if kind, ok := e.Attr("type"); !ok || !strings.EqualFold(kind.Value, "image") {
				continue
			}
		case "object":
			name = "data"
		default:
			continue
		}
		if a, ok := e.Attr(name); ok && isHTTP(strings.TrimSpace(a.Value)) && !markup.IsComponent(p.Text(), e) {
			checkFetch(p, name+" of this "+e.Name, a.Value, a.ValueSpan)
		}
	}
}

func isHTTP(url string) bool {
	return len(url) > len("http://") && strings.EqualFold(url[:len("http://")], "http://")
}

// checkFetch reports an address that is fetched by http.
func checkFetch(p *lint.Pass, what, url string, at pipeline.Span) {
	url = strings.TrimSpace(url)
	host, ok := markup.RemoteHost(url)
	if !ok || isLocal(host) || strings.ContainsAny(host, "{}<>") {
		return
	}
	f := lint.Finding{Span: at, Message: "the " + what + " is fetched from " + host + " by http"}
	if raw := string(at.Of(p.Text())); isHTTP(raw) && !strings.Contains(host, ":") {
		f.Fixes = []pipeline.Fix{{Title: "write https", Safety: pipeline.Unsafe,
			Edits: []pipeline.Edit{{Start: at.Start, End: at.Start + len("http"), Text: "https"}}}}
	}
	p.Add(f)
}
