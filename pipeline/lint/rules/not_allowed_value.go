package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/schema"
)

var notAllowedValue = lint.Rule{
	Code: "SC003", Name: "not-allowed-value", Group: schemaGroup, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "unsafe",
	Doc: `A value is none of those that the schema allows.

A category that is spelled in its own way gets a page of its own, a layout that there is not gets none. The fix
writes the value that was probably meant.`,
	Schema: "properties: {category: {enum: [News, Opinion]}}\n",
	Bad:    "---\ncategory: Nwes\n---\nIt rained.\n",
	Good:   "---\ncategory: News\n---\nIt rained.\n",
	New:    func() lint.Checker { return schemaFault{schema.NotAllowed} },
}
