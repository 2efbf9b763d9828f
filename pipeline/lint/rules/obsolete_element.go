package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var obsoleteElement = lint.Rule{
	Code: "HT015", Name: "obsolete-element", Group: htmlGroup, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"}, Fix: "unsafe",
	Doc: `An element is one of those that HTML has given up.

font, center and their like say how a text looks, which is the style sheet's business; others have got a new name. The fix
writes the new name, or takes the tags away and leaves the text.`,
	Bad:  "<p>It <strike>rained</strike> <font>poured</font>.</p>\n",
	Good: "<p>It <s>rained</s> poured.</p>\n",
	New:  func() lint.Checker { return givenUp{} },
}

type givenUp struct{}

// obsolete are the elements that HTML has given up, with what is written in their place, "" for nothing.
// Source: HTML standard, 16.2, non-conforming features. Frames and applets are another rule's business.
var obsolete = map[string]string{
	"acronym": "abbr", "basefont": "", "big": "", "blink": "", "center": "div", "dir": "ul", "font": "",
	"listing": "pre", "marquee": "", "multicol": "", "nobr": "", "spacer": "", "strike": "s", "tt": "code",
}

func (givenUp) Check(p *lint.Pass) {
	if isMDX(p) {
		return
	}
	all := p.Elements()
	for i := range all {
		e := &all[i]
		better, found := obsolete[e.Name]
		if !found || markup.IsComponent(p.Text(), e) || markup.IsTemplate(p.Text(), e) || isForeign(all, e) {
			continue
		}
		fix := pipeline.Fix{Title: "remove its tags", Safety: pipeline.Unsafe, Edits: retag(e, better)}
		if better != "" {
			fix.Title = "write " + better
		}
		p.ReportFix(e.Span, "HTML has given up the element "+e.Name, fix)
	}
}

// retag gives an element another name, or takes its tags away.
func retag(e *markup.Element, name string) (edits []pipeline.Edit) {
	if name == "" {
		edits = append(edits, pipeline.Edit{Start: e.Span.Start, End: e.Span.End})
		if e.End.Len() > 0 {
			edits = append(edits, pipeline.Edit{Start: e.End.Start, End: e.End.End})
		}
		return edits
	}
	edits = append(edits, pipeline.Edit{Start: e.Span.Start + 1, End: e.Span.Start + 1 + len(e.Name), Text: name})
	if e.End.Len() > 0 {
		edits = append(edits, pipeline.Edit{Start: e.End.Start + 2, End: e.End.Start + 2 + len(e.Name), Text: name})
	}
	return edits
}
