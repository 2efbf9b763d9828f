package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/schema"
)

var patternMismatch = lint.Rule{
	Code: "SC005", Name: "pattern-mismatch", Group: schemaGroup, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A text or a key does not match the pattern of the schema.

Patterns are those of ECMA-262, and match anywhere in the text unless they begin with ^ and end with $.`,
	Schema: "properties: {slug: {pattern: \"^[a-z-]+$\"}}\n",
	Bad:    "---\nslug: Rain in May\n---\nIt rained.\n",
	Good:   "---\nslug: rain-in-may\n---\nIt rained.\n",
	New:    func() lint.Checker { return schemaFault{schema.Pattern} },
}
