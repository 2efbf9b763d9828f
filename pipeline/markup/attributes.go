package markup

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"copydesk/pipeline"
)

// An Attr is one attribute of a tag.
type Attr struct {
	Name      string        // lower case
	Value     string        // entities decoded
	Span      pipeline.Span // name to the end of the value, quotes included
	NameSpan  pipeline.Span
	ValueSpan pipeline.Span // without quotes; empty when it has no value
	Quote     byte          // '"', '\'', or 0 for none
}

// attributes reads the attributes of a tag from the end of its name. It returns them and the offset
// after the tag's >; closed is false when the text ends before.
func (s *scanner) attributes(at int) (attrs []Attr, after int, closed bool) {
	first := len(s.pool)
	for {
		at = s.skipSpace(at)
		if at == len(s.text) {
			return nil, at, false
		}
		if s.text[at] == '>' {
			attrs = slices.Clip(s.pool[first:])
			s.decode(attrs, at)
			return attrs, at + 1, true
		}
		a := s.room(at, &first)
		if at = s.attribute(a, at); a.NameSpan.Len() > 0 && len(s.pool)-first < MaxAttrs {
			s.pool = s.pool[:len(s.pool)+1]
		}
	}
}

// tagEnd finds the offset after a tag's > from the end of its name, as attributes does; closed is false when the text
// ends before.
func (s *scanner) tagEnd(at int) (after int, closed bool) {
	for {
		if at = s.skipSpace(at); at == len(s.text) {
			return at, false
		}
		if s.text[at] == '>' {
			return at + 1, true
		}
		start := at
		for at < len(s.text) && !isSpace(s.text[at]) && s.text[at] != '/' && s.text[at] != '>' && (s.text[at] != '=' || at == start) {
			at++
		}
		at = s.skipSpace(at)
		if at == len(s.text) || s.text[at] != '=' {
			if at < len(s.text) && s.text[at] == '/' {
				at++
			}
			continue
		}
		if at = s.skipSpace(at + 1); at < len(s.text) && s.text[at] != '>' {
			_, at, _ = s.value(at)
		}
	}
}

// decode gives the attributes of a tag, which ends at an offset, their values: parts of one string, mostly.
func (s *scanner) decode(attrs []Attr, end int) {
	if len(attrs) == 0 {
		return
	}
	start := attrs[0].Span.Start - s.base
	all := string(s.text[start:end])
	plain := isPlainAttr(all)
	for i := range attrs {
		a := &attrs[i]
		if a.ValueSpan.Len() == 0 {
			continue
		}
		if a.Value = all[a.ValueSpan.Start-s.base-start : a.ValueSpan.End-s.base-start]; !plain {
			a.Value = decodeAttr(a.Value)
		}
	}
}

// attrBytes is how much text is looked at to tell how many attributes there will be.
const attrBytes = 32 << 10

// room is where the next attribute of a tag goes, which begins at an offset: behind those in the pool, where those
// of the tag, from first on, stay together. What stands there is of no use.
func (s *scanner) room(at int, first *int) *Attr {
	if len(s.pool) == cap(s.pool) {
		tag, ahead := s.pool[*first:], s.text[at:]
		likely := 1 + bytes.Count(ahead[:min(len(ahead), attrBytes)], []byte{'='})
		s.pool = append(make([]Attr, 0, max(likely, 2*len(tag))), tag...)
		*first = 0
	}
	return &s.pool[:len(s.pool)+1][len(s.pool)]
}

// attribute reads one attribute, or a stray slash, which gives one without a name. The value is not decoded yet.
func (s *scanner) attribute(a *Attr, at int) (after int) {
	text, start := s.text, at
	for at < len(text) && !endsAttrName[text[at]] || at == start && text[at] == '=' {
		at++
	}
	a.Name, a.Value, a.Quote = "", "", 0
	a.NameSpan = pipeline.Span{Start: s.base + start, End: s.base + at}
	a.ValueSpan = pipeline.Span{Start: s.base + at, End: s.base + at}
	a.Span = a.NameSpan
	if at > start {
		a.Name = lowerName(text[start:at])
	}
	at = s.skipSpace(at)
	if at == len(text) || text[at] != '=' {
		if at < len(text) && text[at] == '/' {
			at++
		}
		return at
	}
	at = s.skipSpace(at + 1)
	if at == len(text) || text[at] == '>' {
		a.Span.End = s.base + at // name= and no value
		return at
	}
	value, after, quote := s.value(at)
	a.Quote, a.ValueSpan, a.Span.End = quote, value.Shift(s.base), s.base+after
	return after
}

// endsAttrName has the bytes that a name of an attribute goes to, but for a = at its beginning.
var endsAttrName = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '\f': true, '/': true, '>': true, '=': true}

// value reads a value, quoted or not, and returns its span without quotes and the offset behind it.
func (s *scanner) value(at int) (value pipeline.Span, after int, quote byte) {
	if quote = s.text[at]; quote == '"' || quote == '\'' {
		i := bytes.IndexByte(s.text[at+1:], quote)
		if i < 0 {
			return pipeline.Span{Start: at + 1, End: len(s.text)}, len(s.text), quote
		}
		return pipeline.Span{Start: at + 1, End: at + 1 + i}, at + i + 2, quote
	}
	end := at
	for end < len(s.text) && !isSpace(s.text[end]) && s.text[end] != '>' {
		end++
	}
	return pipeline.Span{Start: at, End: end}, end, 0
}

func (s *scanner) skipSpace(at int) int {
	for at < len(s.text) && isSpace(s.text[at]) {
		at++
	}
	return at
}

// decodeAttr gives an attribute's value as browsers have it: line breaks are LF, NUL is U+FFFD,
// and references are decoded by the rules for attributes, which leave ?a=b&copy=1 as it is.
func decodeAttr(text string) string {
	if isPlainAttr(text) {
		return text
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	if strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(text, "\x00", "\uFFFD")
	}
	var out strings.Builder
	for {
		i := strings.IndexByte(text, '&')
		if i < 0 {
			out.WriteString(text)
			return out.String()
		}
		out.WriteString(text[:i])
		decoded, n := attrReference(text[i:])
		out.WriteString(decoded)
		text = text[i+n:]
	}
}

// isPlainAttr tells whether decodeAttr leaves a text as it is.
func isPlainAttr(text string) bool {
	return strings.IndexByte(text, '&') < 0 && strings.IndexByte(text, '\r') < 0 && strings.IndexByte(text, 0) < 0
}

// attrReference decodes the character reference that text, which begins with &, may begin with;
// n is how many bytes it takes. Without one it returns the & alone.
func attrReference(text string) (decoded string, n int) {
	n = 1
	for n < len(text) && (isAlnum(text[n]) || n == 1 && text[n] == '#') {
		n++
	}
	if n < len(text) && text[n] == ';' {
		n++
	}
	if strings.HasPrefix(text, "&#") {
		return numericReference(text[:n])
	}
	name := text[:n]
	const longest = len("&CounterClockwiseContourIntegral;")
	if n == 1 || n > longest {
		return "&", 1
	}
	decoded = html.UnescapeString(name)
	if strings.HasSuffix(name, ";") {
		if decoded == ";" || !strings.HasSuffix(decoded, ";") {
			return decoded, n
		}
		return "&", 1 // Only the beginning is a name, as in &notit; which text would have as ¬it;
	}
	if utf8.RuneCountInString(decoded) != 1 || n < len(text) && text[n] == '=' {
		return "&", 1
	}
	return decoded, n
}

// numericReference decodes &#…, where text holds the letters and digits that follow.
func numericReference(text string) (decoded string, n int) {
	digits, n := "0123456789", 2
	if len(text) > 2 && text[2]|0x20 == 'x' {
		digits, n = "0123456789abcdefABCDEF", 3
	}
	first := n
	for n < len(text) && strings.IndexByte(digits, text[n]) >= 0 {
		n++
	}
	if n == first {
		return "&", 1
	}
	if n < len(text) && text[n] == ';' {
		n++
	}
	return html.UnescapeString(text[:n]), n
}

func isAlnum(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' }
