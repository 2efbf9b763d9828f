package matter

import (
	"bytes"
	"fmt"
	"strings"

	"copydesk/pipeline"
)

// newlines reports line breaks of several kinds in one file, and lone carriage returns,
// which most tools do not take for line breaks.
func (s *splitter) newlines() {
	cr := bytes.Count(s.text, []byte{'\r'})
	if cr == 0 {
		return
	}
	lf, crlf := bytes.Count(s.text, []byte{'\n'}), bytes.Count(s.text, []byte("\r\n"))
	if crlf == cr && crlf == lf {
		return
	}
	want, message := "\n", ""
	switch {
	case lf == 0:
		message = fmt.Sprintf("all %d lines end with a lone carriage return, which most tools do not take for a line break", cr)
	default:
		if crlf > lf-crlf {
			want = "\r\n"
		}
		message = fmt.Sprintf("%d line breaks are LF, %d CRLF, %d CR", lf-crlf, crlf, cr-crlf)
	}
	edits := breakEdits(s.text, want)
	first := pipeline.Span{Start: edits[0].Start, End: pipeline.AfterBreak(s.text, edits[0].Start)}
	s.fault(Fault{Kind: MixedNewlines, Span: first, Message: message, Edits: edits})
}

// maxBreakEdits is how many line breaks are edited one by one; more make one edit of all the text.
const maxBreakEdits = 10_000

// breakEdits are the edits that make every line break of text the wanted one.
func breakEdits(text []byte, want string) []pipeline.Edit {
	var edits []pipeline.Edit
	for at := 0; at < len(text) && len(edits) <= maxBreakEdits; {
		i := bytes.IndexAny(text[at:], "\r\n")
		if i < 0 {
			break
		}
		start := at + i
		at = pipeline.AfterBreak(text, start)
		if string(text[start:at]) != want {
			edits = append(edits, pipeline.Edit{Start: start, End: at, Text: want})
		}
	}
	if len(edits) > maxBreakEdits {
		start := edits[0].Start
		return []pipeline.Edit{{Start: start, End: len(text), Text: withBreaks(text[start:], want)}}
	}
	return edits
}

// withBreaks makes every line break of text the wanted one.
func withBreaks(text []byte, want string) string {
	var b strings.Builder
	b.Grow(len(text))
	for len(text) > 0 {
		i := bytes.IndexAny(text, "\r\n")
		if i < 0 {
			break
		}
		b.Write(text[:i])
		b.WriteString(want)
		text = text[pipeline.AfterBreak(text, i):]
	}
	b.Write(text)
	return b.String()
}
