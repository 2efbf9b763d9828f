package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unseen are the marks that nobody sees on white space.
const unseen = strong | emphasis

// withoutEdges takes marks that nobody sees there from the no-break and ideographic spaces at the ends of what is marked:
// beside them a delimiter would not be one.
func withoutEdges(segs []seg) []seg {
	first := 0
	for first < len(segs) && !segs[first].hasEdge() {
		first++
	}
	if first == len(segs) {
		return segs
	}
	n := normalizer{out: make([]seg, 0, len(segs)+2)}
	for i, s := range segs {
		if !s.hasEdge() {
			n.join(s)
			continue
		}
		word := strings.TrimLeftFunc(s.text, unicode.IsSpace)
		lead, trail := s, s
		lead.text = s.text[:len(s.text)-len(word)]
		n.finish()
		lead.unmark(n.out, len(n.out)-1, -1)
		s.text = strings.TrimRightFunc(word, unicode.IsSpace)
		trail.text = word[len(s.text):]
		trail.unmark(segs, i+1, 1)
		for _, part := range [...]seg{lead, s, trail} {
			if part.text != "" {
				n.join(part)
			}
		}
	}
	n.finish()
	return spaced(n.out) // A collapsed space beside them has what it has in common with what they are now.
}

// hasEdge tells whether a text that is marked begins or ends with white space.
func (s *seg) hasEdge() bool {
	if s.kind != text || s.marks&unseen == 0 || s.marks&code != 0 || s.text == " " {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s.text)
	last, _ := utf8.DecodeLastRuneInString(s.text)
	return unicode.IsSpace(first) || unicode.IsSpace(last)
}

// unmark takes marks that nobody sees from white space at an end of what is marked, if what is beside it, from one of the
// segments on in a direction, has others; and all marks where it does not become one with text there.
func (s *seg) unmark(segs []seg, at, step int) {
	if s.text == "" {
		return
	}
	space := -1
	for at >= 0 && at < len(segs) && (segs[at].kind == anchor || segs[at].kind == text && segs[at].text == " ") {
		if segs[at].kind == text {
			space = at
		}
		at += step
	}
	var beside seg
	if at >= 0 && at < len(segs) && segs[at].kind != lineBreak {
		beside = segs[at]
	}
	m := s.marks &^ (unseen &^ beside.marks)
	if m == s.marks {
		return
	}
	if s.marks = m; beside.kind != text || beside.marks != m || beside.link != s.link {
		s.marks = 0
		if space >= 0 {
			segs[space].marks = 0 // Both are one.
		}
	}
}
