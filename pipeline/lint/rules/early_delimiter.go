package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var earlyDelimiter = lint.Rule{
	Code: "FM005", Name: "early-delimiter", Group: frontMatter, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "unsafe",
	Doc: `A line inside a value looks like the closing fence.

Programs that ignore white space around fences, adrg/frontmatter for one, end the front matter there:
the rest of it becomes text of the article.`,
	Bad:  "---\ntitle: Rain\nabstract: |\n  first\n  ---\n  second\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\nabstract: |\n  first\n  * * *\n  second\n---\nIt rained.\n",
	New:  func() lint.Checker { return earlyFence{} },
}

type earlyFence struct{}

func (earlyFence) Check(p *lint.Pass) {
	m := p.Matter()
	for _, f := range m.Faults {
		if f.Kind != matter.EarlyFence {
			continue
		}
		out := lint.Finding{Span: f.Span, Message: f.Message}
		line := firstText(m.Text, f.Span)
		if string(line.Of(m.Text)) == "---" {
			out.Fixes = []pipeline.Fix{{
				Title: "write * * *, which is a thematic break, too", Safety: pipeline.Unsafe, Keys: pointersAt(m.Root, line),
				Edits: []pipeline.Edit{{Start: line.Start, End: line.End, Text: "* * *"}},
			}}
		}
		p.Add(out)
	}
}

// pointersAt lists the JSON pointers of the scalars that a span lies in.
func pointersAt(root *matter.Node, s pipeline.Span) (pointers []string) {
	root.Walk(func(pointer string, n *matter.Node) {
		if n.Value != "" && n.Span.Start <= s.Start && s.End <= n.Span.End {
			pointers = append(pointers, pointer)
		}
	})
	return pointers
}
