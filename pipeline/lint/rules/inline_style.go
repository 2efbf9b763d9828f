package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var inlineStyle = lint.Rule{
	Code: "HT005", Name: "inline-style", Group: htmlGroup, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"}, Fix: "unsafe",
	Doc: `An element carries its own style.

It overrules the style sheet of every site that shows the article, dark mode and small screens included,
and a strict content security policy forbids it.`,
	Bad:  "<p style=\"color: #333; font-size: 14px\">It rained.</p>\n",
	Good: "<p>It rained.</p>\n",
	New:  func() lint.Checker { return styled{} },
}

type styled struct{}

func (styled) Check(p *lint.Pass) {
	if isMDX(p) {
		return
	}
	all := p.Elements()
	for i := range all {
		e := &all[i]
		a, ok := e.Attr("style")
		if !ok || markup.IsComponent(p.Text(), e) || isForeign(all, e) {
			continue
		}
		p.ReportFix(a.NameSpan, "the style of this "+e.Name+" overrules the site's style sheet", pipeline.Fix{
			Title: "remove the style", Safety: pipeline.Unsafe, Edits: markup.DropAttribute(p.Text(), e, a.Name),
		})
	}
}
