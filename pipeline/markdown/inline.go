package markdown

import (
	"strings"
	"unicode"
)

// normalized collapses white space as browsers do, over the borders of segments, drops that at the ends of
// lines, and joins what belongs together. A space keeps the marks and the link that it has in common with
// what stands on both sides.
func normalized(in []seg) []seg { return withoutEdges(spaced(in)) }

func spaced(in []seg) []seg {
	n := normalizer{out: make([]seg, 0, len(in)), atStart: true}
	for _, s := range in {
		switch s.kind {
		case text:
			n.words(s)
		case lineBreak:
			n.space = nil
			if n.shown {
				n.join(seg{kind: lineBreak})
			}
			n.atStart = true
		case anchor:
			n.join(s)
		default:
			n.add(s)
		}
	}
	n.finish()
	for len(n.out) > 0 && n.out[len(n.out)-1].kind == lineBreak {
		n.out = n.out[:len(n.out)-1]
	}
	return n.out
}

type normalizer struct {
	out     []seg
	text    strings.Builder // of the last of them, where that is text joined from several
	space   *seg            // a collapsed space that waits for what follows
	atStart bool            // of a line
	shown   bool            // something stands in the block already
}

// words adds text.
func (n *normalizer) words(s seg) {
	rest := s.text
	if s.marks != 0 && strings.IndexFunc(rest, notSpace) < 0 && !isBlank(rest) {
		s.marks = 0 // Nobody sees them on no-break spaces.
	}
	for rest != "" {
		i := 0
		for i < len(rest) && blank(rune(rest[i])) {
			i++
		}
		if i > 0 {
			if !n.atStart {
				n.blank(s)
			}
			if rest = rest[i:]; rest == "" {
				return
			}
		}
		word := s
		i = collapsedPrefix(rest)
		word.text, rest = rest[:i], rest[i:]
		n.add(word)
	}
}

// collapsedPrefix is how much of a text stays as it is, to the end of a word: words with single spaces between them.
func collapsedPrefix(text string) int {
	for i := range len(text) {
		if c := text[i]; c > ' ' || !blank(rune(c)) {
			continue
		}
		if text[i] != ' ' || i+1 == len(text) || blank(rune(text[i+1])) {
			return i
		}
	}
	return len(text)
}

// isBlank tells whether there is nothing but white space that collapses in a text.
func isBlank(text string) bool {
	for i := range len(text) {
		if !blank(rune(text[i])) {
			return false
		}
	}
	return true
}

func blank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\f' }

func notSpace(r rune) bool { return !unicode.IsSpace(r) }

// blank notes white space.
func (n *normalizer) blank(s seg) {
	if n.space == nil {
		n.space = &seg{kind: text, text: " ", marks: s.marks, link: s.link}
		return
	}
	n.space.marks &= s.marks
	if n.space.link != s.link {
		n.space.link = nil
	}
}

// add adds something that shows, and the space before it.
func (n *normalizer) add(s seg) {
	if n.space != nil {
		if last := n.lastShown(); last != nil {
			n.space.marks &= last.marks & s.marks
			if last.link != n.space.link || s.link != n.space.link || last.kind == hollow || s.kind == hollow {
				n.space.link = nil
			}
			n.join(*n.space)
		}
		n.space = nil
	}
	n.join(s)
	n.atStart, n.shown = false, true
}

// lastShown is the last segment that shows on this line.
func (n *normalizer) lastShown() *seg {
	for i := len(n.out) - 1; i >= 0 && n.out[i].kind != lineBreak; i-- {
		if n.out[i].kind != anchor {
			return &n.out[i]
		}
	}
	return nil
}

// join appends a segment, to the one before it where that is text of the same kind.
func (n *normalizer) join(s seg) {
	if k := len(n.out) - 1; k >= 0 && s.kind == text && n.out[k].kind == text && n.out[k].marks == s.marks && n.out[k].link == s.link {
		if n.text.Len() == 0 {
			n.text.WriteString(n.out[k].text)
		}
		n.text.WriteString(s.text)
		return
	}
	n.finish()
	n.out = append(n.out, s)
}

// finish ends the text that is being joined.
func (n *normalizer) finish() {
	if n.text.Len() > 0 {
		n.out[len(n.out)-1].text = n.text.String()
		n.text.Reset()
	}
}
