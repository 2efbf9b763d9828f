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
	return pipeline.Span{Start: at, End: end}, afterBreak(text, end)
}

// afterBreak gives the offset behind the line break at an offset, or the offset when there is none.
func afterBreak(text []byte, at int) int {
	switch {
	case at >= len(text):
		return at
	case text[at] == '\r' && at+1 < len(text) && text[at+1] == '\n':
		return at + 2
	case text[at] == '\r', text[at] == '\n':
		return at + 1
	}
	return at
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
