package rules

import (
	"slices"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/schema"
)

var unknownKey = lint.Rule{
	Code: "SC008", Name: "unknown-key", Group: schemaGroup, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "unsafe",
	Doc: `A key is none of those that the schema allows.

A key that is misspelled is read by nobody, and the value that was meant stays unset. The fix gives it the name
that was probably meant.`,
	Schema: "properties: {title: {type: string}}\nadditionalProperties: false\n",
	Bad:    "---\ntilte: Rain\n---\nIt rained.\n",
	Good:   "---\ntitle: Rain\n---\nIt rained.\n",
	New:    func() lint.Checker { return &unknownKeys{} },
}

type unknownKeys struct {
	Allow []string `option:"allow" help:"keys that are not reported, whatever the schema says"`
}

func (c *unknownKeys) Check(p *lint.Pass) {
	addFaults(p, func(f *schema.Fault) bool { return f.Kind == schema.UnknownKey && !slices.Contains(c.Allow, f.Key) })
}
