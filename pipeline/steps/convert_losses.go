package steps

import (
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markdown"
	"copydesk/pipeline/sanitize"
)

// markdown gives an HTML body as Markdown, and reports what that does not say.
func (c *Convert) markdown(d *pipeline.Document, body pipeline.Span) ([]byte, error) {
	md, err := markdown.Write(body.Of(d.Text), c.dial())
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
		lost(l.Span, "Markdown loses "+l.String())
	}
	return md.Text, nil
}

// dial is what the options say of HTML in Markdown.
func (c *Convert) dial() markdown.Options {
	o := markdown.Options{HTMLTables: c.Tables == "html", CJK: c.CJK == "friendly", Wrap: c.Wrap}
	switch c.HTML {
	case "never":
		o.HTML = markdown.Never
	case "keep":
		o.HTML, o.Attrs = markdown.Keep, markdown.Semantic
	}
	switch c.Attrs {
	case "drop":
		o.Attrs = markdown.Drop
	case "semantic":
		o.Attrs = markdown.Semantic
	case "keep":
		o.Attrs = markdown.All
	}
	return o
}

// count counts a document if it lost something.
func (c *Convert) count(d *pipeline.Document) {
	for _, found := range d.Diagnostics {
		if found.Code == "CV001" {
			c.lossy.Add(1)
			return
		}
	}
}

// Lossy is how many of the documents that the step has done so far lost something.
func (c *Convert) Lossy() int { return int(c.lossy.Load()) }

// carries tells whether what the sanitizer would remove is still there after the conversion. Markdown has no place
// for scripts and for attributes beside addresses.
func (c *Convert) carries(d *pipeline.Document, r sanitize.Removal) bool {
	o := c.dial()
	if c.To != string(pipeline.Markdown) || d.BodyFormat() != pipeline.HTML ||
		(o.HTML == markdown.Keep || o.Attrs != markdown.Drop) && strings.HasPrefix(r.What, "attribute") {
		return true
	}
	if o.HTML == markdown.Never && strings.HasPrefix(r.What, "element ") {
		return false // A link is left.
	}
	return slices.ContainsFunc([]string{"attribute href of a", "attribute src of ", "attribute data of ", "element iframe", "element object", "element embed"},
		func(carried string) bool { return strings.HasPrefix(r.What, carried) })
}
