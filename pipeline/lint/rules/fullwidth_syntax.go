package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var fullwidthSyntax = lint.Rule{
	Code: "FM011", Name: "fullwidth-syntax", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A full-width colon, comma or space stands where the syntax has a common one.

Input methods for Chinese and Japanese write them unasked. They look right and are text to every parser,
which then can't read the front matter at all.`,
	Bad:  "---\ntitle：雨\ndate: 2022-07-22\n---\nIt rained.\n",
	Good: "---\ntitle: 雨\ndate: 2022-07-22\n---\nIt rained.\n",
	New:  func() lint.Checker { return matterFault{kind: matter.Fullwidth, fix: "write the common character"} },
}
