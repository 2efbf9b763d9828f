package markup

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"copydesk/pipeline"
	"copydesk/testdata/golden"
)

// TestOutline reads the cases of testdata/markup. Each is a body (body.html or body.md; CRLF and BOM in
// the comment say how it is changed before) and the outline that is wanted of it.
func TestOutline(t *testing.T) { golden.Run(t, "../../testdata/markup/*.txtar", outlineCase) }

func outlineCase(t *testing.T, a *txtar.Archive) []txtar.File {
	if len(a.Files) != 2 {
		t.Fatalf("a case has %d files", len(a.Files))
	}
	body, comment := a.Files[0].Data, string(a.Comment)
	if strings.Contains(comment, "CRLF") {
		body = bytes.ReplaceAll(body, []byte("\n"), []byte("\r\n"))
	}
	if strings.Contains(comment, "BOM") {
		body = append([]byte("\uFEFF"), body...)
	}
	d := pipeline.NewDocument("a", "a", append([]byte("---\n---\n"), body...))
	d.BodyStart = func(*pipeline.Document) int { return len("---\n---\n") }
	d.Format = pipeline.Markdown
	if a.Files[0].Name == "body.html" {
		d.Format = pipeline.HTML
	}
	a.Files[1].Data = []byte(describe(Of(d)))
	return a.Files
}

// describe writes an outline: each thing with its place and the exact bytes of its spans.
func describe(b *Body) string {
	var out strings.Builder
	lines := pipeline.NewLines(b.Text)
	place := func(s pipeline.Span) string {
		from, to := lines.At(s.Start, pipeline.CodePoints), lines.At(s.End, pipeline.CodePoints)
		return fmt.Sprintf("%d:%d-%d:%d %q", from.Line, from.Column, to.Line, to.Column, s.Of(b.Text))
	}
	for _, h := range b.Headings {
		fmt.Fprintf(&out, "h%d %q #%s %s\n", h.Level, h.Text, h.ID, place(h.Span))
	}
	for i, l := range b.Links {
		fmt.Fprintf(&out, "link %d <%s> %q %s\n     url %s element %d\n", i, l.URL, l.Text, place(l.Span), place(l.URLSpan), l.Element)
	}
	for _, m := range b.Images {
		fmt.Fprintf(&out, "image <%s> alt %q %v %s\n     url %s attr %q link %d element %d\n", m.URL, m.Alt, m.HasAlt, place(m.Span), place(m.URLSpan), m.Attr, m.Link, m.Element)
	}
	for i, e := range b.Elements {
		fmt.Fprintf(&out, "element %d %s in %d %s\n     end %s self %v\n", i, e.Name, e.Parent, place(e.Span), place(e.End), e.SelfEnds)
		for _, a := range e.Attrs {
			fmt.Fprintf(&out, "     %s=%q %s value %s\n", a.Name, a.Value, place(a.Span), place(a.ValueSpan))
		}
	}
	if b.Err != nil {
		fmt.Fprintf(&out, "error %v\n", b.Err)
	}
	return out.String()
}
