package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/sanitize"
)

var dataURL = lint.Rule{
	Code: "SE004", Name: "data-url", Group: security, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"},
	Doc: `A URL holds its content itself.

Behind data: may stand a page with scripts or a drawing that runs them, and so sanitizers take all such URLs away.
A picture belongs into a file of its own: there it is cached, and its size does not count for every reader.`,
	Bad:  "<p><img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"rain\"></p>\n",
	Good: "<p><img src=\"https://example.com/rain.png\" alt=\"rain\"></p>\n",
	New:  func() lint.Checker { return inlineData{} },
}

type inlineData struct{}

func (inlineData) Check(p *lint.Pass) {
	if !holdsData(p) { // Asking the policy takes a while.
		return
	}
	eachRemoval(p, "SE004", func(r sanitize.Removal) {
		if p.Body().Span == r.Span {
			p.Report(r.Span, "%s holds its content itself, data:", r.What)
			return
		}
		p.Report(r.Span, "%s holds its content itself, data:, of %d bytes", r.What, r.Span.Len())
	})
}

// holdsData tells whether an attribute or a target of Markdown begins with data:.
func holdsData(p *lint.Pass) bool {
	body := p.Body()
	for i := range body.Elements {
		for j := range body.Elements[i].Attrs {
			if isData(body.Elements[i].Attrs[j].Value) {
				return true
			}
		}
	}
	for i := range body.Links {
		if isData(body.Links[i].URL) {
			return true
		}
	}
	for i := range body.Images {
		if isData(body.Images[i].URL) {
			return true
		}
	}
	return false
}

// isData tells whether a browser takes a URL for one of data:.
func isData(url string) bool {
	url = strings.TrimLeftFunc(url, func(r rune) bool { return r <= ' ' })
	if url == "" || url[0]|0x20 != 'd' {
		return false
	}
	scheme, _, ok := strings.Cut(url, ":")
	return ok && strings.EqualFold(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(scheme), "data")
}
