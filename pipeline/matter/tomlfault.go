package matter

import (
	"bytes"
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"copydesk/pipeline"
)

// explain says in plain words what the parser's error means.
func (r *tomlReader) explain(err error) Fault {
	at, n := len(r.data), 0
	var e *unstable.ParserError
	if errors.As(err, &e) {
		raw := r.parser.Range(e.Highlight)
		at, n = int(raw.Offset), int(raw.Length)
	}
	span := pipeline.Span{Start: r.base + at, End: r.base + at + n}
	message := err.Error()
	if at >= len(r.data) {
		return syntaxFault(span, "%s", message)
	}
	word := pipeline.Span{Start: r.base + at, End: r.base + wordEnd(r.data, at)}
	switch c := r.data[at]; {
	case strings.Contains(message, "start of value") && (c == '\n' || c == '\r' || c == '#'):
		return syntaxFault(pipeline.Span{Start: span.Start, End: span.Start}, "the key has no value")
	case strings.Contains(message, "start of value"):
		return r.bareValue(at)
	case strings.Contains(message, "start of key") && c >= 0x80:
		return r.bareKey(word)
	case strings.Contains(message, "expected '='") && c == ':':
		return syntaxFault(span, "a colon stands where TOML has an equals sign")
	case strings.Contains(message, "expected '='") && c >= 0x80:
		for at > 0 && strings.IndexByte(" \t\n[.", r.data[at-1]) < 0 {
			at--
		}
		return r.bareKey(pipeline.Span{Start: r.base + at, End: word.End})
	case strings.Contains(message, "expected '='"):
		return syntaxFault(word, "an equals sign is missing behind the key")
	case strings.Contains(message, "new line"):
		line, _ := lineAt(r.data, at)
		return syntaxFault(pipeline.Span{Start: span.Start, End: r.base + line.End}, "the string that ends here is not closed in its line")
	}
	return syntaxFault(span, "%s", message)
}

// bareKey is the fault of a key with letters that stand in quotes only.
func (r *tomlReader) bareKey(word pipeline.Span) Fault {
	f := syntaxFault(word, "a key with other letters than A to Z stands in quotes in TOML").of(BareKey)
	if key := string(r.data[word.Start-r.base : word.End-r.base]); printable(key) && !strings.ContainsAny(key, `.\`) && !smartQuote(key) {
		f.Edits = []pipeline.Edit{{Start: word.Start, End: word.End, Text: `"` + key + `"`}}
	}
	return f
}

// bareValue is the fault of a text without quotes, or with typographic ones, where a value must stand.
func (r *tomlReader) bareValue(at int) Fault {
	line, _ := lineAt(r.data, at)
	start := line.Start
	for start > 0 && r.data[start-1] != '\n' {
		start--
	}
	end := line.End
	if bytes.IndexByte(r.data[start:at], '[') >= 0 || bytes.IndexByte(r.data[start:at], '=') < 0 {
		end = wordEnd(r.data, at) // An item.
	}
	if i := bytes.Index(r.data[at:end], []byte(" #")); i >= 0 {
		end = at + i
	}
	value := bytes.TrimRight(r.data[at:end], " \t\r\n")
	span := pipeline.Span{Start: r.base + at, End: r.base + at + len(value)}
	f := syntaxFault(pipeline.Span{Start: span.Start, End: r.base + wordEnd(r.data, at)}, "text stands in quotes in TOML").of(NeedsQuotes)
	text := string(value)
	if smartQuote(text) {
		f = f.of(SmartQuote)
		f.Message = "a typographic quote stands where TOML has a straight one"
		text = withoutSmartQuotes(text)
	}
	switch {
	case !printable(text) || text == "" || f.Kind == SmartQuote && containsSmartQuote(text):
	case !strings.ContainsAny(text, `"\`):
		f.Edits = []pipeline.Edit{{Start: span.Start, End: span.End, Text: `"` + text + `"`}}
	case !strings.Contains(text, "'"):
		f.Edits = []pipeline.Edit{{Start: span.Start, End: span.End, Text: "'" + text + "'"}}
	}
	return f
}

// smartQuotes are the typographic quotes that open, each followed by those that close it.
var smartQuotes = [...]string{"“”", "‘’", "„“", "‚‘", "＂＂", "＇＇", "””", "’’"}

// smartQuote tells whether a text begins with a typographic quote.
func smartQuote(text string) bool {
	for _, pair := range smartQuotes {
		if strings.HasPrefix(text, pair[:3]) {
			return true
		}
	}
	return false
}

func containsSmartQuote(text string) bool {
	return strings.ContainsAny(text, "“”‘’„‚＂＇")
}

// withoutSmartQuotes is what stands between the typographic quotes at the ends of a text, or the text itself.
func withoutSmartQuotes(text string) string {
	for _, pair := range smartQuotes {
		if len(text) >= 6 && strings.HasPrefix(text, pair[:3]) && strings.HasSuffix(text, pair[3:]) {
			return text[3 : len(text)-3]
		}
	}
	return text
}
