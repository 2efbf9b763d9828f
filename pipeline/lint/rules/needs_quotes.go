package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var needsQuotes = lint.Rule{
	Code: "FM015", Name: "needs-quotes", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A value is no text without quotes, or has one quote too few or too many.

A colon with a space behind it, or one of @, %, *, & and the backquote at its beginning, means something
else to YAML, and in TOML every text stands in quotes. No value of the front matter can be read then.
The fix is offered where it can be told what the text is.`,
	Bad:  "---\ntitle: Rain: a history\n---\nIt rained.\n",
	Good: "---\ntitle: 'Rain: a history'\n---\nIt rained.\n",
	New:  func() lint.Checker { return matterFault{kind: matter.NeedsQuotes, fix: "write it with its quotes"} },
}
