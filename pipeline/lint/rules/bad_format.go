package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/schema"
)

var badFormat = lint.Rule{
	Code: "SC004", Name: "bad-format", Group: schemaGroup, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A text is not written in the format that the schema names.

A date, an address or a URL that can't be read is left out or stops the build. The message has an example, or
the value as it would be.`,
	Schema: "properties: {date: {type: string, format: date-time}}\n",
	Bad:    "---\ndate: yesterday\n---\nIt rained.\n",
	Good:   "---\ndate: 2022-07-22T22:48:17Z\n---\nIt rained.\n",
	New:    func() lint.Checker { return schemaFault{schema.Format} },
}
