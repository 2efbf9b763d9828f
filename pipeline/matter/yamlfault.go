package matter

import (
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"copydesk/pipeline"
)

// badByte finds the first byte that can't stand in YAML or TOML: invalid UTF-8 or a control character,
// to which YAML counts U+0080 to U+009F, U+0085 apart.
func badByte(data []byte, format Format) (at, n int, what string) {
	for i := 0; i < len(data); {
		c := data[i]
		switch {
		case c >= ' ' && c < 0x7F, c == '\n', c == '\t', c == '\r':
			i++
			continue
		case c < utf8.RuneSelf:
			return i, 1, "a control character"
		}
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return i, 1, "a byte that is not UTF-8"
		case format == YAML && (r < 0xA0 && r != 0x85 || r == 0xFFFE || r == 0xFFFF):
			return i, n, "a control character"
		}
		i += n
	}
	return 0, 0, ""
}

// explain says in plain words, at the guilty bytes, what the loader's error means.
func (r *yamlReader) explain(e *yaml.LoadError, span pipeline.Span) Fault {
	at := span.Start
	if e.Mark.Line > 0 {
		at = r.marks.offset(e.Mark.Line, e.Mark.Column)
	}
	line, _ := lineAt(r.text, at)
	return syntaxFault(pipeline.Span{Start: at, End: line.End}, "%s", e.Message)
}
