package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var tabIndent = lint.Rule{
	Code: "FM010", Name: "tab-indent", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A line of YAML is indented with a tab.

YAML allows spaces only: most parsers refuse the whole front matter because of one tab.`,
	Bad:  "---\ntitle: Rain\ntags:\n\t- weather\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ntags:\n  - weather\n---\nIt rained.\n",
	New:  func() lint.Checker { return matterFault{kind: matter.TabIndent, fix: "indent with spaces"} },
}
