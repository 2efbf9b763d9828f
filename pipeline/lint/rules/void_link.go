package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/repair"
)

var voidLink = lint.Rule{
	Code: "LK003", Name: "void-link", Group: links, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"},
	Doc: `A link leads nowhere.

Its address is empty, # or a program that does nothing: what was a button on the site that it comes from
does nothing in the article, but looks like a link and is read out as one.`,
	Bad:  "<p>It rained. <a href=\"#\">Report a mistake</a></p>\n",
	Good: "<p>It rained. <a href=\"https://example.com/report\">Report a mistake</a></p>\n",
	New:  func() lint.Checker { return voids{} },
}

type voids struct{}

func (voids) Check(p *lint.Pass) {
	for _, l := range p.Links() {
		at := l.URLSpan
		if l.Element >= 0 {
			if a, ok := p.Elements()[l.Element].Attr("href"); ok {
				at = a.NameSpan
			}
		}
		switch url := strings.ToLower(strings.TrimSpace(l.URL)); {
		case url == "" && at.Len() == 0:
			p.Report(l.Span, "this link has no address")
		case url == "":
			p.Report(at, "this link has no address")
		case url == "#", url == "#!":
			p.Report(at, "this link leads to the page itself, %s", url)
		case markup.ScriptScheme(url) != "" && repair.DoesNothing(url):
			p.Report(at, "this link leads nowhere, %q", l.URL)
		}
	}
}
