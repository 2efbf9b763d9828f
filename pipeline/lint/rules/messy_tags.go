package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var messyTags = lint.Rule{
	Code: "MT009", Name: "messy-tags", Group: metadata, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A list of tags names one twice, in two spellings, or several as one.

A tag that is there twice is listed twice; Rain and rain get a page each, or fight for one; "rain, wind" is
one tag with a comma in it. Only what repeats another tag exactly is removed by --fix.`,
	Bad:  "---\ntitle: Rain\ntags: [rain, wind, rain]\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ntags: [rain, wind]\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &tags{Keys: []string{"tags", "tag", "categories", "category", "keywords"}}
	},
}

type tags struct {
	Keys []string `option:"keys" help:"front matter keys that hold lists of tags"`
}

// maxTags is how many tags of a list are looked at.
const maxTags = 1000

func (c *tags) Check(p *lint.Pass) {
	topEntries(p.Matter(), c.Keys, func(e *matter.Entry) {
		if e.Value.Kind != matter.Sequence || len(e.Value.Items) < 2 {
			return
		}
		first := make(map[string]*matter.Node, len(e.Value.Items))
		for i, n := range e.Value.Items[:min(len(e.Value.Items), maxTags)] {
			if n = atPlace(n); n.Kind != matter.String || n.Value == "" {
				continue
			}
			folded := strings.ToLower(strings.TrimSpace(n.Value))
			f := lint.Finding{Span: n.Span}
			switch before := first[folded]; {
			case before == nil:
				first[folded] = n
			case before.Value == n.Value:
				f.Message = "the tag stands here for the second time"
				f.Fixes = itemFix(p.Matter(), e, i, pipeline.Safe)
				f.Related = []pipeline.Related{{Span: before.Span, Message: "it is here, too"}}
			default:
				f.Message = "the tag differs from another in capitals or blanks only"
				f.Related = []pipeline.Related{{Span: before.Span, Message: "the other is here"}}
			}
			if f.Message != "" {
				p.Add(f)
			}
		}
	})
}
