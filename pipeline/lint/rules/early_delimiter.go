package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var earlyDelimiter = lint.Rule{
	Code: "FM005", Name: "early-delimiter", Group: frontMatter, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "unsafe",
	Doc: `A line inside a value looks like the closing fence.

Programs that ignore white space around fences, adrg/frontmatter for one, end the front matter there:
the rest of it becomes text of the article.`,
	Bad:  "---\ntitle: Rain\nabstract: |\n  first\n  ---\n  second\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\nabstract: |\n  first\n  * * *\n  second\n---\nIt rained.\n",
	New: func() lint.Checker {
		return matterFault{kind: matter.EarlyFence, fix: "spell the line otherwise", safety: pipeline.Unsafe}
	},
}
