package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var unknownRule = lint.Rule{
	Code: "CD002", Name: "unknown-rule", Group: engine, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A comment that is to suppress findings can't be understood, or names no rule.

It suppresses nothing, so findings show up that somebody meant to be quiet about; or it will hide another rule
some day, when one comes to have that name. An ignore-start that is never ended is told as information:
it holds to the end of the front matter or the body. How such comments are written: copydesk rules CD001.`,
	Bad:  "---\ntitle: Rain\ndate: today # copydesk: ignore[date-fromat] filled in later\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: today # copydesk: ignore[date-format] filled in later\n---\nIt rained.\n",
	New:  func() lint.Checker { return badSuppressions{} },
}

// maxUnknown is how many words of one article are looked up: to find what was meant takes a while.
const maxUnknown = 100

type badSuppressions struct{}

func (badSuppressions) Check(p *lint.Pass) {
	unknown := 0
	var all []lint.Rule
	for _, s := range p.Suppressions() {
		if s.Fault != "" {
			p.Report(s.Span, "%s", s.Fault)
		}
		for _, r := range s.Rules {
			if all == nil {
				all = All()
			}
			if unknown >= maxUnknown {
				return
			}
			picked, err := lint.Select(all, lint.Selection{Select: []string{r.Word}})
			switch {
			case err != nil:
				unknown++
				p.Report(r.Span, "%s", err.Error())
			case s.Kind != lint.IgnoreFile && lint.OnlyWholeFile(picked[0].Code):
				p.Report(r.Span, "%s can only be ignored for a whole file: write ignore-file[%s]", r.Word, r.Word)
			default:
				checkRange(p, r)
			}
		}
	}
}

// checkRange reports a range that lacks its other end.
func checkRange(p *lint.Pass, r *lint.Ignored) {
	part := "front matter"
	if r.In.InBody {
		part = "body"
	}
	switch {
	case r.Other != nil:
	case r.In.Kind == lint.IgnoreEnd:
		p.Report(r.Span, "ignore-end[%s] ends nothing: no ignore-start[%s] holds here in the %s", r.Word, r.Word, part)
	case r.In.Kind == lint.IgnoreStart && r.Reaches:
		p.Add(lint.Finding{Span: r.Span, Minor: true,
			Message: "no ignore-end[" + r.Word + "] follows: all to the end of the " + part + " is ignored"})
	}
}
