package markup

import (
	"bytes"
	"strings"

	"copydesk/pipeline"
)

// DropAttribute returns the edits that take an attribute out of a start tag, with the white space before it.
// Further attributes of the same name, which browsers ignore, go too: one of them would take its place.
func DropAttribute(text []byte, e *Element, name string) []pipeline.Edit {
	var out []pipeline.Edit
	for _, a := range e.Attrs {
		if a.Name == name {
			out = append(out, dropSpan(text, a.Span))
		}
	}
	return out
}

// dropSpan deletes an attribute. The white space before it stays where it is needed
// to part the attribute before from what follows.
func dropSpan(text []byte, s pipeline.Span) pipeline.Edit {
	start := s.Start
	if s.End < len(text) && (isSpace(text[s.End]) || text[s.End] == '>') {
		for start > 0 && isSpace(text[start-1]) {
			start--
		}
	}
	return pipeline.Edit{Start: start, End: s.End}
}

// IsComponent tells whether a start tag is a component of JSX or Vue, which has capital and small letters
// and attributes of its own.
func IsComponent(text []byte, e *Element) bool {
	written := string(text[min(e.Span.Start+1, e.Span.End):min(e.Span.Start+1+len(e.Name), e.Span.End)])
	return written != e.Name && written != strings.ToUpper(e.Name)
}

// IsTemplate tells whether a template will write something into a start tag.
func IsTemplate(text []byte, e *Element) bool {
	tag := e.Span.Of(text)
	return bytes.Contains(tag, []byte("{{")) || bytes.Contains(tag, []byte("{%"))
}
