package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var suppressionWithoutReason = lint.Rule{
	Code: "CD003", Name: "suppression-without-reason", Group: engine, Severity: pipeline.Warning,
	Doc: `A comment suppresses findings and does not say why.

Whoever comes later can't tell whether it is still needed, or was only meant to get a build through.
The reason is what stands behind the brackets.`,
	Bad:  "---\ntitle: Rain\ndate: today # copydesk: ignore[MT001]\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: today # copydesk: ignore[MT001] filled in by the build\n---\nIt rained.\n",
	New:  func() lint.Checker { return reasons{} },
}

type reasons struct{}

func (reasons) Check(p *lint.Pass) {
	for _, s := range p.Suppressions() {
		if s.Fault == "" && s.Kind != lint.IgnoreEnd && strings.Trim(s.Reason, " \t\r\n-–—:;,.") == "" {
			p.Report(s.Span, "no reason stands behind %s[…]", s.Kind)
		}
	}
}
