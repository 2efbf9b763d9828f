package steps

import (
	"copydesk/pipeline"
	"copydesk/pipeline/markdown"
)

// markdown gives an HTML body as Markdown, and reports what that does not say.
func (c *Convert) markdown(d *pipeline.Document, body pipeline.Span) ([]byte, error) {
	md, err := markdown.Write(body.Of(d.Text))
	if err != nil {
		return nil, err
	}
	lost := func(span pipeline.Span, message string) {
		d.Report(pipeline.Diagnostic{Span: span.Shift(body.Start), Severity: pipeline.Warning, Code: "CV001", Rule: "conversion-loss", Message: message})
	}
	if !md.Faithful {
		lost(pipeline.Span{}, "the Markdown does not read back as the HTML: compare the two")
	}
	for _, l := range md.Losses {
		lost(l.Span, "Markdown loses "+l.What)
	}
	return md.Text, nil
}
