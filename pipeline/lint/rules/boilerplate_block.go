package rules

import (
	"regexp"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/repair"
)

var boilerplateBlock = lint.Rule{
	Code: "HT016", Name: "boilerplate-block", Group: htmlGroup, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "unsafe",
	Doc: `A block belongs to the site that the article comes from, not to the article.

Reprint notices, credits of editors, topic tags and share bars come along when an article is copied. They are known by
how their text begins, or by their class; patterns adds regular expressions for the text of a block.`,
	Bad:  "<p>It rained.</p>\n<p>Originally published at example.com</p>\n",
	Good: "<p>It rained.</p>\n",
	New:  func() lint.Checker { return &boilerplate{} },
}

type boilerplate struct {
	Patterns []string `option:"patterns" help:"regular expressions for the text of more such blocks"`

	more []*regexp.Regexp
}

// Prepare compiles the patterns.
func (c *boilerplate) Prepare() (err error) {
	c.more, err = repair.Patterns(c.Patterns)
	return err
}

func (c *boilerplate) Check(p *lint.Pass) {
	found := repair.Boilerplate(p.Body(), c.more)
	var all []pipeline.Edit
	for _, f := range found {
		all = append(all, f.Edits...)
	}
	if !staysFormat(p, all) {
		for i := range found {
			found[i].Edits = nil
		}
	}
	reportRepairs(p, found, pipeline.Unsafe)
}
