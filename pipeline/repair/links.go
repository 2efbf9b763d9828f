package repair

import (
	"strings"

	"golang.org/x/net/html"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// eachTarget visits the links whose address can be changed without changing what is shown.
// Links that share a definition are visited once.
func eachTarget(b *markup.Body, visit func(*markup.Link)) {
	seen := map[int]bool{}
	for i := range b.Links {
		l := &b.Links[i]
		switch {
		case l.URLSpan.Len() == 0 || seen[l.URLSpan.Start]:
		case l.Element >= 0 && !usable(b, &b.Elements[l.Element]):
		case l.Element < 0 && (l.Span == l.URLSpan || b.Text[l.Span.Start] == '<'): // The address is the text.
		default:
			seen[l.URLSpan.Start] = true
			visit(l)
		}
	}
}

// leadTo is the edit that gives a link another address.
func leadTo(b *markup.Body, l *markup.Link, address string) pipeline.Edit {
	if l.Element >= 0 {
		if a, ok := b.Elements[l.Element].Attr("href"); ok {
			if raw := string(l.URLSpan.Of(b.Text)); a.Quote != 0 && raw == l.URL && !strings.ContainsAny(address, `"'<>`) && html.UnescapeString(address) == address {
				return pipeline.Edit{Start: a.ValueSpan.Start, End: a.ValueSpan.End, Text: address} // Spelled as it was: with a bare &.
			}
			return setValue(a, address)
		}
	}
	return pipeline.Edit{Start: l.URLSpan.Start, End: l.URLSpan.End, Text: inMarkdown.Replace(address)}
}

// inMarkdown spells an address so that it ends no link of Markdown.
var inMarkdown = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", " ", "%20", "&", "&amp;")
