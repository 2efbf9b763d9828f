package rules

import (
	"bytes"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var javascriptURL = lint.Rule{
	Code: "SE001", Name: "javascript-url", Group: security, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe",
	Doc: `A URL runs a program.

Behind javascript: and vbscript: stands code that runs with all rights of the page that shows the article.
Entities, white space and control characters in the scheme do not hide it from a browser, nor from this rule.
The fix takes the attribute away; the element and its text stay.`,
	Bad:  "<p>It rained. <a href=\"javascript:;\">Report a mistake</a></p>\n",
	Good: "<p>It rained. <a>Report a mistake</a></p>\n",
	New:  func() lint.Checker { return scriptURL{} },
}

type scriptURL struct{}

// maxScriptAttributes bounds how many attributes of one element are reported: honest elements have one.
const maxScriptAttributes = 100

func (scriptURL) Check(p *lint.Pass) {
	body := p.Body()
	for i := range body.Elements {
		e := &body.Elements[i]
		most := maxScriptAttributes
		for a := range firsts(e, func(a *markup.Attr) bool { return runs(e, a) != "" }) {
			if most--; most < 0 {
				break
			}
			p.ReportFix(a.NameSpan, "the "+a.Name+" of this "+e.Name+" runs a program, "+runs(e, a)+":", pipeline.Fix{
				Title: "remove the attribute", Edits: markup.DropAttribute(body.Text, e, a.Name),
			})
		}
	}
	for _, l := range body.Links {
		if scheme := markup.ScriptScheme(l.URL); l.Element < 0 && scheme != "" {
			reportMarkdown(p, l.Span, l.URLSpan, scheme, "[")
		}
	}
	for _, m := range body.Images {
		if scheme := markup.ScriptScheme(m.URL); m.Element < 0 && scheme != "" {
			reportMarkdown(p, m.Span, m.URLSpan, scheme, "![")
		}
	}
}

// reportMarkdown reports a link or picture of Markdown. The fix leaves what stands between its brackets;
// other spellings, of definitions and autolinks, have none.
func reportMarkdown(p *lint.Pass, whole, url pipeline.Span, scheme, open string) {
	f := lint.Finding{Span: url, Message: "this URL runs a program, " + scheme + ":"}
	text := p.Text()
	before := bytes.TrimRight(bytes.TrimSuffix(text[whole.Start:max(whole.Start, url.Start)], []byte("<")), " \t\r\n")
	if url.End <= whole.End && bytes.HasPrefix(before, []byte(open)) && bytes.HasSuffix(before, []byte("](")) {
		f.Fixes = []pipeline.Fix{{Title: "remove the link, keep its text", Edits: []pipeline.Edit{
			{Start: whole.Start, End: whole.Start + len(open)},
			{Start: whole.Start + len(before) - len("]("), End: whole.End},
		}}}
	}
	p.Add(f)
}

// runs gives the scheme of an attribute whose value is a URL that runs a program, or "". All attributes
// count, those of other languages and of the day after tomorrow too, but those that hold text for people
// and event handlers, which run programs without a scheme.
func runs(e *markup.Element, a *markup.Attr) string {
	scheme := markup.ScriptScheme(a.Value)
	if a.Name == "srcset" || a.Name == "imagesrcset" {
		for candidate := range strings.SplitSeq(a.Value, ",") {
			if scheme == "" {
				scheme = markup.ScriptScheme(candidate)
			}
		}
	}
	if scheme == "" { // As of nearly all.
		return ""
	}
	switch a.Name {
	case "alt", "title", "summary", "abbr", "label", "placeholder", "content":
		return ""
	case "value":
		if e.Name != "param" {
			return ""
		}
	}
	if strings.HasPrefix(a.Name, "aria-") || strings.HasPrefix(a.Name, "on") {
		return ""
	}
	return scheme
}
