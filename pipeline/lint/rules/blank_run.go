package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

var blankRun = lint.Rule{
	Code: "HT011", Name: "blank-run", Group: htmlGroup, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "safe",
	Doc: `Three or more blank lines follow each other in HTML.

They say nothing, and are what is left of templates, scripts and menus. The fix leaves one of them. In pre and the like, where they
are shown, they are not meant.`,
	Bad:  "<p>It rained.</p>\n\n\n\n<p>Then it stopped.</p>\n",
	Good: "<p>It rained.</p>\n\n<p>Then it stopped.</p>\n",
	New:  func() lint.Checker { return blankLines{} },
}

type blankLines struct{}

// mostBlank is how many blank lines may follow each other.
const mostBlank = 2

func (blankLines) Check(p *lint.Pass) {
	body := p.Body()
	if body.Format != pipeline.HTML {
		return
	}
	var shown []pipeline.Span
	text, known := p.Text(), false
	for at := body.Span.Start; at < body.Span.End; {
		end, lines, first := at, 0, 0 // of the blank lines from here on, whose first ends at first
		for {
			next := end
			for next < body.Span.End && (text[next] == ' ' || text[next] == '\t' || text[next] == '\r') {
				next++
			}
			if next == body.Span.End || text[next] != '\n' {
				break
			}
			end = next + 1
			if lines++; lines == 1 {
				first = end
			}
		}
		if lines > mostBlank {
			if !known {
				shown, known = kept(body), true
			}
			run := pipeline.Span{Start: at, End: end}
			if !overlaps(shown, run) {
				p.ReportFix(run, plural(lines, "blank line")+" follow each other", pipeline.Fix{
					Title: "leave one", Edits: []pipeline.Edit{{Start: first, End: end}}})
			}
		}
		if end > at {
			at = end
		}
		for at < body.Span.End && text[at] != '\n' {
			at++
		}
		at++
	}
}
