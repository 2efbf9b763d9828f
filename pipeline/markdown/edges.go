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
		lead := s
		lead.text = s.text[:len(s.text)-len(word)]
		n.finish()
		lead.unmark(marksBefore(segs[:i]), n.out, len(n.out)-1)
		trail := s
		s.text = strings.TrimRightFunc(word, unicode.IsSpace)
		trail.text = word[len(s.text):]
		trail.unmark(marksBehind(segs[i+1:]), segs, i+1)
		for _, part := range [...]seg{lead, s, trail} {
			if part.text != "" {
				n.join(part)
			}
		}
	}
	n.finish()
	return n.out
}

// unmark takes marks from white space that what is beside it has not: those that nobody sees, and all where it does not become
// one with that segment.
func (s *seg) unmark(beside marks, segs []seg, at int) {
	m := s.marks &^ (unseen &^ beside)
	if m == s.marks {
		return
	}
	s.marks = m
	if at < 0 || at >= len(segs) || segs[at].kind != text || segs[at].marks != m || segs[at].link != s.link {
		s.marks = 0
	}
}

// hasEdge tells whether a text that is marked begins or ends with white space.
func (s *seg) hasEdge() bool {
	if s.kind != text || s.marks&unseen == 0 || s.marks&code != 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s.text)
	last, _ := utf8.DecodeLastRuneInString(s.text)
	return (unicode.IsSpace(first) || unicode.IsSpace(last)) && s.text != " "
}

// marksBefore are the marks of what stands last in segments, on the same line.
func marksBefore(segs []seg) marks {
	for i := len(segs) - 1; i >= 0 && segs[i].kind != lineBreak; i-- {
		if segs[i].kind != anchor {
			return segs[i].marks
		}
	}
	return 0
}

// marksBehind are the marks of what stands first in segments, on the same line.
func marksBehind(segs []seg) marks {
	for i := 0; i < len(segs) && segs[i].kind != lineBreak; i++ {
		if segs[i].kind != anchor {
			return segs[i].marks
		}
	}
	return 0
}
