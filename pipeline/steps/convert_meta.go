package steps

import (
	"bytes"
	"fmt"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/pagemeta"
)

// extractMeta makes front matter of what the head of an HTML page says, and the content of its body the body.
// Where there is front matter, only keys that it lacks are added.
func (c *Convert) extractMeta(d *pipeline.Document) error {
	span := d.Body()
	if d.BodyFormat() != pipeline.HTML {
		return nil
	}
	start := span.Start
	if start == 0 && bytes.HasPrefix(d.Text, []byte("\uFEFF")) {
		start = len("\uFEFF")
	}
	page, ok := pagemeta.Read(d.Text[start:])
	if !ok {
		return nil
	}
	edits, err := c.addMeta(matter.Of(d), start, page.Matter())
	if err != nil {
		return fmt.Errorf("add what the page says to the front matter: %w", err)
	}
	content := trimmed(d.Text, page.Content.Shift(start))
	between := ""
	if span.Start > 0 {
		between = "\n"
	}
	edits = append(edits, pipeline.Edit{Start: start, End: content.Start, Text: between}, pipeline.Edit{Start: content.End, End: len(d.Text), Text: "\n"})
	d.Report(pipeline.Diagnostic{Span: pipeline.Span{Start: start, End: content.Start}, Severity: pipeline.Info, Code: "CV001", Rule: "conversion-loss",
		Message: fmt.Sprintf("%d bytes around the content of the page's body are left out; the front matter has what they say of the article",
			content.Start-start+len(d.Text)-content.End)})
	return d.Apply(edits...)
}

// addMeta are the edits that add values to front matter; without one, it stands at an offset then.
func (c *Convert) addMeta(m *matter.Matter, at int, values *matter.Node) ([]pipeline.Edit, error) {
	switch {
	case len(values.Entries) == 0:
		return nil, nil
	case m.Format != matter.None:
		return m.Fill(values)
	case c.FrontMatter == "none":
		return nil, nil
	}
	format := matter.YAML
	if c.FrontMatter == "toml" || c.FrontMatter == "json" {
		format = matter.Format(c.FrontMatter)
	}
	text, err := matter.Compose(values, format, m.LineBreak())
	return []pipeline.Edit{{Start: at, End: at, Text: text}}, err
}

// trimmed is a span without the white space at its ends.
func trimmed(text []byte, s pipeline.Span) pipeline.Span {
	rest := bytes.TrimLeft(s.Of(text), " \t\r\n")
	s.Start = s.End - len(rest)
	s.End = s.Start + len(bytes.TrimRight(rest, " \t\r\n"))
	return s
}
