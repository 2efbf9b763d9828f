package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var unclosedFrontMatter = lint.Rule{
	Code: "FM003", Name: "unclosed-front-matter", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "hint",
	Doc: `The front matter has no end.

Without a closing fence no program finds the front matter, and most say nothing: the article
is published without a title and a date, with its data as text.`,
	Bad:  "---\ntitle: Rain\ndate: 2022-07-22\n\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22\n---\n\nIt rained.\n",
	New: func() lint.Checker {
		return matterFault{
			kind: matter.Unclosed, fix: "close the front matter", safety: pipeline.Hint,
			related: "it probably ends here",
		}
	},
}
