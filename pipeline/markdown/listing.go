package markdown

import (
	"strings"

	"golang.org/x/net/html"
)

func (b *builder) listing(n *html.Node) {
	var out strings.Builder
	listingText(n, &out)
	code := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(out.String())
	code = strings.TrimSuffix(code, "\n")
	b.add(&block{kind: pre, lang: language(n), text: code, at: int(b.at())})
}

func listingText(n *html.Node, out *strings.Builder) {
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			out.WriteString(c.Data)
		case c.Type != html.ElementNode || isHidden(c.Data):
		case c.Data == "br":
			out.WriteByte('\n')
		default:
			listingText(c, out)
		}
	}
}

// language finds the language of a listing in the usual places: the classes and data attributes of pre,
// of what is around it, and of the code in it.
func language(n *html.Node) string {
	for _, at := range []*html.Node{n, n.Parent} {
		if l := languageOf(at); l != "" {
			return l
		}
	}
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && c.Data == "code" {
			if l := languageOf(c); l != "" {
				return l
			}
		}
	}
	return ""
}

func languageOf(n *html.Node) string {
	if n == nil || n.Data != "code" && n.Data != "pre" && n.Data != "div" {
		return ""
	}
	class, _ := attr(n, "class")
	for word := range strings.FieldsSeq(class) {
		for _, prefix := range []string{"language-", "lang-", "highlight-source-", "brush:"} {
			if l, ok := strings.CutPrefix(word, prefix); ok && l != "" {
				return strings.ToLower(l)
			}
		}
	}
	for _, name := range []string{"data-lang", "data-language"} {
		if l, _ := attr(n, name); strings.TrimSpace(l) != "" {
			return strings.ToLower(strings.Join(strings.Fields(l), "-"))
		}
	}
	return ""
}
