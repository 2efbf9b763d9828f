package steps

import (
	"context"

	"copydesk/pipeline"
	"copydesk/pipeline/sanitize"
)

var sanitizeSpec = pipeline.Spec{
	Name: "sanitize",
	Doc: `remove unsafe HTML from bodies, and say what went and where

Scripts, event handlers, javascript: and other unsafe URLs, inline styles and everything else that
the policy does not allow go; the text that they stand around stays, and so does every byte of what
is allowed. The body is balanced and safe to publish afterwards. Each removal is a finding. In Markdown, raw HTML is held
to the policy; what Markdown itself makes, such as paragraphs and the ids of headings, is no loss.`,
	New: func() pipeline.Step { return &Sanitize{Policy: sanitize.Default} },
}

// Sanitize makes bodies safe to publish.
type Sanitize struct {
	Policy string `option:"policy" help:"what may stay: article, basic, email, feed, strict, or a policy of copydesk.yaml"`

	policies *sanitize.Set
	policy   *sanitize.Policy
	removed  sanitize.Counts
}

// UsePolicies gives the step the policies that a config defines.
func (s *Sanitize) UsePolicies(all *sanitize.Set) { s.policies = all }

// Removed counts what the step has removed from all documents so far.
func (s *Sanitize) Removed() *sanitize.Counts { return &s.removed }

// Name is the step's name.
func (s *Sanitize) Name() string { return sanitizeSpec.Name }

// Prepare finds the policy.
func (s *Sanitize) Prepare() (err error) {
	s.policy, err = s.policies.Named(s.Policy)
	return err
}

// Apply removes from the body what the policy does not allow.
func (s *Sanitize) Apply(_ context.Context, d *pipeline.Document) error {
	if err := needBody(d); err != nil {
		return err
	}
	removed, err := clean(d, s.policy, func(sanitize.Removal) bool { return true })
	s.removed.Add(removed)
	return err
}

// clean removes from a body what the policy does not allow, and tells of those removals that are to be told.
func clean(d *pipeline.Document, policy *sanitize.Policy, tell func(sanitize.Removal) bool) ([]sanitize.Removal, error) {
	edits, removed, err := policy.Clean(d)
	if err != nil {
		return nil, err
	}
	for _, r := range removed {
		found := pipeline.Diagnostic{Span: r.Span, Severity: pipeline.Info, Code: r.Code, Rule: r.Rule,
			Message: "removed " + r.String()}
		if r.Code == bodyRewritten {
			found.Severity, found.Message = r.Severity, r.String()
			d.Format = pipeline.HTML
		}
		if tell(r) {
			d.Report(found)
		}
	}
	return removed, d.Apply(edits...)
}

// bodyRewritten is the code of a body that could only be made safe as a whole, as HTML.
const bodyRewritten = "SE011"
