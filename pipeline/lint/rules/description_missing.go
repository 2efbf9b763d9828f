package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var descriptionMissing = lint.Rule{
	Code: "MT007", Name: "description-missing", Group: metadata, Severity: pipeline.Info,
	Presets: []string{"web", "archive"},
	Doc: `The front matter does not say what the article is about.

Search engines and previews of links show the first words of the body instead, which on a scraped page
are often those of a menu.`,
	Bad:  "---\ntitle: Rain\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndescription: It rained all day.\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &undescribed{Keys: []string{"description", "summary", "excerpt", "abstract", "subtitle", "lead"}}
	},
}

type undescribed struct {
	Keys []string `option:"keys" help:"front matter keys, one of which has to be there"`
}

func (c *undescribed) Check(p *lint.Pass) {
	m := p.Matter()
	if m.Root == nil || m.Root.Kind != matter.Mapping {
		return
	}
	for _, e := range m.Root.Entries {
		if hasFold(c.Keys, e.Key) && (e.Value.Text() != "" || e.Value.Kind == matter.Mapping) {
			return
		}
	}
	p.Report(m.Fence, "the front matter has no description")
}
