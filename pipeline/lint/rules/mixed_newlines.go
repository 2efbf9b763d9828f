package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var mixedNewlines = lint.Rule{
	Code: "FM029", Name: "mixed-newlines", Group: frontMatter, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `Lines end in different ways.

With LF here and CRLF there, editors and version control show changes that nobody made,
and some parsers count lines wrongly or keep a stray carriage return in a value.`,
	Bad:  "---\r\ntitle: Rain\r\ndate: 2022-07-22\n---\r\nIt rained.\r\n",
	Good: "---\r\ntitle: Rain\r\ndate: 2022-07-22\r\n---\r\nIt rained.\r\n",
	New:  func() lint.Checker { return matterFault{kind: matter.MixedNewlines, fix: "end all lines alike"} },
}
