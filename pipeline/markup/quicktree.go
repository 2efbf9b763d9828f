package markup

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A quickTree makes the tree of HTML that is written as it is meant: each element in one that may hold it, each end tag there
// and in its place, nothing that a browser would move, close or read otherwise. Of the rest it makes none. What it makes is
// what the parser of HTML would have made.
type quickTree struct {
	source []byte
	text   string // the same
	at     int
	open   []*html.Node
	nodes  []html.Node      // to come
	attrs  []html.Attribute // to come

	inText  bool // a p is open
	inTitle bool // a heading is open
	lines   int  // how many quotes, items and the like are open
	tables  bool // there was one
}

const (
	maxQuickTree  = 1 << 20 // bytes
	maxQuickDepth = 128
	maxQuickLines = 8
	maxQuickAttrs = 16
)

// quickly gives the tree of HTML, nil where that needs more care; tables tells whether there are some.
func quickly(body []byte) (doc *html.Node, tables bool) {
	if len(body) > maxQuickTree {
		return nil, false
	}
	text := string(body)
	start := len(text) - len(strings.TrimLeft(text, " \t\n\f"))
	if start == len(text) || strings.HasPrefix(text[start:], "<!") || strings.IndexByte(text, '\r') >= 0 || strings.IndexByte(text, 0) >= 0 {
		return nil, false
	}
	q := quickTree{source: body, text: text, at: start, open: make([]*html.Node, 0, 16), nodes: make([]html.Node, 0, min(8+strings.Count(text, "<"), 256))}
	doc = q.node(html.DocumentNode, 0)
	root := q.node(html.ElementNode, atom.Html)
	doc.AppendChild(root)
	root.AppendChild(q.node(html.ElementNode, atom.Head))
	top := q.node(html.ElementNode, atom.Body)
	root.AppendChild(top)
	q.open = append(q.open, top)
	for q.at < len(text) {
		if !q.next() {
			return nil, false
		}
	}
	if len(q.open) != 1 {
		return nil, false
	}
	return doc, q.tables
}

func (q *quickTree) node(kind html.NodeType, a atom.Atom) *html.Node {
	if len(q.nodes) == cap(q.nodes) {
		q.nodes = make([]html.Node, 0, 64)
	}
	q.nodes = append(q.nodes, html.Node{Type: kind, DataAtom: a, Data: a.String()})
	return &q.nodes[len(q.nodes)-1]
}

func (q *quickTree) top() *html.Node { return q.open[len(q.open)-1] }

// next reads a text, a tag or a comment.
func (q *quickTree) next() bool {
	rest := q.text[q.at:]
	switch end := strings.IndexByte(rest, '<'); {
	case end < 0:
		q.at = len(q.text)
		return q.words(rest)
	case end > 0:
		q.at += end
		return q.words(rest[:end])
	case len(rest) < 3:
		return false
	case rest[1] == '/':
		return q.endTag(rest)
	case rest[1] == '!':
		return q.comment(rest)
	}
	return q.startTag()
}

// words adds text.
func (q *quickTree) words(text string) bool {
	top := q.top()
	switch top.DataAtom {
	case atom.Table, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr:
		if strings.Trim(text, " \t\n\f") != "" {
			return false // A browser moves it out.
		}
	case atom.Pre:
		if top.FirstChild == nil {
			text = strings.TrimPrefix(text, "\n")
		}
	}
	if text == "" {
		return true
	}
	n := q.node(html.TextNode, 0)
	if n.Data = text; strings.IndexByte(text, '&') >= 0 {
		n.Data = html.UnescapeString(text)
		if text[0] == '&' && strings.TrimLeft(n.Data[:1], " \t\n\f") == "" || strings.IndexByte(n.Data, '\r') >= 0 {
			return false // White space at some places goes, however it is spelled.
		}
	}
	top.AppendChild(n)
	return true
}

func (q *quickTree) comment(rest string) bool {
	text, ok := strings.CutPrefix(rest, "<!--")
	end := strings.IndexByte(text, '>')
	if !ok || end < 2 || text[end-2:end] != "--" {
		return false
	}
	text = text[:end-2]
	if text == "" || strings.ContainsAny(text, "-<&!") {
		return false
	}
	n := q.node(html.CommentNode, 0)
	n.Data = text
	q.top().AppendChild(n)
	q.at += len("<!---->") + len(text)
	return true
}

func (q *quickTree) endTag(rest string) bool {
	end := strings.IndexByte(rest, '>')
	if end < 0 {
		return false
	}
	name := rest[len("</"):end]
	q.at += end + 1
	if top := q.top(); name == "table" && top.DataAtom == atom.Tbody && top.Attr == nil {
		q.close() // Its tags may be left out.
	}
	if len(q.open) == 1 || q.top().Data != name {
		return false
	}
	q.close()
	return true
}

// close closes the innermost element.
func (q *quickTree) close() {
	n := q.top()
	q.open = q.open[:len(q.open)-1]
	switch kindOf(n.DataAtom) {
	case textElement:
		q.inText = false
	case titleElement:
		q.inTitle = false
	case lineElement, itemElement, entryElement:
		q.lines--
	}
}

func (q *quickTree) startTag() bool {
	at := q.at + 1
	for at < len(q.text) && (q.text[at] >= 'a' && q.text[at] <= 'z' || q.text[at] >= '1' && q.text[at] <= '6') {
		at++
	}
	a := atom.Lookup(q.source[q.at+1 : at])
	kind := kindOf(a)
	if kind == otherElement || len(q.open) > maxQuickDepth {
		return false
	}
	attrs, at, closed := q.attributes(at)
	if at < 0 || closed && kind != emptyElement && kind != ruleElement {
		return false
	}
	q.at = at
	if !q.opens(kind, a) {
		return false
	}
	n := q.node(html.ElementNode, a)
	if n.Attr = attrs; kind == formatElement && len(attrs) > 1 { // As the parser has them.
		slices.SortFunc(attrs, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	}
	q.top().AppendChild(n)
	switch kind {
	case emptyElement, ruleElement:
		return true
	case rawElementKind:
		end := "</" + n.Data + ">"
		q.at += len(end)
		return strings.HasPrefix(q.text[at:], end)
	}
	q.open = append(q.open, n)
	return true
}
