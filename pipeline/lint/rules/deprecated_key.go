package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/schema"
)

var deprecatedKey = lint.Rule{
	Code: "SC010", Name: "deprecated-key", Group: schemaGroup, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A key is out of use.

The schema says so by deprecated or deprecationMessage. Where it names the key that took its place, by x-replacement,
--fix renames it.`,
	Schema: "properties: {thumb: {deprecated: true, x-replacement: image}}\n",
	Bad:    "---\nthumb: rain.png\n---\nIt rained.\n",
	Good:   "---\nimage: rain.png\n---\nIt rained.\n",
	New:    func() lint.Checker { return schemaFault{schema.Deprecated} },
}
