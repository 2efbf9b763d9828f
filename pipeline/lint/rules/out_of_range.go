package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/schema"
)

var outOfRange = lint.Rule{
	Code: "SC006", Name: "out-of-range", Group: schemaGroup, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A number, or the length of a text or a mapping, is outside what the schema allows.

Lengths of texts are counted in code points, as JSON Schema has it.`,
	Schema: "properties: {title: {maxLength: 20}}\n",
	Bad:    "---\ntitle: Rain, rain, and more rain\n---\nIt rained.\n",
	Good:   "---\ntitle: Rain\n---\nIt rained.\n",
	New:    func() lint.Checker { return schemaFault{schema.Range} },
}
