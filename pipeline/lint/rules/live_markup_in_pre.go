package rules

import (
	"fmt"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/repair"
)

var liveMarkupInPre = lint.Rule{
	Code: "HT020", Name: "live-markup-in-pre", Group: htmlGroup, Severity: pipeline.Warning,
	Presets: []string{"archive"}, Fix: "unsafe",
	Doc: `A code sample in pre stands as tags.

A browser takes them for markup: readers see what the sample does, or nothing, in place of the sample, and the sanitizer
removes what its policy does not allow. Tags that only colour code, such as span, a, b, i, em, strong, br and mark, are
not meant. The fix writes the brackets of the tags as &lt; and &gt;.`,
	Bad:  "<pre><code><article><h1>Rain</h1></article></code></pre>\n",
	Good: "<pre><code>&lt;article&gt;&lt;h1&gt;Rain&lt;/h1&gt;&lt;/article&gt;</code></pre>\n",
	New:  func() lint.Checker { return samples{} },
}

type samples struct{}

func (samples) Check(p *lint.Pass) {
	if isMDX(p) {
		return
	}
	found := repair.Samples(p.Body())
	if len(found) == 0 {
		return
	}
	gone := map[int]bool{}
	for _, r := range p.Removed() {
		gone[r.Span.Start] = gone[r.Span.Start] || strings.HasPrefix(r.What, "element ")
	}
	var edits []pipeline.Edit
	for _, s := range found {
		edits = append(edits, s.Edits...)
	}
	fixable := staysFormat(p, edits)
	for _, s := range found {
		n := 0
		for _, e := range s.Elements {
			if gone[e.Span.Start] {
				n++
			}
		}
		if n > 0 {
			s.Message += fmt.Sprintf("; policy %s removes %d of them", p.Policy(), n)
		}
		if !fixable {
			s.Edits = nil
		}
		reportRepairs(p, []repair.Found{s.Found}, pipeline.Unsafe)
	}
}

// staysFormat tells whether the body, found to be HTML or Markdown by looking, is found to be the same after edits.
func staysFormat(p *lint.Pass, edits []pipeline.Edit) bool {
	body := p.Body().Span
	sorted, err := pipeline.SortEdits(edits, len(p.Text()))
	return err == nil && (markup.Detect(p.Path(), body.Of(p.Text())) != p.Format() ||
		markup.Detect(p.Path(), pipeline.ApplyEdits(p.Text(), sorted)[body.Start:]) == p.Format())
}
