package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var categoryEqualsAuthor = lint.Rule{
	Code: "MT017", Name: "category-equals-author", Group: metadata, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "unsafe",
	Doc: `A category is the author's name.

Scrapers file what they find under the site that it comes from. As a category it lists what the list
of the author's articles has already.`,
	Bad:  "---\ntitle: Rain\nauthor: The Weekly\ncategories:\n - Weather\n - The Weekly\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\nauthor: The Weekly\ncategories:\n - Weather\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &authorCategory{Authors: []string{"author"}, Keys: []string{"categories", "category", "tags"}}
	},
}

type authorCategory struct {
	Authors []string `option:"authors" help:"front matter keys that name the author"`
	Keys    []string `option:"keys" help:"front matter keys that hold categories"`
}

func (c *authorCategory) Check(p *lint.Pass) {
	m := p.Matter()
	author := ""
	topEntries(m, c.Authors, func(e *matter.Entry) {
		if e.Value.Kind == matter.String && author == "" {
			author = strings.TrimSpace(e.Value.Value)
		}
	})
	if author == "" {
		return
	}
	topEntries(m, c.Keys, func(e *matter.Entry) {
		if n := e.Value; n.Kind == matter.String && n.Value == author {
			p.ReportFix(n.Span, e.Key+" is the author", entryFix(m, e)...)
		}
		for i, n := range e.Value.Items {
			if n = atPlace(n); n.Kind == matter.String && n.Value == author {
				p.ReportFix(n.Span, "an item of "+e.Key+" is the author", itemFix(m, e, i, pipeline.Unsafe)...)
				return
			}
		}
	})
}
