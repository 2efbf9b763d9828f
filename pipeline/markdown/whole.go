package markdown

import (
	"strings"

	"golang.org/x/net/html"
)

// isWhole tells whether an element is left as HTML, with all that is in it, since Markdown would lose something of
// it itself. Wrappers are not: all of an article may stand in one.
func isWhole(n *html.Node) bool {
	switch n.Data {
	case "html", "body", "div", "section", "article", "main", "header", "footer", "aside", "nav", "center", "form", "fieldset", "dialog",
		"li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "figure", "details", "input":
		return n.Data == "input" && loses(n)
	}
	return loses(n) || partsLose(n, n)
}

// loses tells whether something of an element itself is lost.
func loses(n *html.Node) bool {
	f := &lossFinder{index: map[string]int{}}
	f.element(n)
	return len(f.found) > 0
}

// partsLose tells whether something is lost of the parts of an element that it can't be told without: the rows
// and cells of a table, the items of a list, what stands in code.
func partsLose(n, top *html.Node) bool {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && isPart(c.Data, top.Data) && (loses(c) || partsLose(c, top)) {
			return true
		}
	}
	return false
}

func isPart(name, of string) bool {
	switch of {
	case "table":
		switch name {
		case "caption", "thead", "tbody", "tfoot", "tr", "td", "th":
			return true
		}
	case "ul", "ol", "menu", "dir":
		return name == "li"
	case "dl":
		return name == "dt" || name == "dd" || name == "div"
	case "code", "tt":
		return true
	}
	return false
}

// whole reads an element that is left as HTML.
func (b *builder) whole(n *html.Node) {
	apart := b.flat == 0 && isBlock(n.Data)
	if apart {
		b.flush()
	}
	b.segs = append(b.segs, seg{kind: media, text: outer(n, true), marks: b.marks &^ code, link: b.link, tall: isTall(n)})
	if apart {
		b.flush()
	}
}

// isTall tells whether a block stands in an element, or is it.
func isTall(n *html.Node) bool {
	if isBlock(n.Data) {
		return true
	}
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && isBlock(c.Data) {
			return true
		}
	}
	return false
}

// blankText is how white space between the tags of an element that is left as HTML is written.
func blankText(n *html.Node) string {
	for up := n.Parent; up != nil; up = up.Parent {
		if up.Data == "pre" || up.Data == "textarea" {
			return lineBreaks.Replace(n.Data)
		}
	}
	return " "
}

// lineBreaks spells line breaks so that what they stand in is one line.
var lineBreaks = strings.NewReplacer("\n", "&#10;", "\r", "&#13;")
