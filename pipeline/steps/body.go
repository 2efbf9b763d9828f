package steps

import (
	"errors"
	"fmt"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
)

var errLost = errors.New("the front matter's end can't be found, so neither can the body; " +
	"close it (copydesk lint shows where), or carry the file as it is with convert --to source")

// needBody fails for a document whose body can't be told from its front matter.
func needBody(d *pipeline.Document) error {
	m := matter.Of(d)
	if !m.Lost {
		return nil
	}
	at := pipeline.NewLines(d.Text).At(m.Fence.Start, pipeline.CodePoints)
	return fmt.Errorf("line %d: %w", at.Line, errLost)
}

// reportFaults tells of broken front matter whose bytes a step carries.
func reportFaults(d *pipeline.Document) {
	for _, f := range matter.Of(d).Faults {
		if f.Kind == matter.Syntax || f.Kind == matter.OverLimit {
			d.Report(pipeline.Diagnostic{Span: f.Span, Severity: pipeline.Warning, Code: "FM008",
				Rule: string(matter.Syntax), Message: f.Message + "; the front matter is carried as it is"})
		}
	}
}
