package markdown

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"copydesk/pipeline"

	"golang.org/x/net/html"
)

// A Loss is something that an HTML body says and its Markdown does not.
type Loss struct {
	Span  pipeline.Span // the first start tag that it stands at, or in; offsets in the body
	What  string        // what is lost: "title=\"Internet Protocol\" of <abbr>"
	Count int           // how often
}

// String is the loss with its number.
func (l Loss) String() string {
	if l.Count > 1 {
		return fmt.Sprintf("%s, %d times", l.What, l.Count)
	}
	return l.What
}

// maxLosses is how many kinds of loss are told of one body. The last one stands for all others.
const maxLosses = 1000

// A lossFinder walks a tree and notes what is lost.
type lossFinder struct {
	Options
	found []Loss
	nodes []*html.Node   // where each of them is
	index map[string]int // of what was found, in found
	attrs int            // how many of them are attributes
}

func lossesIn(doc *html.Node, o Options) *lossFinder {
	f := &lossFinder{Options: o, index: map[string]int{}}
	f.node(doc)
	return f
}

func (f *lossFinder) lose(n *html.Node, format string, args ...any) {
	f.loseAt(spanOf(n), fmt.Sprintf(format, args...))
	if len(f.nodes) < len(f.found) {
		f.nodes = append(f.nodes, n)
	}
}

func (f *lossFinder) loseAt(at pipeline.Span, what string) {
	if len(f.found) >= maxLosses {
		what = "more of other kinds"
	}
	if i, ok := f.index[what]; ok {
		f.found[i].Count++
		return
	}
	f.index[what] = len(f.found)
	f.found = append(f.found, Loss{Span: at, What: what, Count: 1})
}

func (f *lossFinder) node(n *html.Node) {
	switch n.Type {
	case html.CommentNode:
		if saysComment(n.Data) && (f.HTML == Never || !standsApart(n)) && !(f.HTML == Keep && isOneLine(n.Data)) {
			f.lose(n, "comment %s", quoted(n.Data))
		}
		return
	case html.ElementNode:
		switch {
		case f.keeps() && f.isWhole(n):
			return
		case f.isContainer(n), f.keepsTag(n):
		case f.element(n):
			return
		}
	}
	for c := range n.ChildNodes() {
		f.node(c)
	}
}

// element notes what is lost of an element; done is true where nothing in it needs a look.
func (f *lossFinder) element(n *html.Node) (done bool) {
	switch n.Data {
	case "script", "style", "template", "meta", "link", "base", "head", "title", "wbr", "param", "source", "track":
		return true
	case "iframe", "video", "audio", "embed", "object":
		return true // They are carried as they are.
	case "svg", "math":
		f.lose(n, "<%s>%s", n.Data, stays(n))
		return true
	case "noscript":
		return !hasText(n)
	case "button":
		if isCopyButton(n) {
			return true
		}
		f.lose(n, "<%s>%s", n.Data, stays(n))
	case "input":
		f.input(n)
		return true
	case "select", "datalist", "textarea":
		f.lose(n, "<%s>%s", n.Data, textIn(n))
		return true
	case "img":
		if src, _ := attr(n, "src"); address(src) == "" {
			f.lose(n, "<img> without src%s", lazySource(n))
		}
	case "pre":
		f.attributes(n)
		f.listing(n)
		return true
	case "h1", "h2", "h3", "h4", "h5", "h6":
		f.heading(n)
	case "table":
		f.table(n)
	default:
		if !isKept(n.Data) {
			f.lose(n, "<%s>%s", n.Data, stays(n))
		}
	}
	f.attributes(n)
	return false
}

// stays says of an element that is lost itself what becomes of what is in it.
func stays(n *html.Node) string {
	for c := range n.ChildNodes() {
		if c.Type == html.TextNode && !isBlank(c.Data) || c.Type == html.ElementNode && !isHidden(c.Data) && stays(c) != "" {
			return ", whose text stays"
		}
	}
	return ""
}

// textIn tells the text that is lost with an element.
func textIn(n *html.Node) string {
	var words []string
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			words = append(words, strings.Fields(c.Data)...)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return " with the text " + quoted(strings.Join(words, " "))
}

// quoted quotes foreign text, its beginning where it is long.
func quoted(text string) string {
	const longest = 60
	text = collapsed(text)
	if runes := []rune(text); len(runes) > longest {
		text = string(runes[:longest]) + "…"
	}
	return strconv.Quote(text)
}

// lazySource tells where a picture without an address may be.
func lazySource(n *html.Node) string {
	for _, name := range []string{"data-src", "data-original", "data-lazy-src", "srcset", "data-srcset"} {
		if value, ok := attr(n, name); ok {
			return fmt.Sprintf(" (%s=%s)", name, quoted(value))
		}
	}
	return ""
}

// input notes a form's control, unless nobody sees it or it is the box of a task.
func (f *lossFinder) input(n *html.Node) {
	kind, _ := attr(n, "type")
	kind = strings.ToLower(kind)
	if kind == "hidden" || kind == "checkbox" && isTaskBox(n) {
		return
	}
	what := "<input>"
	if kind != "" {
		what = fmt.Sprintf("<input type=%s>", quoted(kind))
	}
	if value, _ := attr(n, "value"); value != "" && kind != "password" {
		what += " with the value " + quoted(value)
	}
	f.lose(n, "%s", what)
}

// isTaskBox tells whether a box is the one that an item begins with.
func isTaskBox(n *html.Node) bool {
	for up := n.Parent; up != nil; up = up.Parent {
		if up.Data == "li" {
			return boxOf(up) == n
		}
	}
	return false
}

// heading notes blocks in a heading, which become its text.
func (f *lossFinder) heading(n *html.Node) {
	for c := range n.Descendants() {
		switch c.Data {
		case "ul", "ol", "dl", "table", "pre", "blockquote", "figure", "details", "hr":
			if c.Type == html.ElementNode {
				f.lose(c, "<%s> in a heading, whose text stays", c.Data)
			}
		}
	}
}

// listing notes marks, links and pictures in a listing, which is plain text in Markdown.
func (f *lossFinder) listing(n *html.Node) {
	var names []string
	for c := range n.Descendants() {
		if c.Type != html.ElementNode {
			continue
		}
		if f.Attrs == All {
			f.attributes(c)
		}
		_, isLink := attr(c, "href")
		switch {
		case isHidden(c.Data) && hasText(c):
			f.lose(c, "<%s> in <pre>, with what is in it: code that lacks escapes, which the step sanitize repairs", c.Data)
		case c.Data == "code", c.Data == "tt", isCopyButton(c), c.Data == "a" && !isLink, c.Data == "table" && gutterListing(c) != nil, markOf(c.Data) == 0 && c.Data != "a" && !isShown(c.Data):
		case !slices.Contains(names, "<"+c.Data+">"):
			names = append(names, "<"+c.Data+">")
		}
	}
	if len(names) > 0 {
		f.lose(n, "%s in <pre>", strings.Join(names, ", "))
	}
}

// isShown tells whether an element shows something beside its text.
func isShown(name string) bool {
	switch name {
	case "img", "svg", "math", "iframe", "video", "audio", "embed", "object", "canvas", "table", "select", "textarea", "input", "button", "ruby":
		return true
	}
	return false
}

// table notes header cells that are plain ones in Markdown, and alignment that is not that of a column.
func (f *lossFinder) table(n *html.Node) {
	var t block
	t.alignment(n)
	first := true
	aligned := false
	for tr := range n.Descendants() {
		if tr.Type != html.ElementNode || tr.Data != "tr" || tableOf(tr) != n {
			continue
		}
		var heads []*html.Node
		cells := 0
		for c := range tr.ChildNodes() {
			if c.Data != "td" && c.Data != "th" {
				continue
			}
			if c.Data == "th" {
				heads = append(heads, c)
			}
			if alignOf(c) != 0 && (cells >= len(t.aligns) || t.aligns[cells] == 0) && !aligned {
				aligned = true
				f.lose(c, "the alignment of this cell, which is not that of its column")
			}
			cells++
		}
		if len(heads) > 0 && (!first || len(heads) < cells) {
			f.lose(heads[0], "<th> outside the first row: it becomes a plain cell")
		}
		first = false
	}
}

// isKept tells whether nothing is lost of an element beside its attributes: Markdown has it, it is carried as a
// tag, or it says nothing itself.
func isKept(name string) bool {
	if markOf(name) != 0 || isBlock(name) && name != "form" && name != "dialog" {
		return true
	}
	switch name {
	case "a", "br", "img", "span", "font", "big", "nobr", "tbody", "thead", "tfoot", "colgroup", "col", "picture", "bdi", "bdo", "label",
		"noscript", "blink", "marquee", "time", "data", "acronym", "slot", "noembed", "noframes", "xmp", "listing", "plaintext", "rb", "rp", "rt", "rtc", "option", "optgroup", "fieldset", "basefont", "bgsound":
		return true
	}
	return false
}
