package sanitize

import (
	"bytes"
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/pipeline"
)

// An attrSpan is where one attribute stands in a start tag. Offsets count from the tag's first byte.
type attrSpan struct {
	name       string // in lower case
	lead       int    // where the blanks and slashes before it begin
	start, end int    // name to the end of the value, quotes included
	nameEnd    int
	value      pipeline.Span // without quotes; empty when it has none
	quote      byte          // '"', '\'', or 0
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' }

// attrKey is the name of an attribute as the tokenizer gives it.
func attrKey(name []byte) string {
	var buf [32]byte
	lower := append(buf[:0], name...)
	for i, c := range lower {
		if 'A' <= c && c <= 'Z' {
			lower[i] = c + 'a' - 'A'
		}
	}
	if bytes.IndexByte(lower, 0) >= 0 {
		lower = bytes.ReplaceAll(lower, []byte{0}, []byte("\ufffd"))
	}
	return atom.String(lower)
}

// plainAttrs returns the attributes of a tag whose values need no decoding; ok is false when they do,
// or when there are too many to look for repeated ones.
func plainAttrs(tag []byte, spans []attrSpan) (attrs []html.Attribute, ok bool) {
	if len(spans) > 16 || bytes.IndexByte(tag, '&') >= 0 || bytes.IndexByte(tag, '\r') >= 0 || bytes.IndexByte(tag, 0) >= 0 {
		return nil, false
	}
	attrs = make([]html.Attribute, 0, len(spans))
	for _, s := range spans {
		if !slices.ContainsFunc(attrs, func(a html.Attribute) bool { return a.Key == s.name }) {
			attrs = append(attrs, html.Attribute{Key: s.name, Val: string(s.value.Of(tag))})
		}
	}
	return attrs, true
}

// scanAttrs returns all attributes of a complete start tag, repeated ones too, as x/net's tokenizer
// finds them.
func scanAttrs(tag []byte) []attrSpan {
	out := make([]attrSpan, 0, bytes.Count(tag, []byte("="))+1)
	at := 1
	for at < len(tag) && !isSpace(tag[at]) && tag[at] != '/' && tag[at] != '>' {
		at++
	}
	lead := at
	for at = skipSpace(tag, at); at < len(tag) && tag[at] != '>'; at = skipSpace(tag, at) {
		a := attrSpan{lead: lead, start: at}
		at = attrName(tag, at)
		a.nameEnd, a.end = at, at
		at = attrValue(tag, at, &a)
		if a.start < a.nameEnd {
			a.name = attrKey(tag[a.start:a.nameEnd])
			out = append(out, a)
			lead = a.end
		}
	}
	return out
}

func skipSpace(tag []byte, at int) int {
	for at < len(tag) && isSpace(tag[at]) {
		at++
	}
	return at
}

func attrName(tag []byte, at int) int {
	for start := at; at < len(tag); at++ {
		c := tag[at]
		if c == '=' && at == start { // An equals sign before the name is its first letter.
			continue
		}
		if c == '=' || c == '/' || c == '>' || isSpace(c) {
			break
		}
	}
	return at
}

// attrValue reads the value, if there is one, and returns where to go on.
func attrValue(tag []byte, at int, a *attrSpan) int {
	a.value = pipeline.Span{Start: at, End: at}
	at = skipSpace(tag, at)
	if at >= len(tag) {
		return at
	}
	if tag[at] == '/' {
		return at + 1
	}
	if tag[at] != '=' {
		return at
	}
	at = skipSpace(tag, at+1)
	a.end = at
	if at >= len(tag) || tag[at] == '>' {
		return at
	}
	if q := tag[at]; q == '"' || q == '\'' {
		a.quote = q
		a.value.Start = at + 1
		n := bytes.IndexByte(tag[at+1:], q)
		if n < 0 { // Does not happen in a complete tag.
			n = len(tag) - at - 1
		}
		a.value.End = at + 1 + n
		a.end = min(a.value.End+1, len(tag))
		return a.end
	}
	a.value.Start = at
	for at++; at < len(tag) && !isSpace(tag[at]) && tag[at] != '>'; at++ {
	}
	a.value.End, a.end = at, at
	return at
}
