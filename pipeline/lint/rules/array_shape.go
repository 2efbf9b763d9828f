package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/schema"
)

var arrayShape = lint.Rule{
	Code: "SC007", Name: "array-shape", Group: schemaGroup, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A list has too few or too many items, one twice, or none that it must have.

--fix removes an item that repeats an earlier one.`,
	Schema: "properties: {tags: {uniqueItems: true}}\n",
	Bad:    "---\ntags: [rain, wind, rain]\n---\nIt rained.\n",
	Good:   "---\ntags: [rain, wind]\n---\nIt rained.\n",
	New:    func() lint.Checker { return schemaFault{schema.ArrayShape} },
}
