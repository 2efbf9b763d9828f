package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"

	"copydesk/pipeline"
)

// statistics counts findings by rule.
type statistics struct {
	w      io.Writer
	counts map[string]*ruleCount
}

// ruleCount is what is told of one rule.
type ruleCount struct {
	code, rule       string
	number, articles int
	fixable          int // with a safe fix
	worst            pipeline.Severity
}

// NewStatistics returns a printer that tells at Close how often each rule found something, in how
// many articles, and how many of the findings have a safe fix: the most frequent first.
func NewStatistics(w io.Writer) Printer { return &statistics{w, map[string]*ruleCount{}} }

// Print counts the findings of a document.
func (s *statistics) Print(d *pipeline.Document) error {
	seen := map[string]bool{}
	for _, f := range d.Diagnostics {
		c := s.counts[f.Code]
		if c == nil {
			c = &ruleCount{code: f.Code, rule: f.Rule}
			s.counts[f.Code] = c
		}
		c.number++
		if !seen[f.Code] {
			seen[f.Code] = true
			c.articles++
		}
		if slices.ContainsFunc(f.Fixes, func(x pipeline.Fix) bool { return x.Safety == pipeline.Safe }) {
			c.fixable++
		}
		c.worst = max(c.worst, f.Severity)
	}
	return nil
}

// Close prints the counts.
func (s *statistics) Close() error {
	var all []*ruleCount
	for _, c := range s.counts {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b *ruleCount) int { return cmp.Or(b.number-a.number, cmp.Compare(a.code, b.code)) })
	number, name := 0, 0 // cells that they take
	for _, c := range all {
		number, name = max(number, len(strconv.Itoa(c.number))), max(name, len(c.rule))
	}
	for _, c := range all {
		fixable := ""
		if c.fixable > 0 {
			fixable = fmt.Sprintf(", %d can be fixed", c.fixable)
		}
		articles := "articles"
		if c.articles == 1 {
			articles = "article"
		}
		if _, err := fmt.Fprintf(s.w, "%*d  %-5s  %-*s  %-7s  in %d %s%s\n", number, c.number, c.code, name, c.rule, c.worst, c.articles, articles, fixable); err != nil {
			return err
		}
	}
	return nil
}
