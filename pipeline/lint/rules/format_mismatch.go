package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var formatMismatch = lint.Rule{
	Code: "FM007", Name: "format-mismatch", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "unsafe",
	Doc: `The front matter is written in another syntax than its fences say.

Between lines of --- stands YAML, between lines of +++ TOML. A program that goes by the fences
can't read the one where it expects the other.`,
	Bad:  "---\ntitle = \"Rain\"\ndraft = false\n---\nIt rained.\n",
	Good: "+++\ntitle = \"Rain\"\ndraft = false\n+++\nIt rained.\n",
	New: func() lint.Checker {
		return matterFault{kind: matter.WrongFormat, fix: "write the fences of that syntax", safety: pipeline.Unsafe}
	},
}
