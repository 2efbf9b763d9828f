package lint

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"copydesk/pipeline/report"
)

// A Selection picks rules. Select, Ignore and Extend hold codes ("FM001"), names ("date-format"),
// beginnings of codes ("FM", "FM0") and groups ("metadata"); upper and lower case are the same.
type Selection struct {
	Presets []string // core, web, archive, cjk or strict; none, and no Select: core
	Select  []string // only these, beside those of Presets
	Extend  []string // these too, whatever else is selected
	Ignore  []string // not these, unless Select or Extend names a rule more closely
}

// The presets, strict last: it has all rules that are in any preset.
var presets = []string{"core", "web", "archive", "cjk", "strict"}

// Presets are the names of the presets.
func Presets() []string { return slices.Clone(presets) }

// How closely a word names a rule: not at all, by a preset, by a group, by the beginning of its code
// (as many more as it has letters), by code or name.
const (
	unnamed  = -1
	byPreset = 0
	byGroup  = 1
	byCode   = 9
)

// Select returns the rules of all that s picks, in their order. A word that names no rule is an error,
// which says what may have been meant.
func Select(all []Rule, s Selection) ([]Rule, error) {
	if err := s.validate(all); err != nil {
		return nil, err
	}
	if len(s.Presets) == 0 && len(s.Select) == 0 {
		s.Presets = []string{"core"}
	}
	var out []Rule
	for _, r := range all {
		wanted := max(r.named(s.Select), r.named(s.Extend))
		if slices.ContainsFunc(s.Presets, r.inPreset) {
			wanted = max(wanted, byPreset)
		}
		if wanted > r.named(s.Ignore) {
			out = append(out, r)
		}
	}
	return out, nil
}

func (s *Selection) validate(all []Rule) error {
	var errs []error
	for _, p := range s.Presets {
		if !slices.Contains(presets, p) {
			errs = append(errs, unknown("preset", p, presets))
		}
	}
	var ids []string
	for _, r := range all {
		ids = append(ids, r.Code, r.Name, r.Group)
	}
	for _, word := range slices.Concat(s.Select, s.Extend, s.Ignore) {
		if !slices.ContainsFunc(all, func(r Rule) bool { return r.named([]string{word}) != unnamed }) {
			errs = append(errs, unknown("rule", word, ids))
		}
	}
	return errors.Join(errs...)
}

// inPreset tells whether the rule is in the preset. Rules of core are in web and archive too.
func (r *Rule) inPreset(preset string) bool {
	if preset == "strict" {
		return len(r.Presets) > 0
	}
	return slices.Contains(r.Presets, preset) ||
		(preset == "web" || preset == "archive") && slices.Contains(r.Presets, "core")
}

// Named tells how closely a word names the rule, as a Selection has it: 0 not at all, and the more the closer,
// a group, a beginning of its code, its code or name.
func (r *Rule) Named(word string) int { return r.named([]string{word}) - unnamed }

// named tells how closely the closest of the words names the rule.
func (r *Rule) named(words []string) int {
	closest := unnamed
	for _, w := range words {
		switch {
		case strings.EqualFold(w, r.Code), strings.EqualFold(w, r.Name):
			return byCode
		case strings.EqualFold(w, r.Group):
			closest = max(closest, byGroup)
		case len(w) >= 2 && len(w) < len(r.Code) && strings.EqualFold(w, r.Code[:len(w)]):
			closest = max(closest, byGroup+len(w))
		}
	}
	return closest
}

func unknown(what, word string, known []string) error {
	if best := report.Suggest(word, known); best != "" {
		return fmt.Errorf("unknown %s %q; did you mean %q?", what, word, best)
	}
	return fmt.Errorf("unknown %s %q", what, word)
}
