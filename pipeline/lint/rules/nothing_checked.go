package rules

import (
	"bytes"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var nothingChecked = lint.Rule{
	Code: "CD006", Name: "nothing-checked", Group: engine, Severity: pipeline.Warning,
	Presets: []string{"core"},
	Doc: `The file is empty.

There was nothing to check, which is not the same as nothing to find: an export that broke off
leaves such files.`,
	Bad:  "\n\n",
	Good: "It rained.\n",
	New:  func() lint.Checker { return empty{} },
}

type empty struct{}

func (empty) Check(p *lint.Pass) {
	switch text := p.Text(); {
	case len(text) == 0:
		p.Report(pipeline.Span{}, "the file is empty")
	case len(bytes.TrimSpace(text)) == 0:
		p.Report(pipeline.Span{}, "the file holds nothing but %d bytes of white space", len(text))
	}
}
