package matter

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"copydesk/pipeline"
)

// needsQuotes is the fault of a value, which ends with its line, that is no text as it stands.
func (e *yamlError) needsQuotes(value pipeline.Span, format string, args ...any) Fault {
	f := syntaxFault(value, format, args...).of(NeedsQuotes)
	value = e.beforeComment(value)
	if s := string(value.Of(e.text)); s != "" && printable(s) {
		f.Edits = []pipeline.Edit{{Start: value.Start, End: value.End, Text: inQuotes(s)}}
	}
	return f
}

// inQuotes spells a text in the quotes that need no escape, where there are any.
func inQuotes(s string) string {
	if strings.Contains(s, "'") && !strings.ContainsAny(s, `"\`) {
		return `"` + s + `"`
	}
	return singleYAML(s)
}

// collectionKey is the fault of a key that is a collection, as the inner braces of {{ page }} are.
func (r *yamlReader) collectionKey(key pipeline.Span, kind Kind) Fault {
	f := syntaxFault(key, "a %s can't be a key", kind)
	if key.Start == 0 || string(r.text[key.Start-1:key.Start+1]) != "{{" {
		return f
	}
	e := yamlError{text: r.text, data: pipeline.Span{End: len(r.text)}}
	if value := e.rest(key.Start - 1); bytes.HasSuffix(value.Of(r.text), []byte("}}")) {
		return e.needsQuotes(value, "a value that begins with {{ needs quotes")
	}
	return f
}

// beforeComment is the part of a value before a comment.
func (e *yamlError) beforeComment(value pipeline.Span) pipeline.Span {
	if i := bytes.Index(value.Of(e.text), []byte(" #")); i >= 0 {
		value.End = value.Start + len(bytes.TrimRight(e.text[value.Start:value.Start+i], " \t"))
	}
	return value
}

// valueOf is what stands in a line behind its key or the dash of an item, without blanks around it.
func (e *yamlError) valueOf(line pipeline.Span) pipeline.Span {
	at := line.Start
	blanks := func() {
		for at < line.End && (e.text[at] == ' ' || e.text[at] == '\t') {
			at++
		}
	}
	blanks()
	for at+1 < line.End && e.text[at] == '-' && e.text[at+1] == ' ' {
		at += 2
		blanks()
	}
	if at < line.End && e.text[at] != '"' && e.text[at] != '\'' {
		if colon := e.firstColon(pipeline.Span{Start: at, End: line.End}); colon >= 0 {
			at = colon + 1
			blanks()
		}
	}
	return e.rest(min(at, line.End))
}

func openQuote(e *yamlError) (Fault, bool) {
	if e.context < 0 || !strings.Contains(e.ContextMsg, "quoted scalar") || !e.says("end of stream", "document indicator") {
		return Fault{}, false
	}
	return e.openQuote(e.context), true
}

// openQuote is the fault of a quote that is not closed. It may be closed at the end of its line, if it is
// no apostrophe, as in 'tis.
func (e *yamlError) openQuote(at int) Fault {
	f := syntaxFault(pipeline.Span{Start: at, End: at + 1}, "the quote that opens here is never closed").of(NeedsQuotes)
	value := e.rest(at)
	if inner := string(e.text[at+1 : max(value.End, at+1)]); inner != "" && strings.IndexByte(inner, e.text[at]) < 0 &&
		!strings.HasSuffix(inner, "\\") && !strings.Contains(inner, " #") && !(e.text[at] == '\'' && isLowerOrDigit(inner[0])) {
		f.Edits = []pipeline.Edit{{Start: value.End, End: value.End, Text: string(e.text[at])}}
	}
	return f
}

func isLowerOrDigit(c byte) bool { return 'a' <= c && c <= 'z' || isDigit(c) }

func openBracket(e *yamlError) (Fault, bool) {
	if e.context < 0 || e.context >= len(e.text) || !strings.Contains(e.ContextMsg, "flow") {
		return Fault{}, false
	}
	c := e.text[e.context]
	if c != '[' && c != '{' {
		return Fault{}, false
	}
	if at := min(e.at, len(e.text)); bytes.HasPrefix(e.text[at:], []byte("，")) {
		return wideComma(e.text, at), true
	}
	f := syntaxFault(pipeline.Span{Start: e.context, End: e.context + 1}, "the %q that opens here is not closed, or a comma is missing in it; a text that begins with it needs quotes", c)
	f.Related = []pipeline.Span{e.rest(min(e.at, len(e.text)))}
	return f, true
}

// wideComma is the fault of a full-width comma between items.
func wideComma(text []byte, at int) Fault {
	end := at + len("，")
	return syntaxFault(pipeline.Span{Start: at, End: end}, "a full-width comma ， stands where a comma must").
		of(Fullwidth, pipeline.Edit{Start: at, End: end + wideBlanks(text[end:]), Text: ", "})
}

// behindQuote finds text behind the quote or the bracket that ends a value.
func behindQuote(e *yamlError) (Fault, bool) {
	before := bytes.TrimRight(e.text[e.line.Start:min(max(e.at, e.line.Start), len(e.text))], " \t")
	if len(before) == 0 || e.at >= e.line.End {
		return Fault{}, false
	}
	value := e.valueOf(e.line)
	switch c := before[len(before)-1]; c {
	case '"', '\'':
		return e.quotesInside(value, c), true
	case ']', '}':
		f := syntaxFault(e.rest(e.at), "text stands behind the bracket that ends the value; a text that begins with a bracket needs quotes")
		if value.Len() > 0 && (e.text[value.Start] == '[' || e.text[value.Start] == '{') {
			span := f.Span
			f = e.needsQuotes(value, "%s", f.Message)
			f.Span = span
		}
		return f, e.says("did not find expected key")
	}
	return Fault{}, false
}

// quotesInside is the fault of a value with text behind the quote that ends it, or of a quote in a line
// above, which that one ends.
func (e *yamlError) quotesInside(value pipeline.Span, quote byte) Fault {
	if above, ok := e.above(e.line); ok {
		v := e.valueOf(above)
		if v.Len() > 0 && e.text[v.Start] == quote && bytes.Count(v.Of(e.text), []byte{quote}) == 1 {
			return e.openQuote(v.Start)
		}
	}
	f := syntaxFault(e.rest(e.at), "text stands behind the quote that ends the value; quotes inside a value are doubled ('') or escaped (\\\")")
	if value.Len() == 0 || e.text[value.Start] != quote {
		return f
	}
	f = f.of(NeedsQuotes)
	if s, ok := meantText(string(value.Of(e.text))); ok && s != "" && printable(s) && !strings.Contains(s, " #") {
		f.Edits = []pipeline.Edit{{Start: value.Start, End: value.End, Text: inQuotes(s)}}
	}
	return f
}

// meantText is the text of a value that begins with a quote and holds more of them; ok is false where it
// can't be told which of them belong to the text. Tools that quote what they can't read quote it again
// and again, so runs of three and more are taken off whole.
func meantText(s string) (text string, ok bool) {
	for _, quote := range []string{`"`, `'`} {
		inner := strings.TrimLeft(s, quote)
		opening := len(s) - len(inner)
		inner = strings.TrimRight(inner, quote)
		if closing := len(s) - opening - len(inner); opening >= 3 && closing >= 3 {
			s = inner
		}
	}
	if len(s) < 3 || s[0] != s[len(s)-1] || s[0] != '"' && s[0] != '\'' {
		return s, true
	}
	inner := s[1 : len(s)-1]
	i := strings.IndexByte(inner, s[0])
	if i < 0 {
		return inner, true
	}
	opens, closes := i == 0 || inner[i-1] == ' ', i+1 == len(inner) || strings.IndexByte(" ,.;:!?", inner[i+1]) >= 0
	pairs := strings.Count(inner, s[:1])%2 == 0
	switch {
	case opens && !closes && pairs: // "He said "hi" there"
		return inner, true
	case closes && !opens && pairs: // "Rain" and "Wind"
		return s, true
	}
	apostrophe := s[0] == '\'' && !opens && !closes && inner[i-1] < utf8.RuneSelf && inner[i+1] < utf8.RuneSelf
	return inner, apostrophe // 'it's'
}
