package lint

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/sanitize"
	"copydesk/pipeline/schema"
)

// Options says how a Linter works.
type Options struct {
	Rules    []Rule                       // the selected ones
	Severity map[string]pipeline.Severity // by code or name, in place of the rule's own
	// Levels gives what differs for the document of a Name, the later ones winning; nil: nothing anywhere does.
	Levels func(name string) []Level
	// Stat tells about a file that an article refers to. The path has slashes and begins with the folder
	// of the article's Name. Nil: no file can be looked at, and rules that need to are silent.
	Stat func(path string) (fs.FileInfo, error)
	// Policies are those that Policy names one of; nil means the built-in ones.
	Policies *sanitize.Set
	// Policy is the name of the sanitizer's policy that rules on unsafe content go by; empty means its default.
	Policy string
	// Schemas gives what tells which JSON Schema an article is held to; it is asked once, by New. Nil: to none.
	Schemas func() (*schema.Chooser, error)
	// Articles tells of a name that it must be an article with front matter. Nil: of none, but those
	// for which there is a schema.
	Articles func(name string) bool
	// Filters decide, one after the other, which findings count.
	Filters []Filter
	// Now is the time of the run; nil means time.Now.
	Now func() time.Time
}

// A Filter decides which findings of a document count: those that it leaves out are neither reported
// nor repaired. What it is given is in the order of place and counts in d.Text, which differs from
// d.Source once something was repaired. It is shared by all workers.
type Filter interface {
	Filter(d *pipeline.Document, found []pipeline.Diagnostic) []pipeline.Diagnostic
}

// A Linter runs rules over documents. It is safe for use by several goroutines, each with
// a document of its own; Finish is not.
type Linter struct {
	rules   ruleSet
	levels  func(name string) []Level
	files   localFiles
	filters []Filter
	now     func() time.Time
	policy  *sanitize.Policy

	schemas  *schema.Chooser
	articles func(name string) bool
}

// New makes a Linter. The error says what is wrong with the rules, the policy or the schemas.
func New(o Options) (*Linter, error) {
	if err := Validate(o.Rules); err != nil {
		return nil, err
	}
	policy, err := o.Policies.Named(cmp.Or(o.Policy, sanitize.Default))
	if err != nil {
		return nil, err
	}
	l := &Linter{levels: o.Levels, files: localFiles{ask: o.Stat}, filters: o.Filters, now: o.Now, policy: policy, articles: o.Articles}
	if o.Schemas != nil {
		if l.schemas, err = o.Schemas(); err != nil {
			return nil, err
		}
	}
	if l.now == nil {
		l.now = time.Now
	}
	for _, r := range o.Rules {
		a := &active{Rule: r, severity: r.Severity, checker: r.New(), words: r.words()}
		if p, ok := a.checker.(Preparer); ok {
			if err := p.Prepare(); err != nil {
				return nil, fmt.Errorf("rule %s: %w", r.Name, err)
			}
		}
		if s, ok := o.Severity[r.Name]; ok {
			a.severity = s
		}
		if s, ok := o.Severity[r.Code]; ok {
			a.severity = s
		}
		l.rules = append(l.rules, a)
	}
	return l, nil
}

// Check runs the rules over a document and returns what they found, in the order of place and code,
// without what comments of the document suppress and filters leave out. Spans and edits count in d.Text; nothing is reported
// to the document.
func (l *Linter) Check(d *pipeline.Document) []pipeline.Diagnostic {
	return l.check(d, l.rulesFor(d.Name))
}

// check is Check with the rules that hold for the document.
func (l *Linter) check(d *pipeline.Document, rules ruleSet) []pipeline.Diagnostic {
	p := Pass{linter: l, doc: d, rules: rules, suppressions: suppressionsOf(d)}
	for _, r := range rules {
		p.rule = r
		r.checker.Check(&p)
	}
	if p.suppressions != nil {
		p.suppress(0)
		p.review()
	}
	return l.filter(d, p.sorted())
}

// review runs the reviewers among the rules.
func (p *Pass) review() {
	before := len(p.found)
	for _, r := range p.rules {
		if reviewer, ok := r.checker.(Reviewer); ok {
			p.rule = r
			reviewer.Review(p)
		}
	}
	p.suppress(before)
}

// Finish runs those rules over a document that compare documents with each other. It is called once
// for each document, in the order of the source, by one goroutine, and returns what Check does.
func (l *Linter) Finish(d *pipeline.Document) []pipeline.Diagnostic {
	p := Pass{linter: l, doc: d, rules: l.rulesFor(d.Name), suppressions: suppressionsOf(d)}
	for _, r := range p.rules {
		if f, ok := r.checker.(Finisher); ok {
			p.rule = r
			f.Finish(&p)
		}
	}
	p.suppress(0)
	return l.filter(d, p.sorted())
}

func (l *Linter) filter(d *pipeline.Document, found []pipeline.Diagnostic) []pipeline.Diagnostic {
	for _, f := range l.filters {
		found = f.Filter(d, found)
	}
	return found
}

// sorted gives what was found in the order of place and code, and what was found twice, once.
func (p *Pass) sorted() []pipeline.Diagnostic {
	if len(p.found) < 2 {
		return p.found
	}
	order := make([]int, len(p.found)) // Moving numbers costs less than moving findings.
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := &p.found[i], &p.found[j]
		if place := cmp.Or(a.Span.Start-b.Span.Start, a.Span.End-b.Span.End); place != 0 {
			return place
		}
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message), i-j)
	})
	out := make([]pipeline.Diagnostic, 0, len(order))
	for _, i := range order {
		f := &p.found[i]
		if n := len(out); n == 0 || out[n-1].Span != f.Span || out[n-1].Code != f.Code || out[n-1].Message != f.Message {
			out = append(out, *f)
		}
	}
	return out
}

// report reports a finding of the engine to the document, if the rule of that code holds for it. Spans count
// in d.Text.
func (l *Linter) report(d *pipeline.Document, code string, f Finding) {
	r := l.rulesFor(d.Name).find(code)
	if r == nil || suppressed(d, r, f.Span.Start) {
		return
	}
	d.Report(r.diagnostic(d.Name, f))
}

// Skipped is the code of the finding that tells of a file that was not taken.
const Skipped = "CD008"

// Skip reports a document with Skipped, if the rule is selected.
func (l *Linter) Skip(d *pipeline.Document) {
	l.report(d, Skipped, Finding{Message: "was not checked: " + d.Skipped.Error()})
}
