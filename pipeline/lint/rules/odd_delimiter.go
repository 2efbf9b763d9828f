package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var oddDelimiter = lint.Rule{
	Code: "FM006", Name: "odd-delimiter", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A fence of the front matter is not three characters and a line break.

What counts as a fence differs: four hyphens, three dots, a long dash. Programs that do not know
the spelling see no front matter, or no end of it. Blanks behind a fence are only mentioned.`,
	Bad:  "---\ntitle: Rain\n------\nIt rained.\n",
	Good: "---\ntitle: Rain\n---\nIt rained.\n",
	New:  func() lint.Checker { return oddFence{} },
}

type oddFence struct{}

func (oddFence) Check(p *lint.Pass) {
	c := matterFault{fix: "write the fence as usual"}
	for _, f := range p.Matter().Faults {
		if f.Kind == matter.OddFence {
			out := c.finding(f)
			out.Minor = f.Minor
			p.Add(out)
		}
	}
}
