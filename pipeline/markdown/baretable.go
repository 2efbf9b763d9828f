package markdown

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// table makes of a table one that GFM has: a grid of cells with a line of text each. One of a single column that holds
// more than text is there for the layout, and only what is in it stays.
func (b *barer) table(t *html.Node, oneLine bool) {
	var rows [][]*html.Node
	var blank []*html.Node // rows without cells
	wide, tall := false, false
	for tr := range t.Descendants() {
		switch {
		case tr.Type != html.ElementNode || tableOf(tr) != t:
		case tr.Data == "caption":
			b.lose(tr, "<caption>, whose text stays before the table")
		case tr.Data == "tr":
			var row []*html.Node
			for c := range tr.ChildNodes() {
				if c.Data == "td" || c.Data == "th" {
					row = append(row, c)
					tall = tall || holdsBlocks(c)
				}
			}
			wide = wide || len(row) > 1
			if rows = append(rows, row); len(row) == 0 {
				blank, rows = append(blank, tr), rows[:len(rows)-1]
			}
		}
	}
	b.captions(t, oneLine)
	size := gridSize(rows)
	b.cells += size
	switch {
	case size == 0:
		b.unwrapTable(t, oneLine)
		return
	case tall && !wide:
		b.lose(t, "<table> of one column, whose cells stay as blocks")
		b.unwrapTable(t, oneLine)
		return
	case b.cells > maxCells:
		b.lose(t, "<table> beyond %d cells with those before, whose cells stay as blocks", maxCells)
		b.unwrapTable(t, oneLine)
		return
	}
	for _, tr := range blank {
		tr.Parent.RemoveChild(tr)
	}
	for _, row := range rows {
		for _, c := range row {
			b.flatten(c)
		}
	}
	b.grid(rows)
}

// maxCells is how many cells the tables of a body may have where each is laid out in columns and rows.
const maxCells = 100_000

// gridSize is how many cells a table has when each row is as wide as the widest.
func gridSize(rows [][]*html.Node) int {
	width := 0
	for _, row := range rows {
		columns := 0
		for _, c := range row {
			columns += span(c, "colspan")
		}
		width = max(width, columns)
	}
	return width * len(rows)
}

// captions puts the captions of a table before it.
func (b *barer) captions(t *html.Node, oneLine bool) {
	for c := t.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Data == "caption" {
			t.RemoveChild(c)
			become(c, atom.Div)
			b.children(c, oneLine)
			t.Parent.InsertBefore(c, t)
		}
		c = next
	}
}

func (b *barer) unwrapTable(t *html.Node, oneLine bool) {
	var parts []*html.Node
	for n := range t.Descendants() {
		if n.Type == html.ElementNode && tableOf(n) == t {
			parts = append(parts, n)
		}
	}
	become(t, atom.Div)
	for _, n := range parts {
		switch n.Data {
		case "thead", "tbody", "tfoot", "tr", "td", "th":
			become(n, atom.Div)
		}
	}
	b.children(t, oneLine)
}

// holdsBlocks tells whether more stands in a cell than a line of text.
func holdsBlocks(cell *html.Node) bool {
	lines := 0
	for n := range cell.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "ul", "ol", "dl", "pre", "table", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "details":
			return true
		case "p":
			lines++
		}
	}
	return lines > 1
}

// flatten makes a line of text of what is in a cell.
func (b *barer) flatten(cell *html.Node) {
	if holdsBlocks(cell) {
		b.lose(cell, "blocks in <%s>, whose text stays on one line", cell.Data)
	}
	b.children(cell, true)
	var all []*html.Node
	for n := range cell.Descendants() {
		if n.Type == html.ElementNode && isBlock(n.Data) {
			all = append(all, n)
		}
	}
	for _, n := range all {
		n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, n)
		n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, n.NextSibling)
		if n.Data == "pre" {
			become(n, atom.Code)
		} else {
			become(n, atom.Span)
		}
	}
}

// grid gives each row as many cells as the longest has, each in one column and one row.
func (b *barer) grid(rows [][]*html.Node) {
	var below []int // how many more rows each column is taken by a cell above
	width := 0
	laid := make([]int, len(rows))
	for y, row := range rows {
		x := 0
		var before *html.Node
		for _, c := range row {
			for ; x < len(below) && below[x] > 0; x++ {
				below[x]--
				c.Parent.InsertBefore(emptyCell(c), c)
			}
			columns, tall := span(c, "colspan"), min(span(c, "rowspan"), len(rows)-y)
			if columns > 1 || span(c, "rowspan") > 1 {
				b.lose(c, "a cell over several columns or rows: it stands in the first of them")
				c.Attr = withoutSpans(c.Attr)
			}
			for range columns {
				for len(below) <= x {
					below = append(below, 0)
				}
				below[x] = tall - 1
				x++
			}
			for range columns - 1 {
				c.Parent.InsertBefore(emptyCell(c), c.NextSibling)
			}
			before = c
		}
		for ; x < len(below) && before != nil; x++ {
			if below[x] > 0 {
				below[x]--
			}
			before.Parent.AppendChild(emptyCell(before))
		}
		laid[y] = x
		width = max(width, x)
	}
	for y, row := range rows {
		for x := laid[y]; x < width && len(row) > 0; x++ {
			row[0].Parent.AppendChild(emptyCell(row[0]))
		}
	}
}

// emptyCell is one of the kind of another.
func emptyCell(like *html.Node) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: like.Data, DataAtom: like.DataAtom}
}

func withoutSpans(attrs []html.Attribute) (kept []html.Attribute) {
	for _, a := range attrs {
		if !strings.HasSuffix(a.Key, "span") {
			kept = append(kept, a)
		}
	}
	return kept
}
