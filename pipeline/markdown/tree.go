package markdown

import (
	"bytes"
	"slices"
	"strconv"
)

// A blockKind is what a block is.
type blockKind byte

// The kinds of block.
const (
	document blockKind = iota
	paragraph
	heading
	list
	item
	quote
	pre
	rule
	table
	row
	cell
	figure
	caption // of a figure, or of a table that follows it
	definitions
	term
	definition
	division // what stands between terms and definitions
	details
	summary
	notes // the footnotes of a document, items in it
	note
	comment   // one that stands between blocks
	container // an element that is nothing itself but has attributes that stay
)

// A block is one node of the tree.
type block struct {
	kind    blockKind
	level   int    // of a heading; the first number of an ordered list
	ordered bool   // of a list
	loose   bool   // of a list: its paragraphs stand apart
	apart   bool   // of a paragraph: it was a p, which makes the list around it loose
	check   byte   // of an item: 'x' or ' ' for a task, 0 for none
	lang    string // of pre
	text    string // of pre, without the line break at its end; of a comment, trimmed; the label of a note; while reading, the id of a heading
	name    string // of a container
	attrs   string // those that stay, as they stand in the start tag: of a container, a figure, details and the like
	at      int    // where it is, for a loss: an index in the builder's places, and one more
	head    bool   // of a row: it is the head of its table
	aligns  []byte // of a table and its rows: l, c, r or 0 for each column
	columns int    // of a cell: how many it spans, and
	rows    int    // how many rows
	segs    []seg  // of a paragraph and of a heading
	kids    []*block

	rung      rung
	separated bool // a separator stands before it, since it reads otherwise behind its neighbour
	left      bool // nothing without tags makes it read back as it is
}

// A rung is how safely a block is spelled.
type rung byte

// The rungs of the ladder. Not every block has each of them.
const (
	plainest rung = iota
	escaped       // every character that may mean something is escaped
	tagged        // tags in place of marks; a table with Markdown in its cells
	rawHTML       // the whole block is HTML
)

// A segKind is what a segment of text is.
type segKind byte

// The kinds of segment.
const (
	text segKind = iota
	lineBreak
	image
	media  // an element that is carried as it is: iframe, video and the like
	anchor // a place that links lead to; it shows nothing
	hollow // a link without text; it shows nothing
	noteRef
)

// A seg is a run of text with the same marks and the same link, or something that stands in text.
type seg struct {
	kind  segKind
	tall  bool // of media: it holds blocks, so that no p can hold it
	marks marks
	at    int32  // where it is, as of a block
	text  string // the text; the alt of an image, the tag of media, the id of an anchor, the label of a note
	src   string // of an image
	title string // of an image
	link  *link
}

// A link is where text leads to. Equal links of a document are one pointer.
type link struct{ href, title string }

// marks are what text is marked as.
type marks uint16

// The marks, in the order in which they are nested where nothing else decides.
const (
	strong marks = 1 << iota
	emphasis
	deleted
	highlighted
	inserted
	underlined
	small
	abbreviation
	quotation
	superscript
	subscript
	keyboard
	code
	allMarks = 1<<iota - 1
)

var markTags = [...]string{"strong", "em", "del", "mark", "ins", "u", "small", "abbr", "q", "sup", "sub", "kbd", "code"}

// tag is the element of a single mark.
func (m marks) tag() string {
	for i, tag := range markTags {
		if m == 1<<i {
			return tag
		}
	}
	return ""
}

// same tells whether two blocks read the same: nothing that must not be lost differs. The order in which
// marks are nested does not count, nor do rows that are empty.
func same(a, b *block) bool {
	ours, theirs := a.full(), b.full()
	if len(ours) != len(theirs) || !a.alike(b) {
		return false
	}
	for i := range ours {
		if !same(ours[i], theirs[i]) {
			return false
		}
	}
	return true
}

// full are the blocks in a block, without rows that are empty.
func (b *block) full() []*block {
	if b.kind != table {
		return b.kids
	}
	return slices.DeleteFunc(slices.Clone(b.kids), func(r *block) bool { return r.kind == row && r.empty() })
}

// alike tells whether two blocks are the same but for the blocks in them.
func (b *block) alike(o *block) bool {
	if b.kind != o.kind {
		return false
	}
	switch b.kind {
	case heading:
		return b.level == o.level && sameText(b.segs, o.segs)
	case list:
		return b.ordered == o.ordered && b.level == o.level && b.loose == o.loose
	case item:
		return b.check == o.check
	case pre:
		return b.lang == o.lang && b.text == o.text
	case note, comment:
		return b.text == o.text
	case table:
		return bytes.Equal(b.aligns, o.aligns)
	case row:
		return b.head == o.head
	case cell:
		return b.columns == o.columns && b.rows == o.rows
	case container, figure, details, summary, caption:
		return b.name == o.name && b.attrs == o.attrs
	}
	return sameText(b.segs, o.segs)
}

// sameText tells whether segments read the same, however they are cut.
func sameText(a, b []seg) bool {
	if len(a) == len(b) {
		equal := true
		for i := range a {
			equal = equal && a[i].kind == b[i].kind && a[i].text == b[i].text && a[i].src == b[i].src && a[i].title == b[i].title &&
				a[i].marks == b[i].marks && sameLink(a[i].link, b[i].link)
		}
		if equal {
			return true
		}
	}
	return bytes.Equal(signSegs(nil, a), signSegs(nil, b))
}

// signSegs appends what segments say. A change of marks or link counts before what can be seen only.
func signSegs(out []byte, segs []seg) []byte {
	var m marks
	var l *link
	for _, s := range segs {
		if visible := s.kind != text || s.text != " "; visible && (s.marks != m || !sameLink(s.link, l)) && s.kind != anchor && s.kind != lineBreak {
			m, l = s.marks, s.link
			out = strconv.AppendUint(append(out, '<'), uint64(m), 16)
			if l != nil {
				out = strconv.AppendQuote(strconv.AppendQuote(out, l.href), l.title)
			}
			out = append(out, '>')
		}
		switch s.kind {
		case text:
			out = append(out, s.text...)
		default:
			out = append(out, 0, byte(s.kind))
			out = strconv.AppendQuote(out, s.text)
			out = strconv.AppendQuote(strconv.AppendQuote(out, s.src), s.title)
		}
	}
	return out
}

func sameLink(a, b *link) bool { return a == b || a != nil && b != nil && *a == *b }

// empty tells whether nothing is in the block, or in the blocks within.
func (b *block) empty() bool {
	if len(b.segs) > 0 || b.kind == pre || b.kind == rule || b.kind == comment {
		return false
	}
	for _, k := range b.kids {
		if !k.empty() {
			return false
		}
	}
	return true
}
