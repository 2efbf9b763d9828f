package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var conflictMarker = lint.Rule{
	Code: "FM013", Name: "conflict-marker", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `The front matter holds both sides of a merge that was not finished.

Git writes them where it can't tell which is right. No parser reads such front matter; choose a side.`,
	Bad:  "---\ntitle: Rain\n<<<<<<< HEAD\ndraft: true\n=======\ndraft: false\n>>>>>>> rain\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndraft: false\n---\nIt rained.\n",
	New:  func() lint.Checker { return matterFault{kind: matter.Conflict} },
}
