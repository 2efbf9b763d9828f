package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var fixRolledBack = lint.Rule{
	Code: lint.RolledBack, Name: "fix-rolled-back", Group: engine, Severity: pipeline.Warning,
	Presets: []string{"core"},
	Doc: `A fix did more than it said, so it was not applied.

After fixes the file is read again. When a front matter value changed that the fix does not speak of,
the body begins elsewhere, or the front matter can't be read any more, the file keeps its bytes.
In an article that was in order that is a fault of the rule named, please report it.`,
	New: func() lint.Checker { return reportedByEngine{} },
}

// reportedByEngine stands for rules that the engine itself reports.
type reportedByEngine struct{}

func (reportedByEngine) Check(*lint.Pass) {}
