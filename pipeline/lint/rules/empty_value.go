package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var emptyValue = lint.Rule{
	Code: "FM022", Name: "empty-value", Group: frontMatter, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "unsafe",
	Doc: `A key has no value.

Programs differ on what that is: nothing, an empty text, or a reason to stop. A key that says nothing
can go.`,
	Bad:  "---\ntitle: Rain\nthumbnail: ''\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\n---\nIt rained.\n",
	New:  func() lint.Checker { return empties{} },
}

type empties struct{}

func (empties) Check(p *lint.Pass) {
	m := p.Matter()
	root := m.Root.Resolve()
	if root == nil {
		return
	}
	for i := range root.Entries {
		e := &root.Entries[i]
		n := atPlace(e.Value)
		switch {
		case e.Value.Anchor != "" || e.Value.Tag != "":
		case n.Kind == matter.Null && n.Value == "", n.Kind == matter.String && strings.TrimSpace(n.Value) == "" && len(n.Value) < maxTitle:
			p.ReportFix(e.KeySpan, e.Key+" has no value", entryFix(m, e)...)
		}
	}
}
