package markup

import (
	"bytes"

	"github.com/yuin/goldmark/util"
)

// A plainReader reads plain runs. It counts their parts as a guard does.
type plainReader struct {
	*parse
	line    []byte
	from    int  // where the text begins that is not written yet
	escapes bool // whether some of it may be written otherwise
	link    openLink
}

// An openLink is a link whose text is being read.
type openLink struct {
	is             bool
	at             int // where it begins in the line
	html           int // how much HTML there was
	work, brackets int // what was counted before it
}

// read writes what is plain at the beginning of a line, and returns how much that is. A line break is part of that when
// nothing but text goes on behind it.
func (r *plainReader) read(line []byte) int {
	r.line, r.from, r.escapes, r.link = line, 0, false, openLink{}
	at := 0
	for at < len(line) && (at > r.from || !r.mayLink(at)) {
		if plainClasses[line[at]] == inert {
			at++
			continue
		}
		next := r.specialAt(at)
		if next == at {
			break
		}
		at = next
	}
	if r.link.is {
		at, r.from, r.escapes = r.link.at, r.link.at, false
		r.html.Truncate(r.link.html)
		r.work, r.brackets = r.link.work, r.link.brackets
	}
	end := at
	if at == len(line) || line[at] < ' ' {
		for end > r.from && line[end-1] == ' ' {
			end-- // The parser tells line breaks by blanks.
		}
	}
	r.flush(end)
	if end > 0 && end == at && at == len(line)-1 && line[at] == '\n' {
		_ = r.html.WriteByte('\n')
		return len(line)
	}
	return end
}

// flush writes the text before an offset.
func (r *plainReader) flush(at int) {
	if text := r.line[r.from:at]; r.escapes {
		textWriter.Write(r.html, text)
	} else if len(text) > 0 {
		_, _ = r.html.Write(text)
	}
	r.from, r.escapes = at, false
}

// specialAt reads what may not be text, and returns the offset behind it; that is where it is if it is not plain.
func (r *plainReader) specialAt(at int) (next int) {
	rest := r.line[at+1:]
	switch c := r.line[at]; {
	case plainClasses[c] == escapable:
		r.escapes = true
	case c == ' ' || c == '(':
		if r.mayLink(at) {
			return at
		}
	case c == '\\':
		if len(rest) == 0 || !util.IsPunct(rest[0]) {
			return at
		}
		r.escapes = true
		return at + 2
	case c == '!' && (len(rest) == 0 || rest[0] != '['):
		r.work += 5 * r.footnotes
	case c < ' ' || r.work > maxWork-20*maxFootnotes || r.brackets+4 > maxBrackets: // A limit may be within what begins here.
		return at
	default:
		return r.element(at)
	}
	return at + 1
}

// element reads what is no text, as specialAt does.
func (r *plainReader) element(at int) (next int) {
	switch r.line[at] {
	case '<':
		return r.tag(at)
	case '`':
		return r.code(at)
	case '[':
		return r.openLink(at)
	case ']':
		return r.closeLink(at)
	case '!':
		return r.picture(at)
	}
	return at
}

// mayLink tells whether a bare link may begin at an offset, which the parser would look for there.
func (r *plainReader) mayLink(at int) bool {
	rest := r.line[at:]
	if r.link.is || len(rest) < 2 {
		return false
	}
	first := rest[0]
	if first == ' ' || first == '(' {
		first = rest[1]
	}
	return (r.mail || first == 'h' || first == 'f' || first == 'w') && mayLink(rest)
}

// tag reads a tag without attributes. Links are left to the parser, since no bare link stands in them.
func (r *plainReader) tag(at int) (next int) {
	name, end, ok := plainTag(r.line[at:])
	if !ok || len(name) == 1 && name[0]|0x20 == 'a' {
		return at
	}
	size := len(name) + len("<>")
	if end {
		size++
	}
	r.flush(at)
	_, _ = r.html.Write(r.line[at : at+size])
	r.work += 2000 + 600*size
	r.from = at + size
	return r.from
}

// code reads code between two backticks.
func (r *plainReader) code(at int) (next int) {
	rest := r.line[at+1:]
	size := bytes.IndexByte(rest, '`')
	if size <= 0 || size+1 < len(rest) && rest[size+1] == '`' || rest[0] == ' ' && rest[size-1] == ' ' {
		return at
	}
	code := rest[:size]
	if bytes.IndexByte(code, '|') >= 0 { // In a table it may stand behind a backslash that is none of the code.
		return at
	}
	r.flush(at)
	_, _ = r.html.WriteString("<code>")
	textWriter.RawWrite(r.html, code)
	_, _ = r.html.WriteString("</code>")
	r.work += 1000
	r.from = at + size + len("``")
	return r.from
}

// A plainClass says what a byte may be.
type plainClass byte

const (
	inert     plainClass = iota
	escapable            // text that may be written otherwise
	special              // something else, at times
)

var plainClasses = func() (classes [256]plainClass) {
	for c := range ' ' + 1 {
		classes[c] = special
	}
	for _, c := range []byte("\\*_~`$<[]!(") {
		classes[c] = special
	}
	for _, c := range []byte("\"&>") {
		classes[c] = escapable
	}
	return classes
}()
