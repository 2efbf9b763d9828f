package markdown

import (
	"strconv"
	"strings"
)

func (w *writer) list(b *block, at place) {
	tight := w.tight
	w.tight = !b.loose
	w.items++
	for i, k := range b.kids {
		if i > 0 && b.loose {
			w.gap()
		}
		w.item(b, k, marker(b, i, at.alternate))
	}
	w.tight = tight
	w.items--
}

// marker is what the item with a number, from 0, begins with.
func marker(b *block, i int, alternate bool) string {
	switch {
	case b.ordered && alternate:
		return strconv.Itoa(b.level+i) + ") "
	case b.ordered:
		return strconv.Itoa(b.level+i) + ". "
	case alternate:
		return "* "
	}
	return "- "
}

// item writes one item of a list.
func (w *writer) item(l, b *block, marker string) {
	w.start()
	w.out = append(w.out, marker...)
	restore := w.indent(strings.Repeat(" ", len(marker)))
	defer restore()
	kids := b.kids
	if b.check != 0 {
		w.out = append(w.out, "["+string(b.check)+"] "...)
		if len(kids) > 0 && kids[0].kind == paragraph {
			w.paragraph(kids[0])
			if kids = kids[1:]; len(kids) > 0 {
				if l.loose {
					w.gap()
				}
				w.blocks(kids)
			}
			return
		}
	}
	if len(kids) == 0 {
		w.out = w.out[:len(w.out)-1]
		w.end()
		return
	}
	w.blocks(kids)
}
