package repair

import (
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var addNoopener = Repair{
	Name: "add-noopener", Code: "HT014", Rule: "target-blank-without-noopener",
	Before: "<p><a href=\"https://example.com/\" target=\"_blank\">rain</a></p>\n",
	After:  "<p><a href=\"https://example.com/\" target=\"_blank\" rel=\"noopener noreferrer\">rain</a></p>\n",
	on:     func(o *Options) bool { return o.AddNoopener },
	find:   func(b *markup.Body, _ *Set) []Found { return Openers(b, "noopener noreferrer") },
}

// Openers finds links that let the page in the window that they open reach back, and adds words to their rel.
func Openers(b *markup.Body, add string) (out []Found) {
	for i := range b.Elements {
		e := &b.Elements[i]
		if e.Name != "a" && e.Name != "area" || markup.IsComponent(b.Text, e) {
			continue
		}
		target, ok := e.Attr("target")
		if _, link := e.Attr("href"); !ok || !link || !strings.EqualFold(target.Value, "_blank") {
			continue
		}
		if edit, needed := noopener(e, target, add); needed {
			out = append(out, Found{Span: target.NameSpan, Message: "this link opens a new window without rel=\"noopener\"",
				Title: "add " + add, Edits: []pipeline.Edit{edit}})
		}
	}
	return out
}

// noopener is the edit that adds the words to rel, or a rel behind target.
func noopener(e *markup.Element, target *markup.Attr, add string) (edit pipeline.Edit, needed bool) {
	rel, ok := e.Attr("rel")
	if !ok {
		return pipeline.Edit{Start: target.Span.End, End: target.Span.End, Text: ` rel="` + add + `"`}, true
	}
	kinds := strings.Fields(strings.ToLower(rel.Value))
	if slices.Contains(kinds, "noopener") || slices.Contains(kinds, "noreferrer") || slices.Contains(kinds, "opener") {
		return edit, false
	}
	if rel.Quote == 0 || len(kinds) == 0 {
		return pipeline.Edit{Start: rel.Span.Start, End: rel.Span.End, Text: `rel="` + escape(strings.Join(append(kinds, add), " ")) + `"`}, true
	}
	return pipeline.Edit{Start: rel.ValueSpan.End, End: rel.ValueSpan.End, Text: " " + add}, true
}
