package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/sanitize"
)

// removals are what the policy in force would take that have one code, by their place.
type removals struct {
	at       map[int]sanitize.Removal
	anywhere map[string]int // in a body that has to be rewritten as a whole, how many by what they are
}

func removalsOf(p *lint.Pass, code string) removals {
	r := removals{map[int]sanitize.Removal{}, map[string]int{}}
	for _, m := range p.Removed() {
		switch {
		case m.Code != code:
		case m.Span.Len() == 0:
			r.anywhere[m.What]++
		default:
			r.at[m.Span.Start] = m
		}
	}
	return r
}

// take tells whether what stands in a place is among them, and takes it out.
func (r removals) take(what string, at pipeline.Span) bool {
	if _, ok := r.at[at.Start]; ok {
		delete(r.at, at.Start)
		return true
	}
	r.anywhere[what]--
	return r.anywhere[what] >= 0
}

// eachRemoval visits what the policy would take with a code. The markup of .mdx files is a program.
func eachRemoval(p *lint.Pass, code string, visit func(sanitize.Removal)) {
	if isMDX(p) {
		return
	}
	for _, r := range p.Removed() {
		if r.Code == code {
			visit(r)
		}
	}
}
