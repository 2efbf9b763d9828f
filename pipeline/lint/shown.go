package lint

import (
	"bytes"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// shown is the HTML of a document's body without suppressions, and with white space that browsers don't show
// left out: what may not change when a comment is added. The error is that of rendering.
func shown(d *pipeline.Document) (string, error) {
	html := d.Body().Of(d.Text)
	if d.BodyFormat() == pipeline.Markdown {
		var err error
		if html, err = markup.Render(html); err != nil {
			return "", err
		}
	}
	s := shower{html: html}
	for t := range markup.Scan(html, 0) {
		s.token(t)
	}
	s.flush(true)
	return s.out.String(), nil
}

// A shower is one run of shown.
type shower struct {
	html   []byte
	out    strings.Builder
	text   []byte // since the last tag
	block  bool   // the last tag was that of a block: blanks behind it are not shown
	keeper string // an open element whose blanks are shown,
	depth  int    // and how many of its name are open
}

func (s *shower) token(t markup.Token) {
	raw := t.Span.Of(s.html)
	switch t.Kind {
	case markup.Text:
		s.text = append(s.text, raw...)
		return
	case markup.Comment:
		if content, ok := uncommented(raw); ok && bytes.HasPrefix(bytes.TrimLeft(content, " \t\r\n"), marker) {
			return
		}
		s.flush(false)
	case markup.StartTag, markup.EndTag:
		s.flush(markup.IsBlock(t.Name))
	default:
		s.flush(true)
	}
	s.out.Write(raw)
	switch {
	case t.Kind == markup.StartTag && (s.depth > 0 && t.Name == s.keeper || s.depth == 0 && keepsBlanks(t)):
		s.keeper = t.Name
		s.depth++
	case t.Kind == markup.EndTag && t.Name == s.keeper:
		s.depth = max(s.depth-1, 0)
	}
}

// flush writes the text so far; before tells that the tag of a block follows.
func (s *shower) flush(before bool) {
	switch words := bytes.Fields(s.text); {
	case s.depth > 0:
		s.out.Write(s.text)
	case len(words) > 0:
		if !s.block && blank(s.text[0]) {
			s.out.WriteByte(' ')
		}
		s.out.Write(bytes.Join(words, []byte(" ")))
		if !before && blank(s.text[len(s.text)-1]) {
			s.out.WriteByte(' ')
		}
	case len(s.text) > 0 && !s.block && !before:
		s.out.WriteByte(' ')
	}
	s.text, s.block = s.text[:0], before
}

func blank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// keepsBlanks tells of a start tag in whose element blanks are shown, or may be.
func keepsBlanks(t markup.Token) bool {
	for _, a := range t.Attrs {
		if a.Name == "style" && strings.Contains(a.Value, "pre") {
			return true
		}
	}
	switch t.Name {
	case "pre", "textarea", "listing", "script", "style", "xmp", "title":
		return true
	}
	return false
}
