package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/repair"
)

var targetBlankWithoutNoopener = lint.Rule{
	Code: "HT014", Name: "target-blank-without-noopener", Group: htmlGroup, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"}, Fix: "safe",
	Doc: `A link opens a new window and lets the page in it reach back.

Browsers of before 2021 give that page a handle on the one it came from, with which it can replace it.
rel="noopener" keeps the handle back; newer browsers do as if it were there.`,
	Bad:  "<p><a href=\"https://example.com/\" target=\"_blank\">rain</a></p>\n",
	Good: "<p><a href=\"https://example.com/\" target=\"_blank\" rel=\"noopener\">rain</a></p>\n",
	New:  func() lint.Checker { return openers{} },
}

type openers struct{}

func (openers) Check(p *lint.Pass) {
	reportRepairs(p, repair.Openers(p.Body(), "noopener"), pipeline.Safe)
}
