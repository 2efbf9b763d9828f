package pipeline

import (
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

func TestLines(t *testing.T) {
	text := []byte("a微😀b\r\nc\rd\n")
	l := NewLines(text)
	if l.Count() != 4 {
		t.Fatalf("%d lines", l.Count())
	}
	for _, c := range []struct {
		offset int
		unit   Unit
		want   Position
	}{
		{0, CodePoints, Position{1, 1}},
		{8, CodePoints, Position{1, 4}},
		{8, Bytes, Position{1, 9}},
		{8, UTF16, Position{1, 5}},
		{11, CodePoints, Position{2, 1}},
		{13, CodePoints, Position{3, 1}},
		{15, CodePoints, Position{4, 1}},
		{99, CodePoints, Position{4, 1}},
	} {
		got := l.At(c.offset, c.unit)
		if got != c.want {
			t.Errorf("At(%d, %d) = %v, want %v", c.offset, c.unit, got, c.want)
		}
		if back := l.Offset(got, c.unit); back != min(c.offset, len(text)) {
			t.Errorf("Offset(%v, %d) = %d, want %d", got, c.unit, back, c.offset)
		}
	}
	if got := l.Line(1); string(got.Of(text)) != "a微😀b" {
		t.Errorf("line 1 is %q", got.Of(text))
	}
}

// slowAt counts a position byte by byte: the plain meaning of lines and columns.
func slowAt(text []byte, offset int, unit Unit) Position {
	p, start := Position{1, 1}, 0
	for i := range offset {
		if text[i] == '\n' || text[i] == '\r' && !(i+1 < len(text) && text[i+1] == '\n') {
			p.Line++
			start = i + 1
		}
	}
	for at := start; at < offset; {
		r, n := utf8.DecodeRune(text[at:offset])
		switch unit {
		case Bytes:
			p.Column += n
		case UTF16:
			p.Column += len(utf16.Encode([]rune{r}))
		default:
			p.Column++
		}
		at += n
	}
	return p
}

// FuzzLines compares positions with slow ones, and takes each back to its offset.
func FuzzLines(f *testing.F) {
	f.Add([]byte("a微😀b\r\nc\rd\n"))
	f.Add([]byte("\uFEFF---\r\r\n\t👨\u200d👩\u200d👧\r"))
	f.Add([]byte("\n\xff\xf0\x9f\xe5\xbe\r\n\xed\xa0\x80"))
	f.Fuzz(func(t *testing.T, text []byte) {
		text = text[:min(len(text), 200)] // Every offset is tried.
		lines := NewLines(text)
		for offset := range len(text) + 1 {
			for _, unit := range []Unit{CodePoints, Bytes, UTF16} {
				got, want := lines.At(offset, unit), slowAt(text, offset, unit)
				if unit == UTF16 && (!utf8.Valid(text) || offset < len(text) && !utf8.RuneStart(text[offset])) {
					continue // What is no UTF-8 has no UTF-16.
				}
				if got != want {
					t.Fatalf("%q: offset %d in unit %d is %v, not %v", text, offset, unit, got, want)
				}
				span := lines.Line(got.Line)
				inside := utf8.Valid(text) && (offset == len(text) || utf8.RuneStart(text[offset])) && offset <= span.End
				if back := lines.Offset(got, unit); inside && back != offset {
					t.Fatalf("%q: %v in unit %d is offset %d, not %d", text, got, unit, back, offset)
				}
			}
		}
		if end := lines.Line(lines.Count()).End; end != len(text) {
			t.Fatalf("%q: the last line ends at %d", text, end)
		}
	})
}

// TestLinesOfManyBreaks takes milliseconds as long as time grows with size, and minutes otherwise.
func TestLinesOfManyBreaks(t *testing.T) {
	const n = 2_000_000
	for unit, each := range map[string]int{"\r": 1, "\n": 1, "\r\n": 1, "a\r": 1, "\ra\n": 2} {
		start := time.Now()
		if lines := NewLines([]byte(strings.Repeat(unit, n))); lines.Count() != 1+each*n {
			t.Errorf("%q: %d lines, want %d", unit, lines.Count(), 1+each*n)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%q takes %v", unit, took)
		}
	}
}
