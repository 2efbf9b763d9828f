package steps

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/repair"
	"copydesk/pipeline/sanitize"
)

var sanitizeSpec = pipeline.Spec{
	Name: "sanitize",
	Doc: `remove unsafe HTML from bodies, and say what went and where

Scripts, event handlers, javascript: and other unsafe URLs, inline styles and everything else that
the policy does not allow go; the text that they stand around stays, and so does every byte of what
is allowed. The body is balanced and safe to publish afterwards. Each removal is a finding. In Markdown, raw HTML is held
to the policy; what Markdown itself makes, such as paragraphs and the ids of headings, is no loss.

Before that, what scraping, old editors and trackers did to the body is repaired. Each repair is a finding, too, and
has an option that switches it; those that take visible text away, or a wrapper that may be wanted, are off by default.`,
	New:      func() pipeline.Step { return &Sanitize{Policy: sanitize.Default, Options: repair.Defaults()} },
	Examples: repairExamples(),
}

func repairExamples() (out []pipeline.Example) {
	for _, r := range repair.All() {
		out = append(out, pipeline.Example{Option: r.Name, Before: r.Before, After: r.After})
	}
	return out
}

// Sanitize makes bodies safe to publish.
type Sanitize struct {
	Policy string `option:"policy" help:"what may stay: article, basic, email, feed, strict, or a policy of copydesk.yaml"`
	repair.Options

	policies *sanitize.Set
	policy   *sanitize.Policy
	repairs  *repair.Set
	again    *repair.Set // those that are made again where the policy took something away
	removed  sanitize.Counts
	repaired atomic.Int64
}

// UsePolicies gives the step the policies that a config defines.
func (s *Sanitize) UsePolicies(all *sanitize.Set) { s.policies = all }

// Removed counts what the step has removed from all documents so far.
func (s *Sanitize) Removed() *sanitize.Counts { return &s.removed }

// Repaired counts the places that the step has repaired in all documents so far.
func (s *Sanitize) Repaired() int64 { return s.repaired.Load() }

// Name is the step's name.
func (s *Sanitize) Name() string { return sanitizeSpec.Name }

// Prepare finds the policy, and the repairs that are on.
func (s *Sanitize) Prepare() (err error) {
	if s.repairs, err = repair.New(s.Options); err != nil {
		return err
	}
	rest := s.Options
	rest.EscapeCode = false // What colours code has lost the classes that tell it from a sample.
	if s.again, err = repair.New(rest); err != nil {
		return err
	}
	s.policy, err = s.policies.Named(s.Policy)
	return err
}

// maxRounds bounds how often a body is repaired and cleaned: what the policy takes away can leave
// something to be repaired.
const maxRounds = 4

// largeText is from how many bytes of text on memory is worth more than time.
const largeText = 4 << 20

// Apply repairs the body, and removes from it what the policy does not allow.
func (s *Sanitize) Apply(_ context.Context, d *pipeline.Document) error {
	if err := needBody(d); err != nil {
		return err
	}
	if same, err := s.mend(d); err != nil || same || !becomesMarkdown(d) {
		return err
	}
	d.Forget()
	d.Format = pipeline.Markdown
	_, err := s.mend(d)
	return err
}

// becomesMarkdown tells whether a body of HTML lies in a file where whoever reads that next takes it for Markdown,
// since the policy left none of what told: text in it could be a link then.
func becomesMarkdown(d *pipeline.Document) bool {
	return d.Form == pipeline.AsFile && d.Format == pipeline.HTML && d.Changed() && markup.Detect(d.Path, d.Body().Of(d.Text)) == pipeline.Markdown
}

// mend repairs and cleans a body until nothing is left to be done. same tells that looking for its format now would
// find what it found before.
func (s *Sanitize) mend(d *pipeline.Document) (same bool, err error) {
	repairs, size := s.repairs, 0
	for round := 0; round < maxRounds; round++ {
		places, err := repairs.Apply(d)
		s.repaired.Add(int64(places))
		if err != nil {
			return false, err
		}
		if round > 0 && places == 0 {
			break
		}
		if len(d.Text) > largeText && markup.FormatOf(d) == pipeline.HTML { // Elements with their attributes, which nobody looks at now.
			d.Forget()
		}
		same, size = round == 0 && s.policy.KeepsTags(d) && markup.Weighed(d), len(d.Text)
		removed, edits, err := clean(d, s.policy, func(sanitize.Removal) bool { return true })
		if err != nil {
			return false, err
		}
		s.removed.Add(removed)
		if edits == len(removed) && !slices.ContainsFunc(removed, repairable) {
			break
		}
		repairs = s.again
	}
	return same && len(d.Text) <= size, nil
}

// repairable tells whether what was removed can leave something to be repaired: all but attributes that no
// repair looks at without looking for what they say.
func repairable(r sanitize.Removal) bool {
	name, ok := strings.CutPrefix(r.What, "attribute ")
	if !ok {
		return true
	}
	name, _, _ = strings.Cut(name, " ")
	return name != "style" && name != "class" && !strings.HasPrefix(name, "on")
}

// clean removes from a body what the policy does not allow, in so many edits, and tells of those removals
// that are to be told.
func clean(d *pipeline.Document, policy *sanitize.Policy, tell func(sanitize.Removal) bool) (removed []sanitize.Removal, edits int, err error) {
	changes, removed, err := policy.Clean(d)
	if err != nil {
		return nil, 0, err
	}
	d.Diagnostics = slices.Grow(d.Diagnostics, len(removed))
	for _, r := range removed {
		found := pipeline.Diagnostic{Span: r.Span, Severity: pipeline.Info, Code: r.Code, Rule: r.Rule}
		if r.Code == bodyRewritten {
			found.Severity, found.Message = r.Severity, r.String()
			d.Format = pipeline.HTML
		} else {
			found.Message = "removed " + r.What + ": " + r.Why // As r.String() has it.
		}
		if tell(r) {
			d.Report(found)
		}
	}
	return removed, len(changes), d.Apply(changes...)
}

// bodyRewritten is the code of a body that could only be made safe as a whole, as HTML.
const bodyRewritten = "SE011"
