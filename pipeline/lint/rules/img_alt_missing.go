package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var imgAltMissing = lint.Rule{
	Code: "HT006", Name: "img-alt-missing", Group: htmlGroup, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"}, Fix: "hint",
	Doc: `A picture has no alternative text.

Readers who can't see it hear its file name instead. A picture that only decorates takes an empty text, alt="".`,
	Bad:  "<p><img src=\"https://example.com/rain.png\"></p>\n",
	Good: "<p><img src=\"https://example.com/rain.png\" alt=\"rain on a window\"></p>\n",
	New:  func() lint.Checker { return textless{} },
}

type textless struct{}

func (textless) Check(p *lint.Pass) {
	if isMDX(p) {
		return
	}
	all := p.Elements()
	for i := range all {
		e := &all[i]
		if e.Name != "img" || markup.IsComponent(p.Text(), e) {
			continue
		}
		_, alt := e.Attr("alt")
		_, hidden := e.Attr("aria-hidden")
		_, labelled := e.Attr("aria-label")
		if at := e.Span.Start + len("<img"); !alt && !hidden && !labelled {
			p.ReportFix(e.Span, "the picture has no alt", pipeline.Fix{
				Title: "mark it as decoration", Safety: pipeline.Hint, Edits: []pipeline.Edit{{Start: at, End: at, Text: ` alt=""`}},
			})
		}
	}
}
