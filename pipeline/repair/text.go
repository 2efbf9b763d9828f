package repair

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// escape writes text so that it reads as text, in content and in quoted values.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(s)
}

// setValue is the edit that gives an attribute another value.
func setValue(a *markup.Attr, value string) pipeline.Edit {
	if a.Quote == 0 {
		return pipeline.Edit{Start: a.Span.Start, End: a.Span.End, Text: a.Name + `="` + escape(value) + `"`}
	}
	return pipeline.Edit{Start: a.ValueSpan.Start, End: a.ValueSpan.End, Text: escape(value)}
}

// cut is the edit that takes a span out, and its line where nothing else stands there.
func cut(b *markup.Body, s pipeline.Span) pipeline.Edit {
	start, end := s.Start, s.End
	for start > b.Span.Start && isBlank(b.Text[start-1]) {
		start--
	}
	for end < b.Span.End && isBlank(b.Text[end]) {
		end++
	}
	if start > b.Span.Start && b.Text[start-1] != '\n' || end < b.Span.End && b.Text[end] != '\n' && b.Text[end] != '\r' || end == b.Span.End {
		return pipeline.Edit{Start: s.Start, End: s.End}
	}
	if b.Text[end] == '\r' && end+1 < b.Span.End {
		end++
	}
	return pipeline.Edit{Start: start, End: end + 1}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

func blank(text []byte) bool { return len(bytes.Trim(text, " \t\r\n\f")) == 0 }

// whole is an element with what stands in it.
func whole(e *markup.Element) pipeline.Span {
	return pipeline.Span{Start: e.Span.Start, End: max(e.Span.End, e.End.End)}
}

// tags are the edits that take away the tags of an element, with the lines where nothing else stands: no blank
// line is left, which would end a block of HTML in Markdown.
func tags(b *markup.Body, e *markup.Element) []pipeline.Edit {
	out := []pipeline.Edit{cut(b, e.Span)}
	if e.End.Len() > 0 {
		if end := cut(b, e.End); end.Start >= out[0].End {
			out = append(out, end)
		} else {
			out = append(out, pipeline.Edit{Start: e.End.Start, End: e.End.End})
		}
	}
	return out
}

// plural is a number and its noun: "1 line", "3 lines".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// clip shortens a text for a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// plainText is the text of HTML, with its white space collapsed.
func plainText(fragment []byte) string {
	var b strings.Builder
	for t := range markup.Scan(fragment, 0) {
		if t.Kind == markup.Text {
			b.WriteString(html.UnescapeString(string(t.Span.Of(fragment))))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// isHTML tells whether a body is HTML, where nothing but tags decides what its blocks are.
func isHTML(b *markup.Body) bool { return b.Format == pipeline.HTML }

// usable tells whether an element's attributes are those of HTML, and not of a component or a template.
func usable(b *markup.Body, e *markup.Element) bool {
	return !markup.IsComponent(b.Text, e) && !markup.IsTemplate(b.Text, e)
}
