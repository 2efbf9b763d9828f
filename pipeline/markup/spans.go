package markup

import (
	"errors"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// clampSpans sees to it that the cells of all tables span no more columns than browsers allow and no
// more rows than there are, and that no more than maxCells cells are filled in to make all rows as long as
// the longest: the cells of tables beyond span one row and one column. When that does not help, it
// returns which table, from 0, is too large; else -1.
func clampSpans(doc *html.Node) int {
	left, number := maxCells, 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom != atom.Table {
			continue
		}
		rows := tableRows(n)
		filled := filledIn(rows, maxSpan)
		if filled > left {
			filled = filledIn(rows, 1)
		}
		if filled > 0 && filled > left {
			return number
		}
		left -= filled
		number++
	}
	return -1
}

// tableRows gives the rows of a table, but not those of tables within.
func tableRows(table *html.Node) []*html.Node {
	var rows []*html.Node
	for c := range table.ChildNodes() {
		switch c.DataAtom {
		case atom.Tr:
			rows = append(rows, c)
		case atom.Thead, atom.Tbody, atom.Tfoot:
			for r := range c.ChildNodes() {
				if r.DataAtom == atom.Tr {
					rows = append(rows, r)
				}
			}
		}
	}
	return rows
}

// filledIn clamps the spans of all cells to limit, and gives how many cells the table has in all beyond
// those that stand in it.
func filledIn(rows []*html.Node, limit int) int {
	widest, hanging, cells := 0, 0, 0
	ends := make([]int, len(rows)+1) // columns of cells from above that end before a row
	for i, row := range rows {
		hanging -= ends[i]
		own, hang := 0, 0
		for c := range row.ChildNodes() {
			if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
				continue
			}
			cells++
			columns := clampSpan(c, "colspan", limit)
			own += columns
			if n := clampSpan(c, "rowspan", min(limit, len(rows)-i)); n > 1 {
				ends[i+n] += columns
				hang += columns
			}
		}
		widest = max(widest, own+hanging)
		hanging += hang
	}
	return len(rows)*widest - cells
}

// clampSpan brings a span into the range 1 to limit, and returns it.
func clampSpan(cell *html.Node, key string, limit int) int {
	for i := range cell.Attr {
		a := &cell.Attr[i]
		if a.Key != key {
			continue
		}
		n, err := strconv.Atoi(strings.TrimSpace(a.Val))
		if errors.Is(err, strconv.ErrRange) {
			n = limit
		}
		n = min(max(n, 1), limit)
		a.Val = strconv.Itoa(n)
		return n
	}
	return 1
}

// nthTable is where the start tag of a table stands, counted from 0.
func nthTable(body []byte, n int) int {
	for t := range Scan(body, 0) {
		if t.Kind != StartTag || t.Name != "table" {
			continue
		}
		if n == 0 {
			return t.Span.Start
		}
		n--
	}
	return 0
}
