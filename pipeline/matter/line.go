package matter

import (
	"bytes"

	"copydesk/pipeline"
)

// lineAt gives the line that begins at an offset, without its line break, and where the next begins.
// Lines end with LF, CRLF or a lone CR.
func lineAt(text []byte, at int) (line pipeline.Span, next int) {
	end := at
	for end < len(text) && text[end] != '\n' && text[end] != '\r' {
		end++
	}
	return pipeline.Span{Start: at, End: end}, pipeline.AfterBreak(text, end)
}

func isBlank(line []byte) bool { return len(bytes.Trim(line, " \t")) == 0 }

// lines calls visit for each line of the span, until it returns false.
func lines(text []byte, in pipeline.Span, visit func(line pipeline.Span) bool) {
	for at := in.Start; at < in.End; {
		line, next := lineAt(text[:in.End], at)
		if !visit(line) {
			return
		}
		at = next
	}
}
