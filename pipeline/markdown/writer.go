package markdown

import (
	"bytes"
	"fmt"
	"strings"
)

// write gives the Markdown of a tree, each block spelled as its rung says.
func (p *prover) write(root *block) []byte {
	for {
		w := &writer{prover: p, fresh: true}
		if root == p.root {
			w.out = make([]byte, 0, p.size)
		}
		w.blocks(root.kids)
		if !p.unmarked {
			return w.out
		}
		p.unmarked = false
		root.texts(func(k *block) { k.segs = normalized(k.segs) })
	}
}

// A writer writes blocks, each line behind what the quotes and items around it begin lines with.
type writer struct {
	*prover
	out    []byte
	prefix []byte
	fresh  bool // nothing stands on the line yet, not even the prefix
	tight  bool // no blank line may stand between blocks
	items  int  // how many items are open
}

// start begins a line, unless one has begun.
func (w *writer) start() {
	if w.fresh {
		w.out = append(w.out, w.prefix...)
		w.fresh = false
	}
}

// end ends the line.
func (w *writer) end() {
	w.out = append(w.out, '\n')
	w.fresh = true
}

// line writes a whole line.
func (w *writer) line(text string) {
	w.start()
	w.out = append(w.out, text...)
	w.end()
}

// gap writes a blank line.
func (w *writer) gap() {
	w.out = append(w.out, bytes.TrimRight(w.prefix, " ")...)
	w.end()
}

// indent adds to the prefix until the function that it returns is called.
func (w *writer) indent(by string) (restore func()) {
	was := w.prefix
	w.prefix = append(bytes.Clone(was), by...)
	return func() { w.prefix = was }
}

// blocks writes blocks one behind the other.
func (w *writer) blocks(kids []*block) {
	var before *block
	alternate := false
	for _, k := range kids {
		if before != nil {
			alternate = k.kind == list && before.kind == list && k.ordered == before.ordered && !alternate
			if !w.tight {
				w.gap()
			}
		}
		if k.separated {
			w.line("<!-- -->")
			w.gap()
			alternate = false
		}
		w.block(k, place{first: before == nil, alternate: alternate})
		before = k
	}
}

// A place says where among its neighbours a block stands.
type place struct {
	first     bool
	alternate bool // its marker must differ from that of the list before it
}

func (w *writer) block(b *block, at place) {
	if b.rung == rawHTML && b.kind != notes && b.kind != note && b.kind != comment {
		w.raw(b)
		return
	}
	switch b.kind {
	case paragraph:
		w.paragraph(b)
	case heading:
		w.heading(b)
	case rule:
		w.rule(at)
	case comment:
		w.line("<!-- " + b.text + " -->")
	case pre:
		w.listing(b)
	case quote:
		w.quote(b)
	case list:
		w.list(b, at)
	case table:
		w.table(b)
	case notes:
		w.notes(b)
	default:
		w.wrapper(b)
	}
}

func (w *writer) paragraph(b *block) {
	w.start()
	t := textWriter{w: w, segs: b.segs, rung: b.rung}
	t.write()
	w.wrap(t.begun, t.breaks)
	w.end()
}

func (w *writer) heading(b *block) {
	w.start()
	w.out = append(w.out, strings.Repeat("#", b.level)...)
	if len(b.segs) > 0 {
		w.out = append(w.out, ' ')
	}
	t := textWriter{w: w, segs: b.segs, rung: b.rung, oneLine: true, title: true}
	t.write()
	w.end()
}

func (w *writer) rule(at place) {
	switch {
	case w.items > 0:
		w.line("___")
	case at.first:
		w.line("***")
	default:
		w.line("---")
	}
}

// listing writes a fenced block of code.
func (w *writer) listing(b *block) {
	ticks, tildes, run := 0, 0, 0
	for i := 0; i < len(b.text); i++ {
		if c := b.text[i]; c != '`' && c != '~' {
			run = 0
			continue
		}
		if run++; i > 0 && b.text[i-1] != b.text[i] {
			run = 1
		}
		if b.text[i] == '`' {
			ticks = max(ticks, run)
		} else {
			tildes = max(tildes, run)
		}
	}
	fence := strings.Repeat("`", max(3, ticks+1))
	if strings.Contains(b.lang, "`") {
		fence = strings.Repeat("~", max(3, tildes+1))
	}
	w.line(fence + escapeInfo(b.lang))
	if b.text != "" {
		for line := range strings.SplitSeq(b.text, "\n") {
			if line == "" {
				w.gap()
			} else {
				w.line(line)
			}
		}
	}
	w.line(fence)
}

// escapeInfo spells the info string of a fence.
func escapeInfo(lang string) string {
	var out strings.Builder
	for i, c := range lang {
		if c == '\\' || c == '&' || c < ' ' || i == 0 && (c == '~' || c == '`') {
			fmt.Fprintf(&out, "&#%d;", c)
			continue
		}
		out.WriteRune(c)
	}
	return out.String()
}

func (w *writer) quote(b *block) {
	w.start()
	restore := w.indent("> ")
	tight, items := w.tight, w.items
	w.tight, w.items = false, 0
	if len(b.kids) == 0 {
		w.out = append(w.out, '>')
		w.end()
	} else {
		w.out = append(w.out, "> "...)
		w.blocks(b.kids)
	}
	w.tight, w.items = tight, items
	restore()
}

// wrapper writes a block that Markdown has no spelling for: its tags on lines of their own, and Markdown
// between them.
func (w *writer) wrapper(b *block) {
	if w.tight { // A blank line would make the list around it loose.
		w.raw(b)
		return
	}
	w.line(b.openTag())
	w.inside(b)
	w.line("</" + b.tag() + ">")
}

// raw writes a block as HTML on a line of its own.
func (w *writer) raw(b *block) {
	w.start()
	h := htmlWriter{out: w.out}
	h.block(b)
	w.out = h.out
	w.end()
}

// inside writes what is in a wrapper: its parts between tags of their own, other blocks as Markdown between
// blank lines.
func (w *writer) inside(b *block) {
	blank := false // Markdown stands before, and tags need a blank line
	for i, k := range b.kids {
		open, end, isPart := b.partTags(k, i)
		switch {
		case !isPart:
			w.gap()
			w.block(k, place{first: true})
			blank = true
			continue
		case blank:
			w.gap()
		}
		w.part(k, open, end)
		blank = false
	}
	if blank {
		w.gap()
	}
}

// part writes a part of a wrapper: on one line where it is plain text.
func (w *writer) part(b *block, open, end string) {
	if b.kind != row && (b.rung == rawHTML || b.isPlain()) {
		w.start()
		w.out = append(w.out, open...)
		h := htmlWriter{out: w.out}
		h.kids(b)
		w.out = append(h.out, end...)
		w.end()
		return
	}
	w.line(open)
	w.inside(b)
	w.line(end)
}

// partTags are the tags of a block that has no place but in this one, if it is such a part.
func (b *block) partTags(k *block, i int) (open, end string, ok bool) {
	switch k.kind {
	case caption:
		if b.kind == table {
			return "<caption>", "</caption>", true
		}
	case cell:
		open, end = k.cellTags(b, i)
		return open, end, true
	case term, definition, division, summary, row:
	default:
		return "", "", false
	}
	return k.openTag(), "</" + k.tag() + ">", true
}

// isPlain tells whether there is nothing in a block but a line of text that HTML spells as Markdown does.
func (b *block) isPlain() bool {
	if len(b.kids) == 0 {
		return true
	}
	return len(b.kids) == 1 && b.kids[0].kind == paragraph && len(b.kids[0].segs) == 1 &&
		b.kids[0].segs[0].kind == text && b.kids[0].segs[0].marks == 0 && b.kids[0].segs[0].link == nil
}

// notes writes the footnotes.
func (w *writer) notes(b *block) {
	for i, n := range b.kids {
		if i > 0 {
			w.gap()
		}
		w.start()
		w.out = append(w.out, "[^"+n.text+"]: "...)
		restore := w.indent("    ")
		if len(n.kids) == 0 {
			w.out = w.out[:len(w.out)-1]
			w.end()
		} else {
			w.blocks(n.kids)
		}
		restore()
	}
}
