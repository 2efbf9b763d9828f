package rules

import (
	"bytes"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var trailingSpace = lint.Rule{
	Code: "FM019", Name: "trailing-space", Group: frontMatter, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "safe",
	Doc: `A line of the front matter ends with blanks.

Nobody sees them, version control shows them, and editors that remove them change lines that nobody meant to.
Blanks inside a value of several lines belong to it and stay.`,
	Bad:  "---\ntitle: Rain\ntags: \n - weather\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ntags:\n - weather\n---\nIt rained.\n",
	New:  func() lint.Checker { return blanksBehind{} },
}

type blanksBehind struct{}

func (blanksBehind) Check(p *lint.Pass) {
	m := p.Matter()
	if m.Root == nil {
		return
	}
	var inside []pipeline.Span // values of several lines, in their order
	for n := range m.Root.All() {
		if n.Value != "" && bytes.ContainsAny(n.Span.Of(m.Text), "\r\n") {
			inside = append(inside, n.Span)
		}
	}
	for at := m.Raw.Start; at < m.Raw.End; {
		end := at
		for end < m.Raw.End && m.Text[end] != '\n' && m.Text[end] != '\r' {
			end++
		}
		start := at + len(bytes.TrimRight(m.Text[at:end], " \t"))
		for len(inside) > 0 && inside[0].End < start {
			inside = inside[1:]
		}
		if start < end && (len(inside) == 0 || inside[0].Start >= end) {
			s := pipeline.Span{Start: start, End: end}
			p.ReportFix(s, plural(end-start, "blank")+" at the end of the line", pipeline.Fix{
				Title: "remove", Edits: []pipeline.Edit{{Start: start, End: end}},
			})
		}
		at = end + 1
	}
}
