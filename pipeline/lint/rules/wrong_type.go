package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/schema"
)

var wrongType = lint.Rule{
	Code: "SC002", Name: "wrong-type", Group: schemaGroup, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A value is not of the type that the schema wants.

"false" in quotes is a text, and as good as true to many programs; 2022 without quotes is a number where a
text is wanted. --fix writes the value as the other type where nothing is lost by it.`,
	Schema: "properties: {draft: {type: boolean}, issue: {type: string}}\n",
	Bad:    "---\ndraft: \"false\"\nissue: 12\n---\nIt rained.\n",
	Good:   "---\ndraft: false\nissue: '12'\n---\nIt rained.\n",
	New:    func() lint.Checker { return schemaFault{schema.WrongType} },
}
