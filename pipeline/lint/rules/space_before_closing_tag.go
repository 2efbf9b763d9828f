package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var spaceBeforeClosingTag = lint.Rule{
	Code: "HT021", Name: "space-before-closing-tag", Group: htmlGroup, Severity: pipeline.Info,
	Presets: []string{"archive"}, Fix: "safe",
	Doc: `Blanks stand before the end of a block of text.

Browsers don't show them, but searches, diffs and conversions meet them. Blanks between two words, and in pre, are not meant.`,
	Bad:  "<p>It <b>rained. </b></p>\n",
	Good: "<p>It <b>rained.</b></p>\n",
	New:  func() lint.Checker { return endBlanks{} },
}

type endBlanks struct{}

func (endBlanks) Check(p *lint.Pass) {
	body := p.Body()
	if body.Format != pipeline.HTML {
		return
	}
	text := p.Text()
	ends := map[int]*markup.Element{}
	for i := range body.Elements {
		if e := &body.Elements[i]; e.End.Len() > 0 {
			ends[e.End.Start] = e
		}
	}
	var shown []pipeline.Span
	known := false
	for i := range body.Elements {
		e := &body.Elements[i]
		start := e.End.Start
		for start > e.Span.End && (text[start-1] == ' ' || text[start-1] == '\t') {
			start--
		}
		if e.End.Len() == 0 || start == e.End.Start || start == e.Span.End || text[start-1] == '\n' || !endsBlock(ends, e) {
			continue
		}
		if !known {
			shown, known = kept(body), true
		}
		blanks := pipeline.Span{Start: start, End: e.End.Start}
		if overlaps(shown, blanks) {
			continue
		}
		p.ReportFix(blanks, plural(blanks.Len(), "blank")+" before </"+e.Name+">", pipeline.Fix{
			Title: "remove what is not shown", Edits: []pipeline.Edit{{Start: blanks.Start, End: blanks.End}}})
	}
}

// endsBlock tells whether an element ends a line of text: it is a block, or nothing but end tags stands
// between its end and that of one.
func endsBlock(ends map[int]*markup.Element, e *markup.Element) bool {
	for e != nil && e.End.Len() > 0 {
		switch e.Name {
		case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", "section", "article", "caption":
			return true
		}
		e = ends[e.End.End]
	}
	return false
}
