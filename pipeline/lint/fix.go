package lint

import (
	"fmt"
	"slices"

	"copydesk/pipeline"
)

// maxRounds is how often fixes are looked for: those that overlap others wait for the next round.
const maxRounds = 10

// maxTrials is how often the fixes of one document are tried before they count as guilty unseen.
// It takes about log2(n) trials to find one guilty fix among n.
const maxTrials = 100

// RolledBack is the code of the finding that tells of a fix that was not applied.
const RolledBack = "CD007"

// Fix applies the fixes of at most the given safety to the document, until none is left, and tells
// how many it applied. Hints are never applied. Of fixes that touch the same bytes the first
// in the order of findings is applied, and the others are looked for again in the next round.
// A fix that changes a front matter value which it does not declare, or moves the body, or breaks
// front matter, is left out and reported to the document as CD007, if that rule is selected.
// The result depends on the set of rules, not on their order; a second Fix changes nothing.
func (l *Linter) Fix(d *pipeline.Document, safety pipeline.Safety) (applied int, err error) {
	f := &fixer{linter: l, doc: d, safety: min(safety, pipeline.Unsafe), guilty: map[string]bool{}, rules: l.rulesFor(d.Name)}
	for range maxRounds {
		chosen, waiting := f.choose(l.check(d, f.rules))
		good := f.admit(nil, chosen)
		if err := d.Apply(edits(good)...); err != nil {
			return applied, fmt.Errorf("apply fixes: %w", err)
		}
		applied += len(good)
		if len(good) == 0 && (len(chosen) == 0 || !waiting) {
			break
		}
	}
	return applied, nil
}

// A fixer is one run of Fix.
type fixer struct {
	linter *Linter
	doc    *pipeline.Document
	rules  ruleSet
	safety pipeline.Safety
	guilty map[string]bool // fixes that were rolled back, by key
	trials int
}

// A candidate is a finding and the fix of it that may be applied.
type candidate struct {
	found pipeline.Diagnostic
	fix   pipeline.Fix
}

// choose picks fixes that can be applied together; waiting tells that there are others.
func (f *fixer) choose(found []pipeline.Diagnostic) (chosen []candidate, waiting bool) {
	taken := make(claims, len(f.doc.Text)/32+1)
	for _, d := range found {
		i := slices.IndexFunc(d.Fixes, func(x pipeline.Fix) bool { return x.Safety <= f.safety })
		if i < 0 || len(d.Fixes[i].Edits) == 0 || f.guilty[f.key(d, d.Fixes[i])] {
			continue
		}
		if taken.take(d.Fixes[i].Edits) {
			chosen = append(chosen, candidate{d, d.Fixes[i]})
		} else {
			waiting = true
		}
	}
	return chosen, waiting
}

// key names a fix in a way that outlasts changes of the text elsewhere.
func (f *fixer) key(d pipeline.Diagnostic, fix pipeline.Fix) string {
	span, _ := f.doc.ToSource(d.Span)
	return fmt.Sprint(d.Code, span, fix.Title)
}

// admit returns the accepted fixes and those of more that do no harm together with them.
func (f *fixer) admit(accepted, more []candidate) []candidate {
	if len(more) == 0 {
		return accepted
	}
	both := slices.Concat(accepted, more)
	why := "too many other fixes of the article had to be rolled back"
	if f.trials < maxTrials {
		f.trials++
		if why = f.try(both); why == "" {
			return both
		}
	} else {
		for _, c := range more {
			f.rollBack(c, why)
		}
		return accepted
	}
	if len(more) == 1 {
		f.rollBack(more[0], why)
		return accepted
	}
	accepted = f.admit(accepted, more[:len(more)/2])
	return f.admit(accepted, more[len(more)/2:])
}

// try applies fixes to a copy of the document and tells what harm they did, "" for none.
func (f *fixer) try(fixes []candidate) string {
	copied := pipeline.NewDocument(f.doc.Path, f.doc.Name, f.doc.Text)
	copied.Format, copied.BodyStart = f.doc.BodyFormat(), f.doc.BodyStart
	changes := edits(fixes)
	if err := copied.Apply(changes...); err != nil {
		return err.Error()
	}
	var declared []string
	for _, c := range fixes {
		declared = append(declared, c.fix.Keys...)
	}
	return harm(f.doc, copied, changes, declared)
}

func (f *fixer) rollBack(c candidate, why string) {
	f.guilty[f.key(c.found, c.fix)] = true
	f.linter.report(f.doc, RolledBack, Finding{Span: c.found.Span,
		Message: fmt.Sprintf("the fix of %s %s was rolled back: %s", c.found.Code, c.found.Rule, why)})
}

func edits(of []candidate) []pipeline.Edit {
	var out []pipeline.Edit
	for _, c := range of {
		out = append(out, c.fix.Edits...)
	}
	return out
}

// claims holds one bit for each byte of a text, odd, and for each gap between two, even:
// those that are spoken for.
type claims []uint64

// take claims what the edits replace, and the gaps where they insert. It claims nothing and returns false
// when any of that is taken, or the edits overlap each other, or one lies outside the text.
func (c claims) take(edits []pipeline.Edit) bool {
	for done, e := range edits {
		if !c.free(e) {
			for _, undo := range edits[:done] {
				c.flip(undo)
			}
			return false
		}
		c.flip(e)
	}
	return true
}

func (c claims) bits(e pipeline.Edit) (from, to int) {
	if e.Start == e.End {
		return 2 * e.Start, 2*e.Start + 1
	}
	return 2*e.Start + 1, 2 * e.End
}

func (c claims) free(e pipeline.Edit) bool {
	from, to := c.bits(e)
	if from < 0 || to < from || to > 64*len(c) {
		return false
	}
	for i := from; i < to; i++ {
		if c[i/64]&(1<<(i%64)) != 0 {
			return false
		}
	}
	return true
}

func (c claims) flip(e pipeline.Edit) {
	from, to := c.bits(e)
	for i := from; i < to; i++ {
		c[i/64] ^= 1 << (i % 64)
	}
}
