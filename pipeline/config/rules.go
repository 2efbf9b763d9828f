package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/feed"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

// A ruleEntry is one key of the section rules, with what it sets.
type ruleEntry struct {
	of        string // how mistakes call it: "rule MT001", "rules metadata"
	named     []int  // the rules that its key names
	closeness int    // how closely it names them

	severity *lint.Level // nil: left as it is
	paths    []pathLevel
	options  []matter.Entry
}

// A pathLevel says how much rules matter in the documents that a glob covers.
type pathLevel struct {
	glob  string
	level lint.Level
}

// rules reads the section rules. Where several keys name a rule, the closest has the last word.
func (r *reader) rules(n *matter.Node) {
	if !r.mapping(n, "rules") {
		return
	}
	var entries []ruleEntry
	for _, e := range n.Entries {
		if entry, ok := r.ruleEntry(e); ok {
			entries = append(entries, entry)
		}
	}
	slices.SortStableFunc(entries, func(a, b ruleEntry) int { return a.closeness - b.closeness })
	for i := range r.config.rules {
		r.setRule(i, entries)
	}
}

// setRule sets what the entries, the closest last, say of the rule with a number. One that is off is in no preset,
// unless it is on in some paths: then it is off in all others.
func (r *reader) setRule(i int, entries []ruleEntry) {
	rule, off := &r.config.rules[i], false
	var paths []pathLevel
	for _, e := range entries {
		if !slices.Contains(e.named, i) {
			continue
		}
		if e.severity != nil {
			off = e.severity.Off
		}
		if e.severity != nil && !off {
			rule.Severity = e.severity.Severity
		}
		paths = append(paths, e.paths...)
		setRuleOptions(rule, e.options)
	}
	switch on := slices.ContainsFunc(paths, func(p pathLevel) bool { return !p.level.Off }); {
	case off && on:
		paths = slices.Insert(paths, 0, pathLevel{"**", lint.Level{Off: true}})
	case off:
		rule.Presets = nil
	}
	for _, p := range paths {
		p.level.Code = rule.Code
		r.config.levels = append(r.config.levels, p)
	}
}

// ruleEntry reads one key of the section rules and its value; ok is false for one that names no rule.
func (r *reader) ruleEntry(e matter.Entry) (entry ruleEntry, ok bool) {
	var ids []string
	for i := range r.config.rules {
		rule := &r.config.rules[i]
		if n := rule.Named(e.Key); n > 0 {
			entry.named = append(entry.named, i)
			entry.closeness = n
		}
		ids = append(ids, rule.Code, rule.Name, rule.Group)
	}
	switch len(entry.named) {
	case 0:
		r.wrong(e.KeySpan, "unknown rule %q%s", e.Key, didYouMean(e.Key, ids))
		return entry, false
	case 1:
		entry.of = "rule " + r.config.rules[entry.named[0]].Code
	default:
		entry.of = "rules " + e.Key
	}
	value := e.Value.Resolve()
	if value.Kind != matter.Mapping {
		entry.severity = r.level(value, entry.of)
		return entry, true
	}
	r.ruleOptions(&entry, value)
	return entry, true
}

// level reads a severity, or off; nil for what is neither.
func (r *reader) level(n *matter.Node, of string) *lint.Level {
	if n.Value == "off" {
		return &lint.Level{Off: true}
	}
	s, err := pipeline.ParseSeverity(n.Value)
	if err != nil {
		r.wrong(n.Span, "%s: %v, and off%s", of, err, didYouMean(n.Value, severities()))
		return nil
	}
	return &lint.Level{Severity: s}
}

// severities are the words for severities.
func severities() []string { return []string{"error", "warning", "info", "off"} }

// ruleOptions reads what stands below a rule: severity, paths, and for a single rule its own options.
func (r *reader) ruleOptions(entry *ruleEntry, n *matter.Node) {
	rule := &r.config.rules[entry.named[0]]
	options := Options(rule.New())
	for _, e := range n.Entries {
		switch {
		case e.Key == "severity":
			entry.severity = r.level(e.Value.Resolve(), entry.of)
		case e.Key == "paths":
			r.paths(entry, e.Value.Resolve())
		case len(entry.named) > 1:
			r.wrong(e.KeySpan, "unknown option %q of %s, for which there are severity and paths%s", e.Key, entry.of,
				cmp.Or(didYouMean(e.Key, []string{"severity", "paths"}), "; options are set by the code or name of one rule"))
		case r.option(options, entry.of, e, "severity", "paths"):
			entry.options = append(entry.options, e)
		}
	}
}

// paths reads a mapping from globs to severities.
func (r *reader) paths(entry *ruleEntry, n *matter.Node) {
	of := entry.of + ": paths"
	if n.Kind != matter.Mapping {
		r.wrong(n.Span, "%s is a mapping from globs to severities, such as {\"drafts/**\": off}, not a %s", of, n.Kind)
		return
	}
	for _, e := range n.Entries {
		if !feed.ValidGlob(e.Key) || strings.Trim(e.Key, " ") == "" {
			r.wrong(e.KeySpan, "%s: %q is not a valid glob", of, e.Key)
			continue
		}
		if level := r.level(e.Value.Resolve(), fmt.Sprintf("%s: %s", of, e.Key)); level != nil {
			entry.paths = append(entry.paths, pathLevel{strings.TrimPrefix(e.Key, "./"), *level})
		}
	}
}

// setRuleOptions makes the rule's checkers with options that were checked when the file was read.
func setRuleOptions(rule *lint.Rule, set []matter.Entry) {
	if len(set) == 0 {
		return
	}
	plain := rule.New
	rule.New = func() lint.Checker {
		c := plain()
		options := Options(c)
		for _, e := range set {
			if o, err := FindOption(options, e.Key); err == nil {
				_, _ = o.SetNode(e.Value)
			}
		}
		return c
	}
}

// levelsAt gives what the section rules says for the document of a name, the last word last.
func (c *Config) levelsAt(name string) (levels []lint.Level) {
	covered := make(map[string]bool, 8) // One glob may be for many rules.
	for _, l := range c.levels {
		yes, known := covered[l.glob]
		if !known {
			yes = c.covers(l.glob, name)
			covered[l.glob] = yes
		}
		if yes {
			levels = append(levels, l.level)
		}
	}
	return levels
}
