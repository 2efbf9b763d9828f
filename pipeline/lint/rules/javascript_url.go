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

func (scriptURL) Check(p *lint.Pass) {
	body := p.Body()
	for i := range body.Elements {
		e := &body.Elements[i]
		for j := range e.Attrs {
			a := &e.Attrs[j]
			if scheme := runs(a); scheme != "" && first(e, j) {
				p.ReportFix(a.NameSpan, "the "+a.Name+" of this "+e.Name+" runs a program, "+scheme+":", pipeline.Fix{
					Title: "remove the attribute", Edits: dropAttribute(body.Text, e, a.Name),
				})
			}
		}
	}
	for _, l := range body.Links {
		if scheme := scriptScheme(l.URL); l.Element < 0 && scheme != "" {
			reportMarkdown(p, l.Span, l.URLSpan, scheme, "[")
		}
	}
	for _, m := range body.Images {
		if scheme := scriptScheme(m.URL); m.Element < 0 && scheme != "" {
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
	if bytes.HasPrefix(before, []byte(open)) && bytes.HasSuffix(before, []byte("](")) {
		f.Fixes = []pipeline.Fix{{Title: "remove the link, keep its text", Edits: []pipeline.Edit{
			{Start: whole.Start, End: whole.Start + len(open)},
			{Start: whole.Start + len(before) - len("]("), End: whole.End},
		}}}
	}
	p.Add(f)
}

// first tells whether attribute i is the first of its name, the one that browsers take.
func first(e *markup.Element, i int) bool {
	a, _ := e.Attr(e.Attrs[i].Name)
	return a == &e.Attrs[i]
}

// runs gives the scheme of an attribute whose value is a URL that runs a program, or "".
func runs(a *markup.Attr) string {
	switch a.Name {
	case "href", "src", "action", "formaction", "data", "poster", "cite", "background", "ping", "longdesc",
		"lowsrc", "dynsrc", "codebase", "classid", "profile", "usemap", "manifest", "xlink:href", "code", "archive":
		return scriptScheme(a.Value)
	case "srcset", "imagesrcset":
		for candidate := range strings.SplitSeq(a.Value, ",") {
			if s := scriptScheme(candidate); s != "" {
				return s
			}
		}
	}
	return ""
}

// scriptScheme gives "javascript" or "vbscript" when a URL has that scheme as browsers read it: without
// the control characters and spaces before it, and without tabs and line breaks anywhere
// (url.spec.whatwg.org, basic URL parser). Otherwise "".
func scriptScheme(url string) string {
	url = strings.TrimLeft(url, "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"+
		"\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f ")
	if url == "" || url[0]|0x20 != 'j' && url[0]|0x20 != 'v' {
		return ""
	}
	var scheme []byte
	for i := 0; i < len(url) && len(scheme) <= len("javascript"); i++ {
		switch c := url[i]; c {
		case '\t', '\n', '\r':
		case ':':
			if s := string(bytes.ToLower(scheme)); s == "javascript" || s == "vbscript" {
				return s
			}
			return ""
		default:
			scheme = append(scheme, c)
		}
	}
	return ""
}
