package lint

import (
	"fmt"
	"io/fs"
	"slices"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/sanitize"
	"copydesk/pipeline/schema"
)

// A Pass is all that a rule sees while it checks one document, and where it reports.
// What it gives is parsed when first asked for and shared by all rules, which must not change it.
// Spans and edits count in Text.
type Pass struct {
	linter *Linter
	doc    *pipeline.Document
	rules  ruleSet // that hold for the document
	rule   *active
	found  []pipeline.Diagnostic

	matter *matter.Matter // nil until a rule asks
	schema *held          // nil until asked for

	suppressions *suppressions     // nil when there are none
	used         map[*Ignored]bool // which of their words suppressed a finding
}

// Text is the whole document.
func (p *Pass) Text() []byte { return p.doc.Text }

// Name is how the user would open the document.
func (p *Pass) Name() string { return p.doc.Name }

// Path is the document's path relative to what the user named, with slashes.
func (p *Pass) Path() string { return p.doc.Path }

// Format is the format of the body.
func (p *Pass) Format() pipeline.Format { return p.doc.BodyFormat() }

// Matter is the front matter.
func (p *Pass) Matter() *matter.Matter {
	if p.matter == nil { // Nearly all rules ask.
		p.matter = matter.Of(p.doc)
	}
	return p.matter
}

// Body is the body.
func (p *Pass) Body() *markup.Body { return markup.Of(p.doc) }

// Headings are the headings of the body.
func (p *Pass) Headings() []markup.Heading { return p.Body().Headings }

// Links are the links of the body.
func (p *Pass) Links() []markup.Link { return p.Body().Links }

// Images are the pictures of the body.
func (p *Pass) Images() []markup.Image { return p.Body().Images }

// Elements are the HTML elements of the body, raw HTML in Markdown included.
func (p *Pass) Elements() []markup.Element { return p.Body().Elements }

var lines = pipeline.NewReading(func(d *pipeline.Document) *pipeline.Lines { return pipeline.NewLines(d.Text) })

// Lines is the line table of Text.
func (p *Pass) Lines() *pipeline.Lines { return lines.Of(p.doc) }

// Now is the time of the run.
func (p *Pass) Now() time.Time { return p.linter.now() }

// File tells about the file that a relative path, with slashes, means from the article's folder.
// The error is fs.ErrNotExist when there is none, and ErrNoFiles when files can't be looked at.
func (p *Pass) File(path string) (fs.FileInfo, error) { return p.linter.files.stat(p.doc.Name, path) }

// Removed is what the policy in force would take from the body, in the order of its place.
func (p *Pass) Removed() []sanitize.Removal { return p.linter.policy.Removed(p.doc) }

// Policy is the name of the policy in force.
func (p *Pass) Policy() string { return p.linter.policy.Name() }

// held is what the schema of a document says.
type held struct {
	schema *schema.Schema
	faults []schema.Fault
}

// Schema is what the document's schema finds wrong with the front matter, in the order of place, and what is
// wrong with the schema that the document itself names. It is computed once, when first asked for.
func (p *Pass) Schema() []schema.Fault { return p.held().faults }

func (p *Pass) held() *held {
	if p.schema != nil {
		return p.schema
	}
	p.schema = &held{}
	if chooser := p.linter.schemas; chooser != nil {
		s, fault := chooser.For(p.doc.Name, p.Matter())
		if p.schema.schema = s; fault != nil {
			p.schema.faults = []schema.Fault{*fault}
		} else if s != nil {
			p.schema.faults = s.Check(p.Matter())
		}
	}
	return p.schema
}

// Expected tells whether the document must have front matter, and by which schema, nil for none: there is one for
// its name, or its name is that of an article.
func (p *Pass) Expected() (s *schema.Schema, yes bool) {
	if p.linter.schemas != nil {
		s = p.linter.schemas.Expects(p.doc.Name)
	}
	return s, s != nil || p.linter.articles != nil && p.linter.articles(p.doc.Name)
}

// Suppressions are the suppression comments of the document, in the order of their place.
func (p *Pass) Suppressions() []*Suppression {
	if p.suppressions == nil {
		return nil
	}
	return p.suppressions.list
}

// Used tells a Reviewer whether a word of a suppression has suppressed a finding.
func (p *Pass) Used(i *Ignored) bool { return p.used[i] }

// Ran tells whether the rule with a code is selected, not off for this document, and has had its say on it alone.
func (p *Pass) Ran(code string) bool { return p.rules.judges(code) }

// suppress drops the findings from the given one on that a comment suppresses, and those that find fault
// with such a comment for being one.
func (p *Pass) suppress(from int) {
	if p.suppressions == nil {
		return
	}
	if p.used == nil {
		p.used = map[*Ignored]bool{}
	}
	kept := slices.DeleteFunc(p.found[from:], func(f pipeline.Diagnostic) bool {
		dropped := p.suppressions.has(f.Span) && !OnlyWholeFile(f.Code)
		p.suppressions.covering(p.rules.find(f.Code), f.Span.Start, func(by *Ignored) {
			p.used[by] = true
			dropped = true
		})
		return dropped
	})
	p.found = p.found[:from+len(kept)]
}

// A Finding is what a rule reports when a span and a message do not say all.
type Finding struct {
	Span    pipeline.Span
	Message string
	Fixes   []pipeline.Fix
	Related []pipeline.Related
	// Minor findings are information, Grave ones errors, whatever the severity of the rule.
	Minor, Grave bool
}

// Report reports a finding without a fix. The message is lower case, without a full stop,
// and gives the fact with its numbers.
func (p *Pass) Report(span pipeline.Span, message string, args ...any) {
	if len(args) > 0 {
		message = fmt.Sprintf(message, args...)
	}
	p.Add(Finding{Span: span, Message: message})
}

// ReportFix reports a finding with ways to repair it, the best first.
func (p *Pass) ReportFix(span pipeline.Span, message string, fixes ...pipeline.Fix) {
	p.Add(Finding{Span: span, Message: message, Fixes: fixes})
}

// Add reports a finding.
func (p *Pass) Add(f Finding) {
	if p.found == nil {
		p.found = make([]pipeline.Diagnostic, 0, 4) // They are large, and most articles with one have several.
	}
	p.found = append(p.found, p.rule.diagnostic(p.doc.Name, f))
}

// diagnostic is what the rule found in the document of a Name.
func (r *active) diagnostic(name string, f Finding) pipeline.Diagnostic {
	severity := r.severity
	switch {
	case f.Minor:
		severity = pipeline.Info
	case f.Grave:
		severity = pipeline.Error
	}
	return pipeline.Diagnostic{
		Path: name, Span: f.Span, Severity: severity, Code: r.Code, Rule: r.Name,
		Message: f.Message, Fixes: f.Fixes, Related: f.Related,
	}
}
