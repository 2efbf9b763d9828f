package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

var titleLength = lint.Rule{
	Code: "MT005", Name: "title-length", Group: metadata, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"},
	Doc: `The title is longer than lists and search results show.

They cut it off, often in its middle. It is measured in columns, of which a Chinese or Japanese
character takes two.`,
	Bad:  "---\ntitle: How it rained all day and all night, and what the neighbours said of it in the morning\n---\nIt rained.\n",
	Good: "---\ntitle: How it rained all day and all night\n---\nIt rained.\n",
	New:  func() lint.Checker { return &long{Columns: 70} },
}

type long struct {
	Columns int `option:"columns" help:"the most columns that a title takes"`
}

func (c *long) Check(p *lint.Pass) {
	topEntries(p.Matter(), []string{"title"}, func(e *matter.Entry) {
		n := e.Value
		if n.Kind != matter.String || len(n.Value) <= c.Columns || len(n.Value) > maxTitle {
			return // A column takes a byte at least.
		}
		if width := report.Width(n.Value); width > c.Columns {
			p.Report(n.Span, "the title takes %d columns, more than %d", width, c.Columns)
		}
	})
}
