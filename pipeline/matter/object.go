package matter

import (
	"bytes"

	"copydesk/pipeline"
)

// object finds the envelope of a text that begins with a JSON object: the object, with what stands
// behind it in its last line, if that is blank.
func (s *splitter) object(start int) (Envelope, bool) {
	env := Envelope{Format: JSON, Fence: pipeline.Span{Start: start, End: start + 1}}
	if !looksLikeObject(s.text[start:]) {
		return env, false
	}
	end, ok := objectEnd(s.text, start)
	if !ok {
		env.Lost = true
		s.fault(Fault{
			Kind: Unclosed, Span: env.Fence,
			Related: []pipeline.Span{{Start: len(s.text), End: len(s.text)}},
			Message: "the JSON front matter that begins here has no closing brace, so all of the file is taken for body",
		})
		return env, false
	}
	line, next := lineAt(s.text, end)
	blankTail := isBlank(line.Of(s.text))
	after := end
	if blankTail {
		after = next
	}
	env.Open = pipeline.Span{Start: 0, End: start}
	env.Raw = pipeline.Span{Start: start, End: after}
	env.Close = pipeline.Span{Start: after, End: after}
	env.Body = pipeline.Span{Start: after, End: len(s.text)}
	s.braces(start, end, blankTail)
	return env, true
}

// looksLikeObject tells a JSON object, with comments or single quotes perhaps, from a template tag ({{, {%)
// or an attribute list ({:).
func looksLikeObject(text []byte) bool {
	rest := bytes.TrimLeft(text[1:min(len(text), 4096)], " \t\r\n")
	return len(rest) > 0 && bytes.IndexByte([]byte(`"'}/`), rest[0]) >= 0
}

// objectEnd gives the offset behind the brace that closes the one at start.
func objectEnd(text []byte, start int) (end int, ok bool) {
	depth := 0
	for i := start; i < len(text); i++ {
		switch text[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1, true
			}
		case '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		}
	}
	return len(text), false
}

// braces reports an object that tools which read line by line do not find: its braces must stand
// alone in their lines, and a blank line must follow.
func (s *splitter) braces(start, end int, blankTail bool) {
	first, _ := lineAt(s.text, start)
	last := end - 1
	for last > start && s.text[last-1] != '\n' && s.text[last-1] != '\r' {
		last--
	}
	line, next := lineAt(s.text, end)
	closing := pipeline.Span{Start: end - 1, End: end}
	br := s.lineBreak()
	switch {
	case !isBlank(s.text[start+1 : first.End]):
		edits := []pipeline.Edit{{Start: start + 1, End: start + 1, Text: br}}
		if !isBlank(s.text[max(last, start+1) : end-1]) {
			edits = append(edits, pipeline.Edit{Start: end - 1, End: end - 1, Text: br})
		}
		s.fault(Fault{Kind: OddFence, Minor: true, Span: pipeline.Span{Start: start, End: start + 1}, Edits: edits,
			Message: "the opening brace of the front matter does not stand alone in its line, and some tools then see none"})
	case !isBlank(s.text[last : end-1]):
		s.fault(Fault{Kind: OddFence, Minor: true, Span: closing, Edits: []pipeline.Edit{{Start: end - 1, End: end - 1, Text: br}},
			Message: "the closing brace of the front matter does not stand alone in its line, and some tools then see none"})
	}
	after, _ := lineAt(s.text, next)
	missing := ""
	switch {
	case !blankTail:
		missing = br + br
	case next == line.End && next < len(s.text), !isBlank(after.Of(s.text)):
		missing = br
	}
	if missing != "" {
		at := end
		if blankTail {
			at = next
		}
		s.fault(Fault{Kind: OddFence, Minor: true, Span: closing, Edits: []pipeline.Edit{{Start: at, End: at, Text: missing}},
			Message: "no blank line follows the JSON front matter, and some tools then see none"})
	}
}
