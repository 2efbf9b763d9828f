package rules

import (
	"iter"
	"path"
	"strings"

	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

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

// isMDX tells whether the tags of an article are those of React.
func isMDX(p *lint.Pass) bool { return strings.EqualFold(path.Ext(p.Path()), ".mdx") }

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
