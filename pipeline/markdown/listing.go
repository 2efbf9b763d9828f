package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

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
		case c.Type != html.ElementNode || isHidden(c.Data) || isButton(c):
		case c.Data == "br":
			out.WriteByte('\n')
		default:
			listingText(c, out)
		}
	}
}

// isButton tells whether an element in a listing is a button, mostly one that copies the listing: 复制代码.
func isButton(n *html.Node) bool { return n.Data == "button" || isCopyButton(n) }

// isCopyButton tells of one that copies, by its class.
func isCopyButton(n *html.Node) bool {
	class, _ := attr(n, "class")
	for word := range strings.FieldsSeq(class) {
		switch word {
		case "copy", "copy-btn", "copy-button", "copy-code", "copy-code-btn", "code-copy", "btn-copy", "btn-clipboard", "clipboard":
			return true
		}
	}
	return false
}

// gutterListing is the pre of a table that shows a listing beside a column of its line numbers; nil for another table.
func gutterListing(table *html.Node) (code *html.Node) {
	cells := 0
	for n := range table.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		class, _ := attr(n, "class")
		switch n.Data {
		case "td":
			if cells++; cells == 1 && !(hasWord(class, "gutter") && isNumbers(n)) || cells == 2 && !hasWord(class, "code") || cells > 2 {
				return nil
			}
		case "pre":
			code = n
		case "table", "th", "caption":
			return nil
		}
	}
	if cells != 2 || code == nil || code.Parent.Data != "td" || code.PrevSibling != nil || code.NextSibling != nil {
		return nil
	}
	return code
}

// isNumbers tells whether there are only the numbers of lines in a cell.
func isNumbers(cell *html.Node) bool {
	text := ""
	for n := range cell.Descendants() {
		if n.Type == html.TextNode {
			text += " " + n.Data
		}
	}
	last := 0
	for word := range strings.FieldsSeq(text) {
		number, err := strconv.Atoi(word)
		if err != nil || last > 0 && number != last+1 {
			return false
		}
		last = number
	}
	return true
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
	return highlightedLanguage(n)
}

// highlightedLanguage is the language that a program which colours listings left: class="hljs go" of the listing or the code in
// it, "src src-go", "highlight go" of a figure around it.
func highlightedLanguage(n *html.Node) string {
	at := []*html.Node{n}
	if c := n.FirstChild; c != nil && c.Data == "code" {
		at = append(at, c)
	}
	for up := n.Parent; up != nil; up = up.Parent {
		if up.Data == "figure" {
			at = append(at, up)
		}
	}
	for _, m := range at {
		class, _ := attr(m, "class")
		words := strings.Fields(class)
		if len(words) >= 2 && words[1] != "copyable" && slices.Contains([]string{"hljs", "sourceCode", "src", "highlight"}, words[0]) {
			if l := strings.TrimPrefix(words[1], "src-"); isLanguage(l) {
				return strings.ToLower(l)
			}
		}
	}
	return ""
}

// isLanguage tells whether a word can be the name of a language.
func isLanguage(word string) bool {
	return len(word) <= 12 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && r != '#' }) < 0
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
