package markdown

import (
	"strings"
	"unicode/utf8"
)

// A quickText reads the text of a block.
type quickText struct {
	s     string
	at    int
	from  int // where the text begins that is not a segment yet
	out   []seg
	place quickPlace

	marks marks
	open  []openMark
	label int // where in out the text of a link begins, -1 outside of one
	base  int // how many marks were open when it began
	count int // of delimiters and brackets
}

// A quickPlace says where text stands.
type quickPlace byte

const (
	inLines quickPlace = iota // it may have several of them
	inItem                    // it is one line, of a list
	inTitle                   // it is that of a heading
)

// An openMark is a mark whose end has not been read.
type openMark struct {
	name   string // of its tag, or its delimiter
	before marks
}

// maxQuickMarks is below what a parse takes for text since there are too many.
const maxQuickMarks = 1000

// text appends the segments of a text; ok is false where there is something that is not plain.
func (q *quickText) text(out []seg, s string, at quickPlace) (segs []seg, ok bool) {
	*q = quickText{s: s, out: out, place: at, open: q.open[:0], label: -1}
	if s == "" || at != inTitle && !q.startsLine() || s[len(s)-1] == ' ' || s[len(s)-1] == '\\' || strings.Contains(s, "  ") || !utf8.ValidString(s) {
		return nil, false
	}
	for q.at < len(s) {
		switch c := s[q.at]; quickClasses[c] {
		case inert:
			q.at++
		case refused:
			return nil, false
		default:
			if !q.special(c) {
				return nil, false
			}
		}
	}
	q.flush()
	return q.out, len(q.open) == 0 && q.label < 0 && q.count < maxQuickMarks
}

// flush makes a segment of the text that was read.
func (q *quickText) flush() {
	if q.from < q.at {
		q.out = append(q.out, seg{kind: text, text: q.s[q.from:q.at], marks: q.marks})
	}
}

// rest is what has not been read.
func (q *quickText) rest() string { return q.s[q.at:] }

// skip goes on behind something that is no text.
func (q *quickText) skip(n int) {
	q.at += n
	q.from = q.at
}

// special reads what begins with a character that may mean something.
func (q *quickText) special(c byte) bool {
	rest := q.s[q.at+1:]
	switch c {
	case '\\':
		return q.backslash(rest)
	case '*':
		return q.stars()
	case '`':
		return q.codeSpan()
	case '<':
		return q.tag()
	case '[':
		return q.openLabel(rest)
	case ']':
		return q.closeLabel(rest)
	case '!':
		if strings.HasPrefix(rest, "[") {
			return q.picture()
		}
	case '_':
		if q.at == 0 || rest == "" || !isAlnum(q.s[q.at-1]) || !isAlnum(rest[0]) {
			return false
		}
	case '&':
		if isReference(rest) {
			return false
		}
	case ':':
		if q.label < 0 && strings.HasPrefix(rest, "//") {
			return false
		}
	case '.':
		if q.label < 0 && hasSuffixFold(q.s[:q.at], "www") {
			return false
		}
	case '@':
		if q.label < 0 && q.at > 0 && q.s[q.at-1] != ' ' && q.s[q.at-1] < utf8.RuneSelf {
			return false // It may be the address of someone.
		}
	}
	q.at++
	return true
}

func (q *quickText) backslash(rest string) bool {
	switch {
	case rest[0] == '\n':
		if q.place != inLines || q.label >= 0 || q.at > 0 && q.s[q.at-1] == '\\' || len(q.out) == 0 && q.from == q.at {
			return false
		}
		q.flush()
		q.skip(2)
		q.out = append(q.out, seg{kind: lineBreak})
		return q.startsLine()
	case isASCIIPunct(rest[0]):
		q.flush()
		q.skip(1)
	}
	q.at++
	return true
}

// startsLine tells whether what comes begins a line of text, and nothing else.
func (q *quickText) startsLine() bool {
	rest := q.rest()
	if rest == "" {
		return false
	}
	switch c := rest[0]; {
	case c >= utf8.RuneSelf, isLetter(c), strings.IndexByte("\"'(,./;?%", c) >= 0:
		return true
	case c >= '0' && c <= '9':
		return lineStart(rest) < 0
	case c == '*':
		return len(rest) > 1 && rest[1] != ' ' && !strings.HasPrefix(rest, "***")
	case c == '\\':
		return len(rest) > 1
	case c == '`':
		return !strings.HasPrefix(rest, "```")
	case c == '[':
		return q.at > 0 || !strings.Contains(rest, "`") // At the beginning it may define something.
	case c == '!':
		return true
	case c == '<':
		end := strings.IndexByte(rest, '>')
		return end > 0 && end+1 < len(rest) && rest[end+1] != ' ' && rest[end+1] != '\n' && rest[end+1] != '<'
	}
	return false
}

// stars reads a delimiter of strong or of emphasis.
func (q *quickText) stars() bool {
	n := 1
	for q.at+n < len(q.s) && q.s[q.at+n] == '*' {
		n++
	}
	if n > 2 {
		return false
	}
	before, after := '\n', '\n'
	if q.at > 0 {
		before, _ = utf8.DecodeLastRuneInString(q.s[:q.at])
	}
	if q.at+n < len(q.s) {
		after, _ = utf8.DecodeRuneInString(q.s[q.at+n:])
	}
	opens := !isSpace(after) && (!isPunct(after) || isSpace(before) || isPunct(before))
	closes := !isSpace(before) && (!isPunct(before) || isSpace(after) || isPunct(after))
	name := q.s[q.at : q.at+n]
	q.count++
	q.flush()
	q.skip(n)
	last := len(q.open) - 1
	for _, o := range q.open {
		if o.name[0] != '*' {
			continue
		}
		if !closes || o != q.open[last] || o.name != name || q.label >= 0 && last < q.base {
			return false
		}
		q.marks, q.open = o.before, q.open[:last]
		return true
	}
	q.begin(name, [...]marks{emphasis, strong}[n-1])
	return opens
}

func (q *quickText) begin(name string, m marks) {
	q.open = append(q.open, openMark{name, q.marks})
	q.marks |= m
}

// tag reads a tag of a mark that has no attributes.
func (q *quickText) tag() bool {
	end := strings.IndexByte(q.rest(), '>')
	if end < 2 {
		return false
	}
	name := q.s[q.at+1 : q.at+end]
	if strings.HasPrefix(name, "http") {
		return q.autolink(name)
	}
	q.flush()
	q.skip(end + 1)
	if name[0] != '/' {
		m := quickTag(name)
		q.begin(name, m)
		return m != 0
	}
	last := len(q.open) - 1
	if last < 0 || q.open[last].name != name[1:] || q.label >= 0 && last < q.base {
		return false
	}
	q.marks, q.open = q.open[last].before, q.open[:last]
	return true
}

// quickTag is the mark of a tag, 0 for those that are read otherwise.
func quickTag(name string) marks {
	switch name {
	case "strong", "em", "del", "sup", "sub", "kbd", "u", "ins", "mark", "small":
		return markOf(name)
	}
	return 0
}

func (q *quickText) codeSpan() bool {
	n := 1
	for q.at+n < len(q.s) && q.s[q.at+n] == '`' {
		n++
	}
	body := q.s[q.at+n:]
	for from := 0; ; {
		i := strings.IndexByte(body[from:], '`')
		if i < 0 {
			return false
		}
		end := from + i
		for from = end; from < len(body) && body[from] == '`'; {
			from++
		}
		if from-end != n {
			continue
		}
		body = body[:end]
		break
	}
	size := len(body) + 2*n
	if hasControl(body) || strings.Trim(body, " ") == "" || strings.Contains(body, "@") { // An address may begin before it.
		return false
	}
	if body[0] == ' ' && body[len(body)-1] == ' ' {
		body = body[1 : len(body)-1]
	}
	q.flush()
	q.out = append(q.out, seg{kind: text, text: body, marks: q.marks | code})
	q.skip(size)
	return true
}

// hasControl tells whether there is a character in a text that is none, as line breaks and tabs are.
func hasControl(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == 0x7F }) >= 0
}
