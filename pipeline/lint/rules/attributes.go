package rules

import (
	"bytes"
	"iter"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// dropAttribute returns the edits that take an attribute out of a start tag, with the white space before it.
// Further attributes of the same name, which browsers ignore, go too: one of them would take its place.
func dropAttribute(text []byte, e *markup.Element, name string) []pipeline.Edit {
	var out []pipeline.Edit
	for _, a := range e.Attrs {
		if a.Name == name {
			out = append(out, dropSpan(text, a.Span))
		}
	}
	return out
}

// firsts yields the first attribute of each name, the one that browsers take.
func firsts(e *markup.Element) iter.Seq[*markup.Attr] {
	isFirst := func(a *markup.Attr) bool {
		b, _ := e.Attr(a.Name)
		return a == b
	}
	if len(e.Attrs) > 12 { // A map costs more than comparing a few names, and less than comparing many.
		seen := make(map[string]bool, len(e.Attrs))
		isFirst = func(a *markup.Attr) bool {
			before := seen[a.Name]
			seen[a.Name] = true
			return !before
		}
	}
	return func(yield func(*markup.Attr) bool) {
		for i := range e.Attrs {
			if a := &e.Attrs[i]; isFirst(a) && !yield(a) {
				return
			}
		}
	}
}

// dropSpan deletes an attribute. The white space before it stays where it is needed
// to part the attribute before from what follows.
func dropSpan(text []byte, s pipeline.Span) pipeline.Edit {
	start := s.Start
	if s.End < len(text) && strings.IndexByte(" \t\n\f\r>", text[s.End]) >= 0 {
		for start > 0 && strings.IndexByte(" \t\n\f\r", text[start-1]) >= 0 {
			start--
		}
	}
	return pipeline.Edit{Start: start, End: s.End}
}

// isComponent tells whether a start tag is a component of JSX or Vue, which has capital and small letters
// and attributes of its own.
func isComponent(text []byte, e *markup.Element) bool {
	written := string(text[min(e.Span.Start+1, e.Span.End):min(e.Span.Start+1+len(e.Name), e.Span.End)])
	return written != e.Name && written != strings.ToUpper(e.Name)
}

// isTemplate tells whether a template will write something into a start tag.
func isTemplate(text []byte, e *markup.Element) bool {
	tag := e.Span.Of(text)
	return bytes.Contains(tag, []byte("{{")) || bytes.Contains(tag, []byte("{%"))
}

// isForeign tells whether an element stands in svg or math.
func isForeign(all []markup.Element, e *markup.Element) bool {
	for depth := 0; depth < 1000; depth++ {
		if e.Name == "svg" || e.Name == "math" {
			return true
		}
		if e.Parent < 0 {
			return false
		}
		e = &all[e.Parent]
	}
	return false
}
