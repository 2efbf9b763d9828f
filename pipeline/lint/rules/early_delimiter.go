package rules

import (
	"bytes"
	"slices"

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
	var inside []scalar
	for _, f := range m.Faults {
		if f.Kind != matter.EarlyFence {
			continue
		}
		out := lint.Finding{Span: f.Span, Message: f.Message}
		line := firstText(m.Text, f.Span)
		if inside == nil {
			inside = scalarsWith(m, line.Of(m.Text))
		}
		i := slices.IndexFunc(inside, func(s scalar) bool { return s.span.Start <= line.Start && line.End <= s.span.End })
		if i >= 0 && string(line.Of(m.Text)) == "---" {
			out.Fixes = []pipeline.Fix{{
				Title: "write * * *, which is a thematic break, too", Safety: pipeline.Unsafe, Keys: []string{inside[i].pointer},
				Edits: []pipeline.Edit{{Start: line.Start, End: line.End, Text: "* * *"}},
			}}
		}
		p.Add(out)
	}
}

// A scalar is the place of a single value.
type scalar struct {
	pointer string
	span    pipeline.Span
}

// scalarsWith lists the single values that have some bytes in them.
func scalarsWith(m *matter.Matter, some []byte) []scalar {
	out := []scalar{}
	m.Root.Walk(func(pointer string, n *matter.Node) {
		if n.Value != "" && bytes.Contains(n.Span.Of(m.Text), some) {
			out = append(out, scalar{pointer, n.Span})
		}
	})
	return out
}
