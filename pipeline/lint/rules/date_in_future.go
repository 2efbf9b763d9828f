package rules

import (
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var dateInFuture = lint.Rule{
	Code: "MT002", Name: "date-in-future", Group: metadata, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"},
	Doc: `A date lies in the future.

Hugo and Jekyll leave such articles out unless told otherwise, and lists that sort by date keep them at the top.
Most are slips: a month too many, or day and month exchanged. A day is allowed for zones.`,
	Bad:  "---\ntitle: Rain\ndate: 2999-07-22\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &future{Keys: []string{"date", "lastmod", "updated", "modified", "created", "published", "pubDate", "updatedDate", "last_modified_at"}}
	},
}

type future struct {
	Keys []string `option:"keys" help:"front matter keys that hold dates of what has been"`
}

func (c *future) Check(p *lint.Pass) {
	eachDate(p, c.Keys, func(e *matter.Entry, d matter.DateText) {
		const day = 24 * 60 * 60
		if ahead := d.Time.Unix() - p.Now().Unix(); ahead > day {
			p.Report(e.Value.Span, "%s is %s, %s in the future", e.Key, d.Time.Format(time.DateOnly), plural(int(ahead/day), "day"))
		}
	})
}
