package markdown

import "strings"

// table writes a table: as GFM has it where it can, else with tags and Markdown in its cells.
func (w *writer) table(b *block) {
	if b.rung >= tagged || !b.isGFM() {
		w.wrapper(b)
		return
	}
	rows := b.kids
	head := &block{kind: row}
	if rows[0].head {
		head, rows = rows[0], rows[1:]
	} else {
		for range rows[0].kids {
			head.kids = append(head.kids, &block{kind: cell, columns: 1, rows: 1})
		}
	}
	w.row(head)
	w.start()
	w.out = append(w.out, '|')
	for i := range head.kids {
		var align byte
		if i < len(b.aligns) {
			align = b.aligns[i]
		}
		switch align {
		case 'l':
			w.out = append(w.out, ":--|"...)
		case 'c':
			w.out = append(w.out, ":-:|"...)
		case 'r':
			w.out = append(w.out, "--:|"...)
		default:
			w.out = append(w.out, "---|"...)
		}
	}
	w.end()
	for _, r := range rows {
		if !r.empty() {
			w.row(r)
		}
	}
}

func (w *writer) row(r *block) {
	w.start()
	w.out = append(w.out, '|')
	for _, c := range r.kids {
		w.out = append(w.out, ' ')
		w.cell(c)
		w.out = append(w.out, " |"...)
	}
	w.end()
}

// cell writes what is in a cell on one line: a paragraph, or blocks between tags.
func (w *writer) cell(c *block) {
	for i, k := range c.kids {
		if i == 0 && k.kind == paragraph { // The tag that follows ends it.
			w.cellText(k)
		} else {
			w.cellBlock(k)
		}
	}
}

func (w *writer) cellText(p *block) {
	t := textWriter{w: w, segs: p.segs, rung: p.rung, oneLine: true, inCell: true}
	t.write()
}

func (w *writer) cellBlock(b *block) {
	if b.kind == paragraph {
		w.out = append(w.out, "<p>"...)
		w.cellText(b)
		w.out = append(w.out, "</p>"...)
		return
	}
	if b.kind == pre {
		w.cellListing(b)
		return
	}
	w.out = append(w.out, b.openTag()...)
	for _, item := range b.kids {
		w.out = append(w.out, "<li>"...)
		if len(item.kids) == 1 && item.kids[0].kind == paragraph && !b.loose {
			w.cellText(item.kids[0])
		} else {
			for _, k := range item.kids {
				w.cellBlock(k)
			}
		}
		w.out = append(w.out, "</li>"...)
	}
	w.out = append(w.out, "</"+b.tag()+">"...)
}

// cellListing writes a listing within a line of Markdown.
func (w *writer) cellListing(b *block) {
	open, end := "<pre>", "</pre>"
	if b.lang != "" {
		open, end = `<pre><code class="language-`+attribute(b.lang)+`">`, "</code></pre>"
	}
	text := b.text
	if strings.HasSuffix(text, "\n") {
		text += "\n" // The last one does not count, nor does the first.
	}
	if strings.HasPrefix(text, "\n") && b.lang == "" {
		text = "\n" + text
	}
	w.out = append(w.out, open...)
	w.out = append(w.out, strings.ReplaceAll(escapeAll(text), "\n", "&#10;")...)
	w.out = append(w.out, end...)
}

// isGFM tells whether GFM has a spelling for the table: rows of one length, no spans, no caption, and
// nothing in the cells but paragraphs, listings, and lists of them.
func (b *block) isGFM() bool {
	for _, r := range b.kids {
		if r.kind != row || len(r.kids) != len(b.kids[0].kids) || len(r.kids) == 0 {
			return false
		}
		for _, c := range r.kids {
			if c.columns > 1 || c.rows > 1 || !fitsCell(c.kids) {
				return false
			}
		}
	}
	return true
}

func fitsCell(kids []*block) bool {
	for _, k := range kids {
		switch k.kind {
		case paragraph, pre:
		case list:
			for _, item := range k.kids {
				if item.check != 0 || !fitsCell(item.kids) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}
