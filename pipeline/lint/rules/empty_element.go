package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/repair"
)

var emptyElement = lint.Rule{
	Code: "HT009", Name: "empty-element", Group: htmlGroup, Severity: pipeline.Warning,
	Presets: []string{"archive"}, Fix: "unsafe",
	Doc: `An element has no content.

Editors leave empty paragraphs and bold nothing behind. Some are there for the space that they take: that is a matter of
style sheets. Those that links lead to by their id, or
that a script may fill, are not meant. Removing one without attributes is safe.`,
	Bad:  "<p>It rained.</p>\n<p class=\"space\"></p>\n<p>Then it stopped.</p>\n",
	Good: "<p>It rained.</p>\n<p>Then it stopped.</p>\n",
	New:  func() lint.Checker { return hollow{} },
}

type hollow struct{}

func (hollow) Check(p *lint.Pass) {
	found := repair.Empty(p.Body())
	var all []pipeline.Edit
	for _, f := range found {
		all = append(all, f.Edits...)
	}
	fixable := staysFormat(p, all)
	for _, f := range found {
		safety := pipeline.Unsafe
		if f.Plain {
			safety = pipeline.Safe
		}
		if !fixable {
			f.Edits = nil
		}
		reportRepairs(p, []repair.Found{f.Found}, safety)
	}
}
