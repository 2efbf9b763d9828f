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

// Lines is the line table of a text. Lines end with LF, CRLF or a lone CR.
type Lines struct {
	text   []byte
	starts []int
}

// NewLines makes the line table of text.
func NewLines(text []byte) *Lines {
	carriage := bytes.IndexByte(text, '\r') >= 0
	count := 2 + bytes.Count(text, []byte{'\n'})
	if carriage {
		count += bytes.Count(text, []byte{'\r'}) - bytes.Count(text, []byte("\r\n"))
	}
	starts := make([]int, 1, count)
	for at := 0; ; {
		var i int
		if carriage {
			i = bytes.IndexAny(text[at:], "\r\n")
		} else {
			i = bytes.IndexByte(text[at:], '\n')
		}
		if i < 0 {
			return &Lines{text, starts}
		}
		at += i + 1
		if text[at-1] == '\r' && at < len(text) && text[at] == '\n' {
			at++
		}
		starts = append(starts, at)
	}
}

// Count is the number of lines; a text that ends with a line break has an empty last line.
func (l *Lines) Count() int { return len(l.starts) }

// Number is the line, from 1, of a byte offset.
func (l *Lines) Number(offset int) int {
	return sort.Search(len(l.starts), func(i int) bool { return l.starts[i] > offset })
}

// Line returns the span of a line, from 1, without its line break.
func (l *Lines) Line(number int) Span {
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
	if p.Line > len(l.starts) {
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
