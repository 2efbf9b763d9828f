package markdown

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

func (b *builder) table(n *html.Node) {
	t := &block{kind: table}
	var captions []*block
	b.rows(n, t, &captions, false)
	if len(t.kids) == 0 {
		b.flush()
		b.out = append(b.out, captions...)
		return
	}
	t.alignment(n)
	for _, r := range t.kids {
		r.aligns = t.aligns
	}
	if len(captions) > 0 {
		t.kids = append([]*block{{kind: caption, kids: captions}}, t.kids...)
	}
	b.add(b.placed(n, t, t.kids))
}

// rows reads the rows of a table, of its head when head is true.
func (b *builder) rows(n *html.Node, t *block, captions *[]*block, head bool) {
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.Data {
		case "caption":
			*captions = append(*captions, b.inside(c, false)...)
		case "thead", "tbody", "tfoot":
			b.rows(c, t, captions, c.Data == "thead")
		case "tr":
			t.kids = append(t.kids, b.row(c, head || len(t.kids) == 0, len(t.kids) == 0))
		}
	}
}

// row reads one row. Only the first one can be the head of a table, where all its cells are.
func (b *builder) row(n *html.Node, mayHead, first bool) *block {
	r := &block{kind: row}
	heads := 0
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode || c.Data != "td" && c.Data != "th" {
			continue
		}
		if c.Data == "th" {
			heads++
		}
		k := &block{kind: cell, columns: span(c, "colspan"), rows: span(c, "rowspan")}
		r.kids = append(r.kids, b.placed(c, k, b.inside(c, false)))
	}
	r.head = mayHead && first && heads == len(r.kids) && heads > 0
	if id := b.wanted(n); id != "" && len(r.kids) > 0 {
		r.kids[0].lead(seg{kind: anchor, text: id, at: b.at()})
	}
	return r
}

// span is how many columns or rows a cell takes; package markup has clamped it.
func span(n *html.Node, name string) int {
	value, _ := attr(n, name)
	if i, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && i > 1 {
		return i
	}
	return 1
}

// alignment finds how the columns are aligned: those all of whose cells are alike.
func (k *block) alignment(n *html.Node) {
	var aligns []byte
	first := true
	for tr := range n.Descendants() {
		if tr.Type != html.ElementNode || tr.Data != "tr" || tableOf(tr) != n {
			continue
		}
		var found []byte
		for c := range tr.ChildNodes() {
			if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
				found = append(found, alignOf(c))
			}
		}
		if first {
			aligns, first = found, false
			continue
		}
		for i := range aligns {
			if i < len(found) && found[i] != aligns[i] {
				aligns[i] = 0
			}
		}
	}
	if strings.Trim(string(aligns), "\x00") != "" {
		k.aligns = aligns
	}
}

func tableOf(n *html.Node) *html.Node {
	for n = n.Parent; n != nil && n.Data != "table"; n = n.Parent {
	}
	return n
}

func alignOf(n *html.Node) byte {
	value, _ := attr(n, "align")
	if value == "" {
		style, _ := attr(n, "style")
		_, value, _ = strings.Cut(strings.ReplaceAll(style, " ", ""), "text-align:")
	}
	for _, word := range []string{"left", "center", "right"} {
		if strings.HasPrefix(strings.ToLower(value), word) {
			return word[0]
		}
	}
	return 0
}
