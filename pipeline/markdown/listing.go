package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// listing reads a pre, of which shown is what shows it: the pre itself, or a table.
func (b *builder) listing(n, shown *html.Node) {
	var l lineJoiner
	l.node(n)
	code := l.out.String()
	if strings.Contains(code, "\r") {
		code = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(code)
	}
	code = strings.TrimSuffix(code, "\n")
	lang := language(n)
	if lang == "" {
		lang = wrappedLanguage(shown)
	}
	b.add(&block{kind: pre, lang: lang, text: code, at: int(b.at())})
}

// A lineJoiner joins the text of a listing, whose lines may be elements.
type lineJoiner struct {
	out   strings.Builder
	begun bool // there is more than spaces on the line
	ended bool // an element has ended that is a line, so that what follows stands on another one
}

func (l *lineJoiner) node(n *html.Node) {
	lines := holdsLines(n)
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			l.text(c.Data)
		case c.Type != html.ElementNode || isHidden(c.Data) || isButton(c):
		case c.Data == "br":
			l.text("\n")
		case c.Data == "table" && gutterListing(c) != nil:
			l.node(gutterListing(c))
		default:
			l.node(c)
			l.ended = l.ended || lines
		}
	}
}

func (l *lineJoiner) text(text string) {
	if text == "" {
		return
	}
	if l.ended && l.begun && text[0] != '\n' && text[0] != '\r' {
		l.text("\n")
	}
	l.ended = false
	l.out.WriteString(text)
	end := strings.LastIndexByte(text, '\n')
	l.begun = end < 0 && l.begun || strings.Trim(text[end+1:], " \t") != ""
}

// holdsLines tells whether there is nothing in an element of a listing but several others of one kind, each a line: div, p, li,
// or code in WeChat's listings.
func holdsLines(n *html.Node) bool {
	name, count := "", 0
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode && isBlank(c.Data), c.Type == html.CommentNode:
		case c.Type != html.ElementNode || name != "" && c.Data != name:
			return false
		default:
			name = c.Data
			count++
		}
	}
	switch name {
	case "li":
		return true
	case "div", "p":
		return count > 1
	case "code":
		class, _ := attr(n, "class")
		return n.Data == "pre" && strings.HasPrefix(class, "code-snippet")
	}
	return false
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
			if cells++; cells == 1 && !(isGutter(class) && isNumbers(n)) || cells == 2 && !isBesideGutter(class) || cells > 2 {
				return nil
			}
		case "pre":
			code = n
		case "table", "th", "caption":
			return nil
		}
	}
	if cells != 2 || code == nil || !isAlone(code) {
		return nil
	}
	if up := code.Parent; up.Data == "td" || up.Data == "div" && up.Parent.Data == "td" && isAlone(up) {
		return code
	}
	return nil
}

// isGutter tells of the class of a cell with line numbers: as Hexo has it, Pygments, Rouge and Chroma.
func isGutter(class string) bool {
	return hasWord(class, "gutter") || hasWord(class, "linenos") || hasWord(class, "rouge-gutter") || hasWord(class, "lntd")
}

// isBesideGutter tells of the class of the cell beside it.
func isBesideGutter(class string) bool {
	return hasWord(class, "code") || hasWord(class, "rouge-code") || hasWord(class, "lntd")
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

// wrappedLanguage is the language that the class of a wrapper tells in which nothing stands but the listing: "highlight-python
// notranslate" of Sphinx and "language-ruby highlighter-rouge" of Jekyll, each around another div.
func wrappedLanguage(n *html.Node) string {
	for range 2 {
		up := n.Parent
		if up == nil || up.Data != "div" || !isAlone(n) {
			return ""
		}
		if l := languageOf(up); l != "" {
			return l
		}
		class, _ := attr(up, "class")
		for word := range strings.FieldsSeq(class) {
			l, ok := strings.CutPrefix(word, "highlight-")
			if ok && n.Data == "div" && isLanguage(l) && l != "default" && l != "none" {
				return strings.ToLower(l)
			}
		}
		n = up
	}
	return ""
}

// isAlone tells whether nothing stands beside an element but white space and buttons.
func isAlone(n *html.Node) bool {
	for c := range n.Parent.ChildNodes() {
		switch {
		case c == n, c.Type == html.CommentNode, c.Type == html.TextNode && isBlank(c.Data):
		case c.Type == html.ElementNode && (isHidden(c.Data) || isButton(c)):
		default:
			return false
		}
	}
	return true
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
	return word != "" && len(word) <= 12 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+' && r != '#' }) < 0
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
