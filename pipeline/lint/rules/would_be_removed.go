package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/sanitize"
)

var wouldBeRemoved = lint.Rule{
	Code: "SE005", Name: "would-be-removed", Group: security, Severity: pipeline.Info,
	Presets: []string{"archive"},
	Doc: `The sanitizer would take something away.

What the policy in force does not allow goes when the article is sanitized: elements, whose text stays, attributes
and comments. Where something is to stay, extend the policy (sanitize.policies in copydesk.yaml). What runs programs,
holds data: URLs or loses an alternative text has a rule of its own.`,
	Bad:  "<p>It <font color=\"red\" face=\"Arial\">rained</font>.</p>\n",
	Good: "<p>It <font color=\"red\">rained</font>.</p>\n",
	New:  func() lint.Checker { return unwanted{} },
}

type unwanted struct{}

func (unwanted) Check(p *lint.Pass) {
	eachRemoval(p, "SE005", func(r sanitize.Removal) { p.Report(r.Span, "%s would be removed: %s", r.What, r.Why) })
}
