package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/repair"
)

// reportRepairs reports what package repair finds, with its edits as fixes.
func reportRepairs(p *lint.Pass, found []repair.Found, safety pipeline.Safety) {
	for _, f := range found {
		if len(f.Edits) == 0 {
			p.Add(lint.Finding{Span: f.Span, Message: f.Message})
			continue
		}
		p.ReportFix(f.Span, f.Message, pipeline.Fix{Title: f.Title, Safety: safety, Edits: f.Edits})
	}
}
