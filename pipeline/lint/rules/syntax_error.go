package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var syntaxError = lint.Rule{
	Code: "FM008", Name: "syntax-error", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `The front matter can't be read.

No program gets a value out of it, whether it says so or not. Front matter beyond the limits
(64 KiB, 32 levels, 1,000 keys) counts as unreadable, too. Where the cause is a missing quote, a full-width
colon and the like, the rule of that name reports it.`,
	Bad:  "---\ntitle: Rain\ndate 2022-07-22\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22\n---\nIt rained.\n",
	New:  func() lint.Checker { return unreadable{} },
}

// unreadable reports syntax errors, and front matter that was not read to its end because of a limit.
type unreadable struct{}

func (unreadable) Check(p *lint.Pass) {
	matterFault{kind: matter.Syntax}.Check(p)
	matterFault{kind: matter.OverLimit}.Check(p)
}
