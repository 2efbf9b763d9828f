package lint

import (
	"slices"

	"copydesk/pipeline"
)

// A Level says how much a rule matters in a document, where that is not what it does elsewhere.
type Level struct {
	Code     string // of the rule
	Severity pipeline.Severity
	Off      bool // the rule does not run
}

// active is a rule as a Linter runs it.
type active struct {
	Rule
	severity pipeline.Severity
	checker  Checker
	words    []string // what suppressions may name it by
}

// A ruleSet is the rules that hold for a document, in their order.
type ruleSet []*active

// find returns the rule with a code, or nil when it does not run.
func (s ruleSet) find(code string) *active {
	for _, r := range s {
		if r.Code == code {
			return r
		}
	}
	return nil
}

// rulesFor gives the rules that hold for the document of a Name.
func (l *Linter) rulesFor(name string) ruleSet {
	if l.levels == nil {
		return l.rules
	}
	last := map[string]Level{}
	for _, level := range l.levels(name) {
		last[level.Code] = level
	}
	if len(last) == 0 {
		return l.rules
	}
	rules := slices.Clone(l.rules)
	for i, r := range rules {
		if level, ok := last[r.Code]; ok {
			changed := *r
			changed.severity = level.Severity
			rules[i] = &changed
		}
	}
	return slices.DeleteFunc(rules, func(r *active) bool { return last[r.Code].Off })
}

// Runs tells whether a rule of that code has its say on the document of a Name alone.
func (l *Linter) Runs(code, name string) bool { return l.rulesFor(name).judges(code) }

// judges tells whether a rule of that code runs and has its say on each document alone.
func (s ruleSet) judges(code string) bool {
	r := s.find(code)
	if r == nil {
		return false
	}
	_, later := r.checker.(Finisher)
	return !later
}
