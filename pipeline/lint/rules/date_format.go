package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var dateFormat = lint.Rule{
	Code: "MT001", Name: "date-format", Group: metadata, Severity: pipeline.Warning,
	Presets: []string{"core"}, Fix: "safe/hint",
	Doc: `A date is not written as RFC 3339 has it.

Programs that sort and filter articles read 2022-07-22T22:48:17Z, and the forms with a blank for the T
or without time or zone. Any other form is text to them: the article lands at the end of the list, or the build fails.
A date of two readings, as 7/8/2022, is left to a person.`,
	Bad:  "---\ntitle: Rain\ndate: Fri, 22 Jul 2022 22:48:17 GMT\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22T22:48:17Z\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &dates{Keys: []string{"date", "lastmod", "updated", "modified", "created", "published",
			"publishDate", "expiryDate", "pubDate", "updatedDate", "last_modified_at"}}
	},
}

type dates struct {
	Keys []string `option:"keys" help:"front matter keys that hold dates"`
}

func (c *dates) Check(p *lint.Pass) {
	topEntries(p.Matter(), c.Keys, func(e *matter.Entry) {
		if e.Value.Kind == matter.String {
			c.check(p, e.Key, e.Value)
		}
	})
}

func (c *dates) check(p *lint.Pass, key string, n *matter.Node) {
	d, ok := matter.ReadDate(n.Value)
	if !ok || d.Form == "" {
		return
	}
	f := lint.Finding{Span: n.Span, Message: key + " is " + d.Form + ", write RFC 3339"}
	if len(d.Readings) > 0 {
		f.Message += ": " + strings.Join(d.Readings, " or ")
	}
	safety := pipeline.Safe
	if len(d.Readings) > 1 || d.Doubt != "" {
		safety = pipeline.Hint
	}
	if d.Doubt != "" {
		f.Message += "; but " + d.Doubt
	}
	at, plain := inQuotes(p.Text(), n)
	for _, r := range d.Readings {
		if plain {
			f.Fixes = append(f.Fixes, pipeline.Fix{
				Title: "write " + r, Safety: safety, Keys: []string{matter.Pointer("", key)},
				Edits: []pipeline.Edit{{Start: at.Start, End: at.End, Text: r}},
			})
		}
	}
	p.Add(f)
}

// inQuotes is the span of a scalar on one line without its quotes.
func inQuotes(text []byte, n *matter.Node) (pipeline.Span, bool) {
	s := n.Span
	if s.Len() == 0 || strings.ContainsAny(string(s.Of(text)), "\r\n") {
		return s, false
	}
	if !n.Quoted {
		return s, true
	}
	q := text[s.Start]
	if s.Len() < 2 || q != '"' && q != '\'' || text[s.End-1] != q || s.Len() >= 6 && text[s.Start+1] == q && text[s.Start+2] == q {
		return s, false
	}
	return pipeline.Span{Start: s.Start + 1, End: s.End - 1}, true
}
