package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var smartQuoteDelimiter = lint.Rule{
	Code: "FM012", Name: "smart-quote-delimiter", Group: frontMatter, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "unsafe",
	Doc: `A value stands between typographic quotes.

YAML takes them for a part of the text, and readers see them around it; to TOML and JSON they are
a syntax error. Editors that make quotes pretty put them there.`,
	Bad:  "---\ntitle: “Rain”\n---\nIt rained.\n",
	Good: "---\ntitle: \"Rain\"\n---\nIt rained.\n",
	New:  func() lint.Checker { return smartQuotes{} },
}

type smartQuotes struct{}

func (smartQuotes) Check(p *lint.Pass) {
	m := p.Matter()
	c := matterFault{fix: "write straight quotes", safety: pipeline.Unsafe}
	for _, f := range m.Faults {
		if f.Kind == matter.SmartQuote {
			out := c.finding(f)
			out.Grave = true // Nothing can be read.
			p.Add(out)
		}
	}
	if m.Format != matter.YAML {
		return
	}
	inSmartQuotes := func(n *matter.Node) bool { _, ok := betweenSmartQuotes(n); return ok }
	m.Root.Where(inSmartQuotes, func(pointer string, n *matter.Node) {
		inner, _ := betweenSmartQuotes(n)
		p.ReportFix(n.Span, "the quotes around the value are typographic, and so a part of it", pipeline.Fix{
			Title: "write straight quotes", Safety: pipeline.Unsafe, Keys: []string{pointer},
			Edits: []pipeline.Edit{{Start: n.Span.Start, End: n.Span.End, Text: `"` + inner + `"`}},
		})
	})
}

// betweenSmartQuotes is what stands between the typographic quotes around a plain value, if there are
// none in it: “Rain” and “Wind” are two quotations.
func betweenSmartQuotes(n *matter.Node) (inner string, ok bool) {
	if n.Kind != matter.String || n.Quoted || len(n.Value) < 7 || n.Span.Len() != len(n.Value) || n.Value[0] != 0xE2 {
		return "", false
	}
	inner = n.Value[3 : len(n.Value)-3]
	switch n.Value[:3] + n.Value[len(n.Value)-3:] {
	case "“”", "‘’", "„“", "””", "’’":
		return inner, !strings.ContainsAny(inner, "“”‘’„\"\\\n\r\t")
	}
	return "", false
}
