package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var duplicateKey = lint.Rule{
	Code: "FM009", Name: "duplicate-key", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe/hint",
	Doc: `A key stands in the front matter twice.

Some programs take the first value, some the last, some refuse the file; none says which it took.
An entry that repeats key and value is removed by --fix; of two values a person has to choose.`,
	Bad:  "---\ntitle: Rain\ndate: 2022-07-22\ntitle: Rain\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22\n---\nIt rained.\n",
	New:  func() lint.Checker { return duplicate{} },
}

type duplicate struct{}

func (duplicate) Check(p *lint.Pass) {
	for _, f := range p.Matter().Faults {
		if f.Kind != matter.Duplicate {
			continue
		}
		c := matterFault{fix: "remove this entry, which repeats the other", related: "the key is here, too"}
		if !f.Equal {
			c.fix, c.safety = "remove this entry", pipeline.Hint
		}
		p.Add(c.finding(f))
	}
}
