package repair

import (
	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var unwrapBody = Repair{
	Name: "unwrap-body", Code: "HT010", Rule: "wrapper-div",
	Before: "<div>\n<p>It rained.</p>\n<p>Then it stopped.</p>\n</div>\n",
	After:  "<p>It rained.</p>\n<p>Then it stopped.</p>\n",
	blocks: true,
	on:     func(o *Options) bool { return o.UnwrapBody },
	find: func(b *markup.Body, _ *Set) []Found {
		if f, ok := Wrapper(b); ok {
			return []Found{f}
		}
		return nil
	},
}

// Wrapper finds the div that holds all of an HTML body, when it says nothing and nothing but elements stands in it.
func Wrapper(b *markup.Body) (Found, bool) {
	if !isHTML(b) || b.Err != nil || len(b.Elements) < 2 {
		return Found{}, false
	}
	e := &b.Elements[0]
	before, behind := pipeline.Span{Start: b.Span.Start, End: e.Span.Start}, pipeline.Span{Start: e.End.End, End: b.Span.End}
	if e.Name != "div" || e.End.Len() == 0 || !usable(b, e) || !blank(before.Of(b.Text)) || !blank(behind.Of(b.Text)) {
		return Found{}, false
	}
	for _, a := range e.Attrs {
		if a.Name != "class" && a.Name != "style" {
			return Found{}, false
		}
	}
	in, next := 0, 1
	for t := range markup.Scan(b.Text[e.Span.End:e.End.Start], e.Span.End) {
		for in > 0 && t.Span.Start >= b.Elements[in].End.Start && (b.Elements[in].End.Len() == 0 || t.Span.Start >= b.Elements[in].End.End) {
			in = b.Elements[in].Parent
		}
		if t.Kind == markup.StartTag && next < len(b.Elements) {
			if !b.Elements[next].SelfEnds {
				in = next
			}
			next++
		}
		if t.Kind == markup.Text && in == 0 && !blank(t.Span.Of(b.Text)) {
			return Found{}, false
		}
	}
	return Found{Span: e.Span, Message: "the whole body stands in one div", Title: "unwrap it",
		Edits: []pipeline.Edit{cutTag(b, e.Span), cutTag(b, e.End)}}, true
}

// cutTag takes out a tag with the blanks around it, and the line break behind it where it begins its line.
func cutTag(b *markup.Body, s pipeline.Span) pipeline.Edit {
	start, end := s.Start, s.End
	for start > b.Span.Start && isBlank(b.Text[start-1]) {
		start--
	}
	for end < b.Span.End && isBlank(b.Text[end]) {
		end++
	}
	if start == b.Span.Start || b.Text[start-1] == '\n' {
		if end < b.Span.End && b.Text[end] == '\r' {
			end++
		}
		if end < b.Span.End && b.Text[end] == '\n' {
			end++
		}
	}
	return pipeline.Edit{Start: start, End: end}
}
