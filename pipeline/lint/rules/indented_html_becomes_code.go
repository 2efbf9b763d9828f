package rules

import (
	"path"
	"sort"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var indentedHTMLBecomesCode = lint.Rule{
	Code: "HT012", Name: "indented-html-becomes-code", Group: htmlGroup, Severity: pipeline.Error,
	Presets: []string{"web", "archive"}, Fix: "safe",
	Doc: `HTML in a file that is read as Markdown is indented by four columns or more after a blank line.

Markdown takes such lines for a code block: readers see the tags instead of the text. Indentation
means nothing in HTML, so it can go.`,
	Bad:  "<div>\n<p>It rained.</p>\n\n    <p>Then it stopped.</p>\n</div>\n",
	Good: "<div>\n<p>It rained.</p>\n\n<p>Then it stopped.</p>\n</div>\n",
	New:  func() lint.Checker { return indentedHTML{} },
}

type indentedHTML struct{}

func (indentedHTML) Check(p *lint.Pass) {
	ext := strings.ToLower(path.Ext(p.Path()))
	if p.Format() != pipeline.HTML || ext == ".html" || ext == ".htm" {
		return
	}
	body := p.Body()
	spans := markup.IndentedCode(body.Span.Of(body.Text))
	if len(spans) == 0 {
		return
	}
	kept := kept(body)
	for _, s := range spans {
		s = s.Shift(body.Span.Start)
		edits, fixable := unindent(body.Text, s, kept)
		first := firstText(body.Text, s)
		f := lint.Finding{Span: first, Message: "read as Markdown, these " + plural(len(edits), "line") + " are a code block"}
		if len(edits) == 1 {
			f.Message = "read as Markdown, this line is a code block"
		}
		if fixable {
			f.Fixes = []pipeline.Fix{{Title: "remove the indentation", Edits: edits}}
		} else {
			f.Message = "read as Markdown, this is a code block; its indentation can't be removed, since browsers show it"
		}
		p.Add(f)
	}
}

// unindent returns the edits that remove the indentation of the lines of a span; fixable is false
// when a line begins where white space is kept.
func unindent(text []byte, s pipeline.Span, kept []pipeline.Span) (edits []pipeline.Edit, fixable bool) {
	at := s.Start
	for at > 0 && text[at-1] != '\n' && text[at-1] != '\r' {
		at--
	}
	kept = kept[sort.Search(len(kept), func(i int) bool { return kept[i].End > at }):]
	for at < s.End {
		end := at
		for end < len(text) && (text[end] == ' ' || text[end] == '\t') {
			end++
		}
		for len(kept) > 0 && kept[0].End <= at {
			kept = kept[1:]
		}
		blank := end == len(text) || text[end] == '\n' || text[end] == '\r'
		if !blank && end > at {
			if len(kept) > 0 && kept[0].Start < end {
				return nil, false
			}
			edits = append(edits, pipeline.Edit{Start: at, End: end})
		}
		at = end
		for at < len(text) && text[at] != '\n' && text[at] != '\r' {
			at++
		}
		if at < len(text) {
			at++
		}
	}
	return edits, len(edits) > 0
}

// firstText is the span without the white space at both its ends.
func firstText(text []byte, s pipeline.Span) pipeline.Span {
	for s.Start < s.End && strings.IndexByte(" \t\r\n", text[s.Start]) >= 0 {
		s.Start++
	}
	for s.Start < s.End && strings.IndexByte(" \t\r\n", text[s.End-1]) >= 0 {
		s.End--
	}
	return s
}

// kept lists, in their order and without overlap, the places where a browser keeps white space:
// what stands in pre and the like, and all start tags, whose attributes may hold line breaks.
func kept(b *markup.Body) []pipeline.Span {
	var out []pipeline.Span
	reach := 0
	for i := range b.Elements {
		e := &b.Elements[i]
		s := e.Span
		if keepsSpace(e) {
			s.End = b.Span.End
			if e.End.Len() > 0 {
				s.End = e.End.End
			}
		}
		if s.End > reach {
			s.Start = max(s.Start, reach)
			reach = s.End
			out = append(out, s)
		}
	}
	return out
}

// overlaps tells whether a span has bytes in common with one of those that are in their order and without overlap.
func overlaps(spans []pipeline.Span, s pipeline.Span) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].End > s.Start })
	return i < len(spans) && spans[i].Start < s.End
}

func keepsSpace(e *markup.Element) bool {
	switch e.Name {
	case "pre", "textarea", "script", "style", "listing", "xmp", "plaintext":
		return true
	}
	style, ok := e.Attr("style")
	return ok && strings.Contains(strings.ToLower(style.Value), "white-space")
}
