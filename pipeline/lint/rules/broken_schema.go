package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/schema"
)

var brokenSchema = lint.Rule{
	Code: "SC011", Name: "broken-schema", Group: schemaGroup, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `The schema that the article names by its key $schema can't be used.

It may be the name of a schema that is built in, a file in the folder of copydesk.yaml, or the $id of a schema that
copydesk.yaml names. Nothing is fetched from a network. A schema that is named by --schema or copydesk.yaml
stops the run when it is broken.`,
	Bad:  "---\n$schema: missing.json\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\n---\nIt rained.\n",
	New:  func() lint.Checker { return schemaFault{schema.Broken} },
}
