package markdown

import (
	"strings"

	"golang.org/x/net/html"
)

// isWhole tells whether an element is left as HTML, with all that is in it, since Markdown would lose something of
// it itself. Wrappers are not: all of an article may stand in one.
func (o Options) isWhole(n *html.Node) bool {
	switch n.Data {
	case "html", "body", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "col", "colgroup", "caption", "figcaption", "summary":
		return false
	case "h1", "h2", "h3", "h4", "h5", "h6":
		if isInHeading(n) {
			return false // Its tag would end the one around it.
		}
	}
	return !isWrapper(n.Data) && (o.loses(n) || o.partsLose(n, n))
}

func isInHeading(n *html.Node) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			return true
		}
	}
	return false
}

// isWrapper tells whether an element holds other blocks, which are Markdown between its tags if those stay.
func isWrapper(name string) bool {
	switch name {
	case "div", "section", "article", "main", "header", "footer", "aside", "nav", "center", "form", "fieldset", "dialog", "figure", "details":
		return true
	}
	return false
}

// isContainer tells whether the tags of a wrapper stay for what is in them.
func (o Options) isContainer(n *html.Node) bool {
	return o.keeps() && isWrapper(n.Data) && !isFootnotes(n) && o.loses(n)
}

// keepsTag tells whether the tag of an element that is no wrapper but stands in one stays with its attributes.
func (o Options) keepsTag(n *html.Node) bool {
	return o.keeps() && (n.Data == "figcaption" || n.Data == "summary") && o.loses(n)
}

// attributes are those of a wrapper that stay.
func (o Options) attributes(n *html.Node) string {
	if !o.keeps() || o.Attrs != All && !o.loses(n) {
		return ""
	}
	var out outerWriter
	out.exact = true
	out.attributes(n)
	return out.out.String()
}

// loses tells whether something of an element itself is lost that is to be kept.
func (o Options) loses(n *html.Node) bool {
	f := &lossFinder{Options: o, index: map[string]int{}}
	f.element(n)
	return o.HTML == Keep && len(f.found) > f.attrs || o.Attrs != Drop && f.attrs > 0
}

// partsLose tells whether something is lost of the parts of an element that it can't be told without: the rows
// and cells of a table, the items of a list, what stands in code.
func (o Options) partsLose(n, top *html.Node) bool {
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode && isPart(c.Data, top.Data) && (o.loses(c) || o.partsLose(c, top)) {
			return true
		}
	}
	return false
}

func isPart(name, of string) bool {
	switch of {
	case "table":
		switch name {
		case "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "col", "colgroup":
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
	s := seg{kind: media, text: outer(n, true), marks: b.marks &^ code, link: b.link, tall: isTall(n)}
	if b.marks&code != 0 {
		s.text = "<code>" + s.text + "</code>"
	}
	b.segs = append(b.segs, s)
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
