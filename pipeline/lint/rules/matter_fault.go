package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

// matterFault is the checker of rules whose findings are made by package matter while it reads:
// it passes on the faults of one kind.
type matterFault struct {
	kind    matter.FaultKind
	fix     string // the title of the fix
	safety  pipeline.Safety
	related string // what is at the other place
}

func (c matterFault) Check(p *lint.Pass) {
	for _, f := range p.Matter().Faults {
		if f.Kind == c.kind {
			p.Add(c.finding(f))
		}
	}
}

func (c matterFault) finding(f matter.Fault) lint.Finding {
	out := lint.Finding{Span: f.Span, Message: f.Message}
	if len(f.Edits) > 0 && c.fix != "" {
		out.Fixes = []pipeline.Fix{{Title: c.fix, Safety: c.safety, Edits: f.Edits}}
	}
	for _, r := range f.Related {
		out.Related = append(out.Related, pipeline.Related{Span: r, Message: c.related})
	}
	return out
}
