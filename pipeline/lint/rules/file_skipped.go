package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var fileSkipped = lint.Rule{
	Code: lint.Skipped, Name: "file-skipped", Group: engine, Severity: pipeline.Info,
	Presets: []string{"core"},
	Doc: `A file that a walk came upon has the name of an article and could not be taken for one.

It is larger than --max-size, its bytes are no text, or they are text in an encoding that it does not tell: name that
with --encoding. Nothing in it was checked. Files with other names (pictures, styles) are passed over without a word,
and so are .txt and .json files that hold no article; --show-files lists them. A file that is named outright and
can't be read is a failure, exit status 3, and so is one that is to be written elsewhere with -o.`,
	New: func() lint.Checker { return reportedByEngine{} },
}
