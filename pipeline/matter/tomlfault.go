package matter

import (
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
		return syntaxFault(word, "text stands in quotes in TOML")
	case strings.Contains(message, "start of key") && c >= 0x80:
		return syntaxFault(word, "a key with other letters than A to Z stands in quotes in TOML")
	case strings.Contains(message, "expected '='") && c == ':':
		return syntaxFault(span, "a colon stands where TOML has an equals sign")
	case strings.Contains(message, "expected '='"):
		return syntaxFault(word, "an equals sign is missing behind the key")
	case strings.Contains(message, "new line"):
		line, _ := lineAt(r.data, at)
		return syntaxFault(pipeline.Span{Start: span.Start, End: r.base + line.End}, "the string that ends here is not closed in its line")
	}
	return syntaxFault(span, "%s", message)
}
