package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/repair"
)

var wrapperDiv = lint.Rule{
	Code: "HT010", Name: "wrapper-div", Group: htmlGroup, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "unsafe",
	Doc: `The whole body stands in one div.

It came along with the article from the page that it was taken from, and says nothing.`,
	Bad:  "<div>\n<p>It rained.</p>\n<p>Then it stopped.</p>\n</div>\n",
	Good: "<p>It rained.</p>\n<p>Then it stopped.</p>\n",
	New:  func() lint.Checker { return wrapped{} },
}

type wrapped struct{}

func (wrapped) Check(p *lint.Pass) {
	f, ok := repair.Wrapper(p.Body())
	if !ok {
		return
	}
	if !staysFormat(p, f.Edits) {
		f.Edits = nil
	}
	reportRepairs(p, []repair.Found{f}, pipeline.Unsafe)
}
