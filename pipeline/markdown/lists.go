package markdown

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

func (b *builder) list(n *html.Node) {
	if class, _ := attr(n, "class"); hasWord(class, "code-snippet__line-index") {
		return // The numbers of lines of WeChat's listings.
	}
	l := &block{kind: list, ordered: n.Data == "ol", level: 1}
	if start, ok := attr(n, "start"); ok && l.ordered {
		if at, err := strconv.Atoi(strings.TrimSpace(start)); err == nil {
			l.level = at
		}
	}
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.ElementNode && c.Data == "li":
			l.kids = append(l.kids, b.item(c))
		case c.Type == html.TextNode && isBlank(c.Data):
		default: // What stands between items belongs to the one before it.
			kids := b.collect(false, slices.Values([]*html.Node{c}))
			if len(kids) == 0 {
				continue
			}
			if len(l.kids) == 0 {
				l.kids = append(l.kids, &block{kind: item})
			}
			last := l.kids[len(l.kids)-1]
			last.kids = append(last.kids, kids...)
		}
	}
	if len(l.kids) == 0 {
		return
	}
	l.settle()
	b.add(b.placed(n, l, l.kids))
}

// settle finds out whether a list is loose: one of its paragraphs is a p, and Markdown can say so, or
// something in its items needs blank lines around it.
func (k *block) settle() {
	room, apart := len(k.kids) > 1, false
	for _, it := range k.kids {
		room = room || len(it.kids) > 1
		for i, p := range it.kids {
			apart = apart || p.kind == paragraph && p.apart
			k.loose = k.loose || p.needsBlank() || i > 0 && parts(it.kids[i-1], p)
		}
	}
	k.loose = k.loose || apart && room
}

// needsBlank tells whether blank lines stand in the block when it is written.
func (k *block) needsBlank() bool {
	switch k.kind {
	case figure, details, definitions, caption, summary:
		return true
	case table:
		return !k.isGFM()
	}
	return false
}

// parts tells whether nothing but a blank line parts two blocks.
func parts(a, b *block) bool {
	switch b.kind {
	case paragraph:
		return a.kind == paragraph || a.kind == quote || a.kind == list || a.kind == table
	case list:
		return a.kind == list || (a.kind == paragraph || a.kind == table) && b.ordered && b.level != 1
	case quote:
		return a.kind == quote || a.kind == list
	case table:
		return a.kind == paragraph || a.kind == table || a.kind == list || a.kind == quote
	}
	return false
}

func (b *builder) item(n *html.Node) *block {
	k := &block{kind: item, check: task(n), at: int(b.at())}
	return b.placed(n, k, b.inside(n, false))
}

// task tells whether an item begins with a box: ' ' or 'x', and 0 without one.
func task(n *html.Node) byte {
	box := boxOf(n)
	if box == nil {
		return 0
	}
	if _, checked := attr(box, "checked"); checked {
		return 'x'
	}
	return ' '
}

// boxOf is the box that an item begins with, nil without one.
func boxOf(n *html.Node) *html.Node {
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode && isBlank(c.Data), c.Type == html.CommentNode:
			continue
		case c.Type != html.ElementNode:
			return nil
		case c.Data == "p", c.Data == "label", c.Data == "span":
			return boxOf(c)
		case c.Data == "input":
			if kind, _ := attr(c, "type"); strings.EqualFold(kind, "checkbox") {
				return c
			}
		}
		return nil
	}
	return nil
}

func (b *builder) definitions(n *html.Node) {
	d := &block{kind: definitions}
	b.entries(n, d)
	if len(d.kids) > 0 {
		b.add(b.placed(n, d, d.kids))
	}
}

func (b *builder) entries(n *html.Node, d *block) {
	var between []*html.Node // What stands between entries stays there.
	stray := func() {
		kids := b.collect(false, slices.Values(between))
		between = nil
		last := len(d.kids) - 1
		switch {
		case len(kids) == 0:
		case last >= 0 && d.kids[last].kind == division:
			d.kids[last].kids = append(d.kids[last].kids, kids...)
		default:
			d.kids = append(d.kids, &block{kind: division, kids: kids})
		}
	}
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.ElementNode && c.Data == "dt":
			stray()
			d.kids = append(d.kids, b.placed(c, &block{kind: term}, b.inside(c, false)))
		case c.Type == html.ElementNode && c.Data == "dd":
			stray()
			d.kids = append(d.kids, b.placed(c, &block{kind: definition}, b.inside(c, false)))
		case c.Type == html.ElementNode && holdsEntries(c):
			stray()
			b.inMark(c, func() { b.entries(c, d) })
		default:
			between = append(between, c)
		}
	}
	stray()
}

// inMark reads what is in an element that may be a mark or a link around it.
func (b *builder) inMark(n *html.Node, read func()) {
	marks, link := b.marks, b.link
	b.marks |= markOf(n.Data)
	if href, ok := attr(n, "href"); ok && n.Data == "a" && link == nil {
		b.link = b.linkTo(n, href)
	}
	read()
	b.marks, b.link = marks, link
}

// holdsEntries tells whether an element in a list of definitions groups some of them.
func holdsEntries(n *html.Node) bool {
	for c := range n.ChildNodes() {
		if c.Data == "dt" || c.Data == "dd" || c.Type == html.ElementNode && c.Data != "dl" && holdsEntries(c) {
			return true
		}
	}
	return false
}
