package matter

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"copydesk/pipeline"
)

// explain says in plain words what the decoder's error means.
func (r *jsonReader) explain(err error) Fault {
	var known *faultError
	if errors.As(err, &known) {
		return known.Fault
	}
	at := r.base + int(r.dec.InputOffset())
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		at = r.base + int(syntactic.ByteOffset)
		err = syntactic.Err
	}
	if at >= len(r.text) {
		return syntaxFault(pipeline.Span{Start: len(r.text), End: len(r.text)}, "the JSON ends before all its brackets and quotes are closed")
	}
	c, n := utf8.DecodeRune(r.text[at:])
	span := pipeline.Span{Start: at, End: at + n}
	rest := bytes.TrimLeft(r.text[at+n:], " \t\r\n")
	switch {
	case c == '/' || c == '#':
		return syntaxFault(span, "JSON has no comments")
	case c == '\'':
		return syntaxFault(span, "JSON strings stand in double quotes")
	case c == ',' && len(rest) > 0 && (rest[0] == '}' || rest[0] == ']'), c == '}' || c == ']':
		return syntaxFault(span, "a comma stands behind the last entry, or a value is missing")
	case smartQuote(string(r.text[at:])):
		return r.smartQuote(at)
	case c == '"':
		return syntaxFault(span, "a comma or a colon is missing before this")
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c > 0x7F && c != utf8.RuneError:
		return syntaxFault(pipeline.Span{Start: at, End: wordEnd(r.text, at)}, "text stands in double quotes in JSON")
	}
	return syntaxFault(span, "%v", err)
}

// smartQuote is the fault of a string in typographic quotes.
func (r *jsonReader) smartQuote(at int) Fault {
	f := syntaxFault(pipeline.Span{Start: at, End: at + 3}, "a typographic quote stands where JSON has a straight one").of(SmartQuote)
	line, _ := lineAt(r.text, at)
	bare := bytes.TrimRight(line.Of(r.text), " \t,")
	text := string(bare)
	if i := strings.IndexByte(text, ':'); i > 0 && smartQuote(text) && withoutSmartQuotes(text[:i]) != text[:i] {
		text = text[:i] // A key.
	}
	if inner := withoutSmartQuotes(text); inner != text && printable(inner) && !strings.ContainsAny(inner, `"\`) && !containsSmartQuote(inner) {
		f.Edits = []pipeline.Edit{{Start: at, End: at + len(text), Text: `"` + inner + `"`}}
	}
	return f
}

// wordEnd gives the end of the word that begins at an offset.
func wordEnd(text []byte, at int) int {
	if n := bytes.IndexAny(text[at:], " \t\r\n,:]}[{=\"'"); n > 0 {
		return at + n
	}
	return len(text)
}
