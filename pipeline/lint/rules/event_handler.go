package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var eventHandler = lint.Rule{
	Code: "SE003", Name: "event-handler", Group: security, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `An element runs a program when something happens to it.

The value of onclick, onerror and the like is code that runs with all rights of the page that shows the article.
The fix takes the attribute away; the element and its text stay. Handlers of components, onClick={…}, are
not HTML's, and files in _includes and _layouts are part of the site's own program.`,
	Bad:  "<p><img src=\"https://example.com/rain.png\" alt=\"rain\" onerror=\"alert(1)\"></p>\n",
	Good: "<p><img src=\"https://example.com/rain.png\" alt=\"rain\"></p>\n",
	New:  func() lint.Checker { return handlers{} },
}

type handlers struct{}

func (handlers) Check(p *lint.Pass) {
	all, markdown := p.Elements(), p.Format() == pipeline.Markdown
	for i := range all {
		e := &all[i]
		most := maxScriptAttributes
		for a := range firsts(e, handles) {
			if isMDX(p) || isLayout(p) {
				return
			}
			if most == 0 || markdown && markup.IsComponent(p.Text(), e) { // HTML has none.
				break
			}
			most--
			p.ReportFix(a.NameSpan, a.Name+" of this "+e.Name+" runs a program", pipeline.Fix{
				Title: "remove the attribute", Edits: markup.DropAttribute(p.Text(), e, a.Name),
			})
		}
	}
}

// handles tells whether an attribute is an event handler, and none of a component.
func handles(a *markup.Attr) bool {
	return isHandler(a.Name) && (a.Quote != 0 || !strings.HasPrefix(a.Value, "{"))
}

// isHandler tells whether an attribute is called as event handlers are: on and letters.
func isHandler(name string) bool {
	event, ok := strings.CutPrefix(name, "on")
	return ok && event != "" && strings.Trim(event, "abcdefghijklmnopqrstuvwxyz") == ""
}
