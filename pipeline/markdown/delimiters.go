package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"copydesk/pipeline/markup"
)

// marked writes segments between the delimiters or the tags of a mark.
func (t *textWriter) marked(m marks, i, j int, open marks, in *link) {
	if m&(strong|emphasis) != 0 && t.both(i, j, open, in) {
		t.put("***")
		t.delim = len(t.w.out)
		t.run(i, j, open|strong|emphasis, in)
		t.put("***")
		t.delim = len(t.w.out)
		return
	}
	if d := t.delimiter(m, i, j, open, in); d != "" {
		t.put(d)
		t.delim = len(t.w.out)
		t.run(i, j, open|m, in)
		t.put(d)
		t.delim = len(t.w.out)
		return
	}
	if t.w.HTML == Never {
		t.w.loseMark(t.segs[i:j], m)
		t.run(i, j, open, in)
		return
	}
	t.put("<" + m.tag() + ">")
	t.run(i, j, open|m, in)
	t.put("</" + m.tag() + ">")
}

// both tells whether the segments from i to j are strong and emphasized alike, with room for the
// delimiters of both at once.
func (t *textWriter) both(i, j int, open marks, in *link) bool {
	const m = strong | emphasis
	if open&m != 0 || t.rung >= tagged || t.delim == len(t.w.out) && t.delim > t.begin || t.touchesBehind(j, open, in) {
		return false
	}
	for k := i; k < j; k++ {
		if t.segs[k].marks&m != m {
			return false
		}
	}
	t.opening = m
	return t.flanks('*', i, j, open, in)
}

// delimiter is what a mark is written with, "" where it takes tags.
func (t *textWriter) delimiter(m marks, i, j int, open marks, in *link) string {
	if t.rung >= tagged {
		return ""
	}
	var candidates []string
	touches := t.delim == len(t.w.out) && t.delim > t.begin
	switch m {
	case strong:
		candidates = []string{"**"}
	case emphasis:
		candidates = []string{"*"}
		if touches || t.touchesBehind(j, open, in) || t.segs[i].marks&strong&^open != 0 || t.segs[j-1].marks&strong&^open != 0 {
			candidates = []string{"_", "*"}
		}
	case deleted:
		if t.count.tildes > 0 || touches && strings.HasSuffix(string(t.w.out), "~") {
			return ""
		}
		candidates = []string{"~~"}
	}
	for _, c := range candidates {
		if touches && t.w.out[len(t.w.out)-1] == c[0] && t.closedAt(len(t.w.out)) {
			continue
		}
		if t.opening = m; t.flanks(c[0], i, j, open, in) {
			return c
		}
	}
	return ""
}

// closedAt tells whether a delimiter that closes would run into one that opens here.
func (t *textWriter) closedAt(at int) bool {
	// What was opened just before stands directly before its own text; what was closed stands behind text.
	k := at
	for k > t.begin && (t.w.out[k-1] == '*' || t.w.out[k-1] == '_' || t.w.out[k-1] == '~') {
		k--
	}
	if k == t.begin {
		return false
	}
	r, _ := utf8.DecodeLastRune(t.w.out[:k])
	return !unicode.IsSpace(r)
}

// touchesBehind tells whether a delimiter follows directly behind the segments before j.
func (t *textWriter) touchesBehind(j int, open marks, in *link) bool {
	if j >= len(t.segs) {
		return open&(strong|emphasis) != 0
	}
	s := t.segs[j]
	return s.marks&^open&(strong|emphasis) != 0 || open&^s.marks&(strong|emphasis) != 0
}

// flanks tells whether delimiters around the segments from i to j will be read as such.
func (t *textWriter) flanks(c byte, i, j int, open marks, in *link) bool {
	before := t.before()
	first := t.firstRune(i, open|t.opening, in)
	last := t.lastRune(j-1, open|t.opening, in)
	after := t.after(j, open, in)
	left := !isSpace(first) && (!isPunct(first) || isSpace(before) || isPunct(before) || t.w.CJK && markup.IsCJK(before))
	right := !isSpace(last) && (!isPunct(last) || isSpace(after) || isPunct(after) || t.w.CJK && markup.IsCJK(after))
	if !left || !right {
		return false
	}
	if c != '_' {
		return true
	}
	alsoRight := !isSpace(before) && (!isPunct(before) || isSpace(first) || isPunct(first))
	alsoLeft := !isSpace(after) && (!isPunct(after) || isSpace(last) || isPunct(last))
	return (!alsoRight || isPunct(before)) && (!alsoLeft || isPunct(after))
}

// before is the last character written, a space at the beginning of a line.
func (t *textWriter) before() rune {
	if len(t.w.out) == t.begin {
		if t.inCell {
			return ' '
		}
		return '\n'
	}
	r, _ := utf8.DecodeLastRune(t.w.out)
	return r
}

// firstRune is the first character that segment i will be written as.
func (t *textWriter) firstRune(i int, open marks, in *link) rune {
	s := &t.segs[i]
	if s.kind != text || s.marks&^open != 0 || s.link != in {
		return '<'
	}
	r, _ := utf8.DecodeRuneInString(s.text)
	return r
}

func (t *textWriter) lastRune(i int, open marks, in *link) rune {
	s := &t.segs[i]
	if s.kind != text || s.marks&^open != 0 || s.link != in {
		return '>'
	}
	r, _ := utf8.DecodeLastRuneInString(s.text)
	return r
}

// after is the first character that will stand behind the segments before j.
func (t *textWriter) after(j int, open marks, in *link) rune {
	if j >= len(t.segs) {
		if open != 0 || in != nil {
			return '*'
		}
		return '\n'
	}
	s := &t.segs[j]
	if open&^s.marks != 0 && s.kind != anchor || s.link != in {
		return '*'
	}
	if s.kind == lineBreak {
		return '\\'
	}
	return t.firstRune(j, open, in)
}

func isSpace(r rune) bool { return unicode.IsSpace(r) }

// isPunct is what goldmark takes for punctuation.
func isPunct(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
