package rules

import (
	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var presentationalAttribute = lint.Rule{
	Code: "HT004", Name: "presentational-attribute", Group: htmlGroup, Severity: pipeline.Warning,
	Presets: []string{"web", "archive"}, Fix: "unsafe",
	Doc: `An attribute says how an element looks.

align, bgcolor and their like were replaced by style sheets in 1997. They overrule what the site says,
and browsers need not know them any more.`,
	Bad:  "<p align=\"center\">It rained.</p>\n",
	Good: "<p>It rained.</p>\n",
	New:  func() lint.Checker { return looks{} },
}

type looks struct{}

func (looks) Check(p *lint.Pass) {
	if isMDX(p) {
		return
	}
	all := p.Elements()
	for i := range all {
		e := &all[i]
		for a := range firsts(e, func(a *markup.Attr) bool { return presentational(e, a.Name) }) {
			if !markup.IsComponent(p.Text(), e) && !isForeign(all, e) {
				p.ReportFix(a.NameSpan, a.Name+" of this "+e.Name+" is the style sheet's business", pipeline.Fix{
					Title: "remove the attribute", Safety: pipeline.Unsafe, Edits: markup.DropAttribute(p.Text(), e, a.Name),
				})
			}
		}
	}
}

// presentational tells whether HTML (html.spec.whatwg.org, non-conforming features) says of an attribute
// to use CSS instead.
func presentational(e *markup.Element, attribute string) bool {
	switch attribute {
	case "align", "valign", "bgcolor", "bordercolor", "background", "hspace", "vspace", "cellpadding", "cellspacing",
		"frame", "rules", "noshade", "nowrap", "clear", "compact", "alink", "vlink", "marginheight", "marginwidth",
		"topmargin", "bottommargin", "leftmargin", "rightmargin", "frameborder", "scrolling":
		return true
	case "border":
		return e.Name == "img" || e.Name == "table" || e.Name == "object"
	case "color", "face", "size":
		return e.Name == "font" || e.Name == "basefont" || e.Name == "hr"
	case "width", "height":
		return e.Name == "td" || e.Name == "th" || e.Name == "table" || e.Name == "hr" || e.Name == "pre" || e.Name == "col" || e.Name == "tr"
	case "text", "link":
		return e.Name == "body"
	}
	return false
}
