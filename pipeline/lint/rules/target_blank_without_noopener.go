package rules

import (
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
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
	all := p.Elements()
	for i := range all {
		e := &all[i]
		if e.Name != "a" && e.Name != "area" || isComponent(p.Text(), e) {
			continue
		}
		target, ok := e.Attr("target")
		if _, link := e.Attr("href"); !ok || !link || !strings.EqualFold(target.Value, "_blank") {
			continue
		}
		if edit, needed := noopener(e, target); needed {
			p.ReportFix(target.NameSpan, "this link opens a new window without rel=\"noopener\"", pipeline.Fix{
				Title: "add noopener", Edits: []pipeline.Edit{edit},
			})
		}
	}
}

// noopener is the edit that adds the word to rel, or a rel behind target.
func noopener(e *markup.Element, target *markup.Attr) (edit pipeline.Edit, needed bool) {
	rel, ok := e.Attr("rel")
	if !ok {
		return pipeline.Edit{Start: target.Span.End, End: target.Span.End, Text: ` rel="noopener"`}, true
	}
	kinds := strings.Fields(strings.ToLower(rel.Value))
	if slices.Contains(kinds, "noopener") || slices.Contains(kinds, "noreferrer") || slices.Contains(kinds, "opener") {
		return edit, false
	}
	if rel.Quote == 0 || len(kinds) == 0 {
		return pipeline.Edit{Start: rel.Span.Start, End: rel.Span.End, Text: `rel="` + strings.Join(append(kinds, "noopener"), " ") + `"`}, true
	}
	return pipeline.Edit{Start: rel.ValueSpan.End, End: rel.ValueSpan.End, Text: " noopener"}, true
}
