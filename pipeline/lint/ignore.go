package lint

import (
	"fmt"
	"slices"
	"strings"

	"copydesk/pipeline"
)

// Ignore adds comments to the document that suppress what the rules find in it, with the reason given, and
// tells how many findings they suppress. One comment, above the line or at its end, is for all findings of the line;
// a suppression that is there already for the line or the file takes the new rules in. Where none can stand, or would
// change what is read or shown (in a table, in code), there is one before and one behind the paragraph or
// the value; where that can't be either (at a fence, in JSON), one for the whole file. Each comment is tried before: the front matter's values, what the body shows,
// and all other findings stay, and those that it is for go; if not, it is left out, and they remain. So do
// findings of the rules on suppressions and the others of group copydesk. A second Ignore adds nothing.
// ReasonFault tells what a reason may not hold.
func (l *Linter) Ignore(d *pipeline.Document, reason string) (suppressed int, err error) {
	i := &ignorer{linter: l, doc: d, rules: l.rulesFor(d.Name), reason: reason}
	i.look()
	count := len(i.found)
	if count == 0 {
		return 0, nil
	}
	if i.shown, err = shown(d); err != nil {
		return 0, nil // Beyond the limits of what is read at all: no comment would be seen.
	}
	for _, way := range []placing{beside, besideOtherwise, around, inFile, inFileOtherwise, inFileAtEnd} {
		i.trials = 0
		if err := d.Apply(i.edits(i.admit(nil, i.places(way)))...); err != nil {
			return 0, fmt.Errorf("add suppressions: %w", err)
		}
		if i.look(); len(i.found) == 0 {
			break
		}
	}
	return count - len(i.found), nil
}

// ReasonFault tells why a text can't be the reason in a suppression; nil: it can.
func ReasonFault(reason string) error {
	switch {
	case strings.ContainsFunc(reason, func(r rune) bool { return r < ' ' || r == 0x7F || r == 0x85 || r == 0x2028 || r == 0x2029 }):
		return fmt.Errorf("a reason is one line of text, and %q is not", reason)
	case strings.Contains(reason, "--"), strings.HasPrefix(strings.TrimSpace(reason), ">"):
		return fmt.Errorf("a reason can't hold -- or begin with >, which ends comments of HTML: %q", reason)
	}
	return nil
}

// An ignorer is one run of Ignore.
type ignorer struct {
	linter *Linter
	doc    *pipeline.Document
	rules  ruleSet
	reason string
	shown  string                // what the body shows
	all    []pipeline.Diagnostic // what is found now, and of that
	found  []pipeline.Diagnostic // what can be suppressed by a comment of its own
	trials int
}

// An ignorePlace is where a comment for some rules is to go.
type ignorePlace struct {
	spot
	codes map[string]bool
	found []pipeline.Diagnostic // what it is for
}

// look finds what is there now; filters leave out what does not count.
func (i *ignorer) look() {
	i.all = i.linter.check(i.doc, i.rules)
	i.found = slices.DeleteFunc(slices.Clone(i.all), func(f pipeline.Diagnostic) bool { return OnlyWholeFile(f.Code) })
}

// places groups the findings by where their comments would go in a way of placing. At the place for a whole
// file, each rule is tried for itself.
func (i *ignorer) places(way placing) (places []ignorePlace) {
	placer := newPlacer(i.doc)
	at := map[string]int{}
	for _, f := range i.found {
		s, ok := placer.place(way, f.Span.Start)
		if !ok {
			continue
		}
		key := fmt.Sprint(s.offset, s.form)
		if s.form.kind() == IgnoreFile {
			key += f.Code
		}
		n, have := at[key]
		if !have {
			n = len(places)
			at[key] = n
			places = append(places, ignorePlace{spot: s, codes: map[string]bool{}})
		}
		places[n].codes[f.Code] = true
		places[n].found = append(places[n].found, f)
	}
	return places
}

// admit returns the accepted places and those of more that do no harm together with them.
func (i *ignorer) admit(accepted, more []ignorePlace) []ignorePlace {
	if len(more) == 0 || i.trials == maxTrials {
		return accepted
	}
	i.trials++
	both := slices.Concat(accepted, more)
	if i.good(both) {
		return both
	}
	if len(more) == 1 {
		return accepted
	}
	accepted = i.admit(accepted, more[:len(more)/2])
	return i.admit(accepted, more[len(more)/2:])
}

// good tries comments on a copy of the document.
func (i *ignorer) good(places []ignorePlace) bool {
	copied := pipeline.NewDocument(i.doc.Path, i.doc.Name, i.doc.Text)
	copied.Format, copied.BodyStart = i.doc.BodyFormat(), i.doc.BodyStart
	changes := i.edits(places)
	if copied.Apply(changes...) != nil || harm(i.doc, copied, changes, nil) != "" {
		return false
	}
	if now, err := shown(copied); err != nil || now != i.shown {
		return false
	}
	id := func(f pipeline.Diagnostic, span pipeline.Span) string { return fmt.Sprint(f.Code, span.Start) }
	was := map[string]bool{}
	for _, f := range i.all {
		was[id(f, f.Span)] = true
	}
	for _, p := range places {
		for _, f := range p.found {
			delete(was, id(f, f.Span))
		}
	}
	return !slices.ContainsFunc(i.linter.check(copied, i.rules), func(f pipeline.Diagnostic) bool {
		span, _ := copied.ToSource(f.Span)
		return !was[id(f, span)] && f.Code != "CD003" // Without a reason it finds fault with the new comment.
	})
}

// edits are those that write the comments; places of one spot share one.
func (i *ignorer) edits(places []ignorePlace) (edits []pipeline.Edit) {
	var spots []spot
	codes := map[int]map[string]bool{}
	for _, p := range places {
		n := slices.Index(spots, p.spot)
		if n < 0 {
			n = len(spots)
			spots = append(spots, p.spot)
			codes[n] = map[string]bool{}
		}
		for code := range p.codes {
			codes[n][code] = true
		}
	}
	for n, s := range spots {
		edits = append(edits, s.edits(codes[n], i.reason)...)
	}
	return edits
}
