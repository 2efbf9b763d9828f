package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/schema"
)

var noBranchMatches = lint.Rule{
	Code: "SC009", Name: "no-branch-matches", Group: schemaGroup, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A value has none of the forms between which the schema leaves the choice.

Of the branches of oneOf or anyOf the nearest is explained: the one that the value names by a constant, else the one
that fails furthest inside, else the one that fails in the fewest places.`,
	Schema: "properties: {author: {anyOf: [{type: string, minLength: 2}, {type: object, required: [name]}]}}\n",
	Bad:    "---\nauthor: {nam: Ann}\n---\nIt rained.\n",
	Good:   "---\nauthor: {name: Ann}\n---\nIt rained.\n",
	New:    func() lint.Checker { return schemaFault{schema.NoBranch} },
}
