package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var dateWithoutZone = lint.Rule{
	Code: "MT004", Name: "date-without-zone", Group: metadata, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "hint",
	Doc: `A date has a time and no zone.

Each program fills in its own: UTC, or where it runs. An article of the evening moves to another day
when the archive does.`,
	Bad:  "---\ntitle: Rain\ndate: 2022-07-22 22:48:17\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22T22:48:17+08:00\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &zoneless{
			Keys: []string{"date", "lastmod", "updated", "modified", "created", "published",
				"publishDate", "expiryDate", "pubDate", "updatedDate", "last_modified_at"},
			Zone: "Z",
		}
	},
}

type zoneless struct {
	Keys []string `option:"keys" help:"front matter keys that hold dates"`
	Zone string   `option:"zone" help:"the zone that is proposed: Z, or an offset such as +08:00"`
}

func (c *zoneless) Check(p *lint.Pass) {
	eachDate(p, c.Keys, func(e *matter.Entry, d matter.DateText) {
		if !d.Timed || d.Zoned || len(d.Readings) > 1 {
			return
		}
		f := lint.Finding{Span: e.Value.Span, Message: e.Key + " has a time and no zone"}
		if at, ok := inQuotes(p.Text(), e.Value); ok {
			write := d.Time.Format("2006-01-02T15:04:05.999999999") + c.Zone
			f.Fixes = []pipeline.Fix{{Title: "write " + write, Safety: pipeline.Hint, Keys: []string{matter.Pointer("", e.Key)},
				Edits: []pipeline.Edit{{Start: at.Start, End: at.End, Text: write}}}}
		}
		p.Add(f)
	})
}
