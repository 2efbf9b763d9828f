package markup

import "strings"

// table makes a table of rows and cells. What stands in it outside of them comes before it, as browsers show it.
func (r *htmlNodes) table(p *part) []*Node {
	n := r.node("table", p)
	n.Attrs = p.others()
	var stray []*part
	r.rows(n, p, &stray)
	if len(n.Children) > 0 && n.Children[len(n.Children)-1].Type != "tableRow" {
		n.Children = append(n.Children, &Node{Type: "tableRow"}) // A caption alone.
	}
	if len(n.Children) == 0 {
		return append(r.flow(stray), r.container(&part{kind: StartTag, span: p.span, name: p.name, attrs: p.attrs}))
	}
	return append(r.flow(stray), n)
}

// rows adds the rows that are in an element to a table.
func (r *htmlNodes) rows(n *Node, p *part, stray *[]*part) {
	for _, k := range p.kids {
		switch {
		case k.is("thead", "tbody", "tfoot"):
			r.rows(n, k, stray)
		case k.is("tr"):
			r.row(n, k, stray)
		case k.is("caption"):
			n.Children = append(r.block(k), n.Children...)
		case k.is("td", "th"):
			r.row(n, &part{kind: StartTag, span: k.span, name: "tr", kids: []*part{k}}, stray)
		case !k.is("colgroup", "col") && !k.blank():
			*stray = append(*stray, k)
		}
	}
}

func (r *htmlNodes) row(n *Node, tr *part, stray *[]*part) {
	row := r.node("tableRow", tr)
	row.Attrs = tr.others()
	for _, k := range tr.kids {
		if !k.is("td", "th") {
			if !k.blank() {
				*stray = append(*stray, k)
			}
			continue
		}
		cell := r.node("tableCell", k)
		cell.Attrs = k.others()
		if k.name == "th" {
			cell.Name = "th"
		}
		if cell.Children = r.flow(k.kids); len(cell.Children) == 1 && cell.Children[0].Type == "paragraph" && cell.Children[0].Attrs == nil {
			cell.Children = cell.Children[0].Children
		}
		row.Children = append(row.Children, cell)
		if align := alignment(k); len(row.Children) > len(n.Align) {
			n.Align = append(n.Align, align)
		}
	}
	n.Children = append(n.Children, row)
}

// alignment is how a cell is aligned, by its attribute or its style.
func alignment(cell *part) byte {
	align, _ := cell.attr("align")
	if style, ok := cell.attr("style"); ok && align == "" {
		if _, value, ok := strings.Cut(style, "text-align:"); ok {
			align, _, _ = strings.Cut(value, ";")
		}
	}
	switch strings.ToLower(strings.TrimSpace(align)) {
	case "left":
		return 'l'
	case "center":
		return 'c'
	case "right":
		return 'r'
	}
	return 0
}
