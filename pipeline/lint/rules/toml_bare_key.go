package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var tomlBareKey = lint.Rule{
	Code: "FM027", Name: "toml-bare-key", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A key of TOML has letters that need quotes.

Without quotes a key consists of A to Z, a to z, digits, dashes and underscores; TOML 1.0 refuses the whole
front matter because of one other letter.`,
	Bad:  "+++\n标题 = \"雨\"\n+++\nIt rained.\n",
	Good: "+++\n\"标题\" = \"雨\"\n+++\nIt rained.\n",
	New:  func() lint.Checker { return matterFault{kind: matter.BareKey, fix: "put the key in quotes"} },
}
