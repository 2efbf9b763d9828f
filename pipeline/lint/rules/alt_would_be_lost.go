package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/sanitize"
)

var altWouldBeLost = lint.Rule{
	Code: "SE006", Name: "alt-would-be-lost", Group: security, Severity: pipeline.Error,
	Presets: []string{"archive"},
	Doc: `The sanitizer would take a picture's alternative text away.

Readers who can't see the picture have nothing else. The policy in force does not allow the picture, or its alt:
choose another policy, extend it (sanitize.policies in copydesk.yaml), or write the text into the article.`,
	Bad:  "<p><input type=\"image\" src=\"https://example.com/rain.png\" alt=\"rain on a window\"></p>\n",
	Good: "<p><img src=\"https://example.com/rain.png\" alt=\"rain on a window\"></p>\n",
	New:  func() lint.Checker { return lostTexts{} },
}

type lostTexts struct{}

func (lostTexts) Check(p *lint.Pass) {
	eachRemoval(p, "SE006", func(r sanitize.Removal) { p.Report(r.Span, "%s would be lost: %s", r.What, r.Why) })
}
