package rules

import (
	"iter"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// dropAttribute is markup.DropAttribute.
func dropAttribute(text []byte, e *markup.Element, name string) []pipeline.Edit {
	return markup.DropAttribute(text, e, name)
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

// isComponent is markup.IsComponent.
func isComponent(text []byte, e *markup.Element) bool { return markup.IsComponent(text, e) }

// isTemplate is markup.IsTemplate.
func isTemplate(text []byte, e *markup.Element) bool { return markup.IsTemplate(text, e) }

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
