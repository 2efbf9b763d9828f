package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var byteOrderMark = lint.Rule{
	Code: "FM002", Name: "byte-order-mark", Group: frontMatter, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `The file begins with a byte order mark.

UTF-8 needs none. Many programs take it for the first character of the first line, and so miss
the opening fence, or show a heading there as a paragraph.`,
	Bad:  "\uFEFF---\ntitle: Rain\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\n---\nIt rained.\n",
	New:  func() lint.Checker { return matterFault{kind: matter.BOM, fix: "remove the byte order mark"} },
}
