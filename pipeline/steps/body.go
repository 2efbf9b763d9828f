package steps

import (
	"errors"
	"fmt"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

var errLost = errors.New("the front matter's end can't be found, so neither can the body; " +
	"close it (copydesk lint shows where), or carry the file as it is with convert --to source")

// needBody fails for a document whose body can't be told from its front matter.
func needBody(d *pipeline.Document) error {
	m := matter.EnvelopeOf(d)
	if !m.Lost {
		return nil
	}
	at := pipeline.NewLines(d.Text).At(m.Fence.Start, pipeline.CodePoints)
	return fmt.Errorf("line %d: %w", at.Line, errLost)
}

// reportFaults tells of broken front matter, whose bytes a step carries.
func reportFaults(d *pipeline.Document) {
	reportUnread(d, "the front matter is carried as it is")
}

// reportUnread tells of broken front matter, and what that means.
func reportUnread(d *pipeline.Document, meaning string) {
	for _, f := range matter.Of(d).Faults {
		if f.Unreadable() {
			d.Report(pipeline.Diagnostic{Span: f.Span, Severity: pipeline.Warning, Code: "FM008",
				Rule: string(matter.Syntax), Message: f.Message + "; " + meaning})
		}
	}
}

// reportLimit tells of a body that goes beyond a limit. One that nobody has read, nil, goes beyond none.
func reportLimit(d *pipeline.Document, body *markup.Body) {
	if over := (*markup.LimitError)(nil); body != nil && errors.As(body.Err, &over) {
		at := d.Body().Start + over.Offset
		d.Report(pipeline.Diagnostic{Span: pipeline.Span{Start: at, End: at}, Severity: pipeline.Warning,
			Code: "CD009", Rule: "limit-reached", Message: over.Error()})
	}
}
