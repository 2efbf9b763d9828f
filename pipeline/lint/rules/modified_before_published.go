package rules

import (
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var modifiedBeforePublished = lint.Rule{
	Code: "MT003", Name: "modified-before-published", Group: metadata, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"},
	Doc: `The article was changed before it was published, if its dates are true.

One of the two is wrong. Feeds and search engines that compare them show the wrong one. Where a date has no time
or no zone, it counts as a whole day in whatever zone.`,
	Bad:  "---\ntitle: Rain\ndate: 2022-07-22\nlastmod: 2021-07-23\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22\nlastmod: 2022-07-23\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &order{
			Published: []string{"date", "published", "pubDate", "created"},
			Modified:  []string{"lastmod", "updated", "modified", "updatedDate", "last_modified_at"},
		}
	},
}

type order struct {
	Published []string `option:"published" help:"front matter keys of the date of publication"`
	Modified  []string `option:"modified" help:"front matter keys of the date of the last change"`
}

func (c *order) Check(p *lint.Pass) {
	var first *matter.Entry
	var published matter.DateText
	eachDate(p, c.Published, func(e *matter.Entry, d matter.DateText) {
		if first == nil {
			first, published = e, d
		}
	})
	if first == nil {
		return
	}
	eachDate(p, c.Modified, func(e *matter.Entry, d matter.DateText) {
		slack := time.Duration(0)
		if !d.Timed || !d.Zoned || !published.Timed || !published.Zoned {
			slack = 26 * time.Hour // From the first zone of the earth to the last.
		}
		if d.Time.Add(slack).Before(published.Time) {
			p.Add(lint.Finding{
				Span:    e.Value.Span,
				Message: e.Key + " is " + d.Time.Format(time.DateOnly) + ", before " + first.Key + ", " + published.Time.Format(time.DateOnly),
				Related: []pipeline.Related{{Span: first.Value.Span, Message: "it was published here"}},
			})
		}
	})
}
