package rules

import (
	"iter"
	"path"
	"slices"
	"strings"

	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

// firsts yields those attributes that are wanted, of each name the first only, the one that browsers take.
func firsts(e *markup.Element, wanted func(*markup.Attr) bool) iter.Seq[*markup.Attr] {
	return func(yield func(*markup.Attr) bool) {
		var seen map[string]int // the first of each name: a map costs more than comparing a few names, and less than comparing many
		for i := range e.Attrs {
			a := &e.Attrs[i]
			if !wanted(a) {
				continue
			}
			if seen == nil && len(e.Attrs) > 12 {
				seen = make(map[string]int, len(e.Attrs))
				for i := range slices.Backward(e.Attrs) {
					seen[e.Attrs[i].Name] = i
				}
			}
			first := seen != nil && seen[a.Name] == i
			if seen == nil {
				b, _ := e.Attr(a.Name)
				first = a == b
			}
			if first && !yield(a) {
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
