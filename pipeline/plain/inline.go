package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"copydesk/pipeline/markup"
)

// hardBreak stands for a line break that the reader sees until lines are joined; "\n" is one of the source.
const hardBreak = '\v'

// An inliner collects the text of one paragraph.
type inliner struct {
	out []byte
	pre bool // line breaks are seen
}

func (t *inliner) write(nodes []*markup.Node) {
	for _, n := range nodes {
		if hidden(n) {
			continue
		}
		switch n.Type {
		case "text", "inlineCode":
			t.text(n.Value)
		case "break":
			t.out = append(t.out, hardBreak)
		case "image":
			t.text(n.Alt)
		case "footnoteReference":
			t.text("[" + n.Label + "]")
		case "html":
		case "embed":
			if n.Name == "math" {
				t.text(shown(n.Value))
			}
		case "span":
			t.span(n)
		default:
			t.write(n.Children)
		}
	}
}

// span writes what browsers show of an element with more than its text.
func (t *inliner) span(n *markup.Node) {
	before, after := "", ""
	switch n.Name {
	case "rt":
		before, after = "(", ")"
	case "q":
		before, after = "“", "”"
	case "rp", "select":
		return
	}
	t.out = append(t.out, before...)
	t.write(n.Children)
	t.out = append(t.out, after...)
}

func (t *inliner) text(value string) {
	for i := range len(value) {
		switch c := value[i]; {
		case c == 0:
		case c == '\n' && t.pre:
			t.out = append(t.out, hardBreak)
		case c == hardBreak:
			t.out = append(t.out, ' ')
		default:
			t.out = append(t.out, c)
		}
	}
}

// shown is the text of an element, without its tags.
func shown(element string) string {
	var out strings.Builder
	for token := range markup.Scan([]byte(element), 0) {
		if token.Kind == markup.Text {
			out.WriteString(html.UnescapeString(element[token.Span.Start:token.Span.End]))
		}
	}
	return strings.Join(strings.FieldsFunc(out.String(), isBlank), " ")
}

// joined is the text with the lines of the source joined: with a space, but between two Chinese or Japanese
// characters with none, as CSS Text 3, section 4.1.3, has it.
func (t *inliner) joined() string {
	out := make([]byte, 0, len(t.out))
	for i, c := range t.out {
		switch c {
		case hardBreak:
			out = append(out, '\n')
		case '\n':
			before, _ := utf8.DecodeLastRune(out)
			after, _ := utf8.DecodeRune(t.out[i+1:])
			if !wide(before) || !wide(after) {
				out = append(out, ' ')
			}
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// wide tells whether a character is one of those that are written without spaces between words.
func wide(r rune) bool {
	return r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo)
}
