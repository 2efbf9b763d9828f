package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var placeholderValue = lint.Rule{
	Code: "MT015", Name: "placeholder-value", Group: metadata, Severity: pipeline.Error,
	Presets: []string{"core"},
	Doc: `A value of the front matter was never filled in.

A program that had nothing to write wrote undefined, Invalid Date or [object Object], put a random picture
in place of one, or a person left TODO: readers see it as it is.`,
	Bad:  "---\ntitle: Rain\ndate: Invalid Date\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22\n---\nIt rained.\n",
	New:  func() lint.Checker { return placeholders{} },
}

type placeholders struct{}

func (placeholders) Check(p *lint.Pass) {
	p.Matter().Root.Walk(func(_ string, n *matter.Node) {
		if n.Kind == matter.String && isPlaceholder(n.Value) {
			p.Report(n.Span, "%q stands for a value that is not there", n.Value)
		}
	})
}

func isPlaceholder(value string) bool {
	if len(value) > 200 {
		return false
	}
	switch strings.TrimSpace(value) {
	case "TODO", "FIXME", "TBD", "undefined", "Invalid Date", "Invalid date", "[object Object]", "NaN":
		return true
	}
	host, ok := remoteHost(value)
	return ok && (host == "picsum.photos" || host == "via.placeholder.com")
}
