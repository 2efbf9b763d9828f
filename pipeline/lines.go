package pipeline

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// Unit is what columns count.
type Unit int

// The units of a column. The cells of a terminal are counted by package report.
const (
	CodePoints Unit = iota
	Bytes
	UTF16
)

// A Position is a place in a text as people and other programs name it: both count from 1.
type Position struct{ Line, Column int }

// Lines is the line table of a text. Lines end with LF, CRLF or a lone CR. It is made as far as it is asked for, so
// that one place near the beginning costs no more than what stands before it; so one goroutine at a time may ask.
type Lines struct {
	text   []byte
	starts []int // of the lines that are known
	whole  bool  // they are all there are
	lone   bool  // there are carriage returns, of which one may be alone
}

// NewLines makes the line table of text.
func NewLines(text []byte) *Lines {
	return &Lines{text: text, starts: make([]int, 1, 16), lone: bytes.IndexByte(text, '\r') >= 0}
}

// extend makes the table known up to the line of an offset and the one after it.
func (l *Lines) extend(offset int) {
	for !l.whole && l.starts[len(l.starts)-1] <= offset {
		l.next()
	}
}

// next finds where the line after the last one begins.
func (l *Lines) next() {
	at := l.starts[len(l.starts)-1]
	i := 0
	if l.lone {
		i = bytes.IndexAny(l.text[at:], "\r\n")
	} else {
		i = bytes.IndexByte(l.text[at:], '\n')
	}
	if l.whole = i < 0; l.whole {
		return
	}
	l.starts = append(l.starts, AfterBreak(l.text, at+i))
}

// AfterBreak is the offset behind the line break at an offset, or the offset when there is none.
func AfterBreak(text []byte, at int) int {
	switch {
	case at >= len(text):
		return at
	case text[at] == '\r' && at+1 < len(text) && text[at+1] == '\n':
		return at + 2
	case text[at] == '\r', text[at] == '\n':
		return at + 1
	}
	return at
}

// Count is the number of lines; a text that ends with a line break has an empty last line.
func (l *Lines) Count() int {
	l.extend(len(l.text))
	return len(l.starts)
}

// Number is the line, from 1, of a byte offset.
func (l *Lines) Number(offset int) int {
	l.extend(offset)
	return sort.Search(len(l.starts), func(i int) bool { return l.starts[i] > offset })
}

// Line returns the span of a line, from 1, without its line break.
func (l *Lines) Line(number int) Span {
	for len(l.starts) <= number && !l.whole {
		l.next()
	}
	start, end := l.starts[number-1], len(l.text)
	if number < len(l.starts) {
		end = l.starts[number]
		for end > start && (l.text[end-1] == '\n' || l.text[end-1] == '\r') {
			end--
		}
	}
	return Span{start, end}
}

// At is the position of a byte offset. An offset beyond the text means its end.
func (l *Lines) At(offset int, unit Unit) Position {
	offset = min(max(offset, 0), len(l.text))
	line := l.Number(offset)
	before := l.text[l.starts[line-1]:offset]
	return Position{line, 1 + width(before, unit)}
}

// Offset is the byte offset of a position in the given unit, the nearest one inside the text.
func (l *Lines) Offset(p Position, unit Unit) int {
	if p.Line < 1 {
		return 0
	}
	if p.Line > l.Count() {
		return len(l.text)
	}
	span := l.Line(p.Line)
	at := span.Start
	for column := 1; column < p.Column && at < span.End; {
		_, n := utf8.DecodeRune(l.text[at:])
		column += width(l.text[at:at+n], unit)
		at += n
	}
	return at
}

func width(text []byte, unit Unit) int {
	switch unit {
	case Bytes:
		return len(text)
	case UTF16:
		n := utf8.RuneCount(text)
		for _, b := range text {
			if b >= 0xF0 { // The first byte of a code point beyond U+FFFF, which takes two units.
				n++
			}
		}
		return n
	default:
		return utf8.RuneCount(text)
	}
}
