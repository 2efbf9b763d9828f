package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var notAMapping = lint.Rule{
	Code: "FM017", Name: "not-a-mapping", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `What stands where front matter stands has no keys.

A list or a single value gives a program nothing to look up. Prose between two thematic breaks
at the top of an article is only mentioned: it is read as part of the body, but some programs
take it for front matter and drop it.`,
	Bad:  "---\n[Rain, 2022-07-22]\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22\n---\nIt rained.\n",
	New:  func() lint.Checker { return keyless{} },
}

type keyless struct{}

func (keyless) Check(p *lint.Pass) {
	for _, f := range p.Matter().Faults {
		if f.Kind == matter.NotMapping {
			p.Add(lint.Finding{Span: f.Span, Message: f.Message, Minor: f.Prose})
		}
	}
}
