package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var frontMatterNotFirst = lint.Rule{
	Code: "FM001", Name: "front-matter-not-first", Group: frontMatter, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `Something stands before the front matter.

Most programs look for the opening fence in the first line alone. With a blank line or a comment before it
they see no front matter at all, and show it as text.`,
	Bad:  "\n---\ntitle: Rain\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\n---\nIt rained.\n",
	New: func() lint.Checker {
		return matterFault{kind: matter.NotFirst, fix: "remove what stands before the fence"}
	},
}
