package steps

import (
	"context"
	"slices"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
)

// BaselineUse says what a run does with a baseline beside leaving known findings out.
type BaselineUse struct {
	Record bool // it is written anew: all findings are known then, and none is reported
	Prune  bool // stale entries are taken out where the run repairs articles
	// Named tells whether a file is one that the user named, or under what the user named. Nil: none is.
	Named func(path string) bool
}

// BaselineResult is what became of the baseline of a run.
type BaselineResult struct {
	Path               string // empty without one
	LeftOut            int    // known findings that don't count
	Wrote              bool   // it was written:
	Findings, Articles int    // with so many findings in so many articles
}

// UseBaseline says what the run does with the baseline. It is called before Prepare.
func (l *Lint) UseBaseline(u BaselineUse) { l.use = u }

// BaselineResult tells, after the run, what became of the baseline.
func (l *Lint) BaselineResult() BaselineResult {
	r := l.result
	if l.baseline != nil {
		r.Path, r.LeftOut = l.baseline.Path(), l.baseline.Known()
	}
	return r
}

// Conclude writes the baseline, or tells of its stale entries.
func (l *Lint) Conclude(context.Context) (found []*pipeline.Document, err error) {
	if l.baseline == nil {
		return nil, nil
	}
	all := l.setup.Rules
	if all == nil {
		all = rules.All()
	}
	judge := lint.Judge{
		Exists: func(code string) bool {
			return slices.ContainsFunc(all, func(r lint.Rule) bool { return r.Code == code })
		},
		Runs:  l.linter.Runs,
		Named: func(path string) bool { return l.use.Named != nil && l.use.Named(path) },
	}
	if l.use.Record {
		l.result.Wrote = true
		l.result.Findings, l.result.Articles, err = l.baseline.Write(judge)
		return nil, err
	}
	d, err := l.baseline.Stale(l.linter, judge, l.Fix && l.use.Prune)
	if d != nil {
		found = append(found, d)
	}
	return found, err
}
