package pipeline

import (
	"errors"
	"fmt"
	"slices"
)

// A Span is a half-open range of byte offsets, [Start, End), from 0.
// Which bytes it counts in (a document's Source or its Text) is said where it is used.
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Contains tells whether the byte at offset lies in the span.
func (s Span) Contains(offset int) bool { return s.Start <= offset && offset < s.End }

// Of returns the bytes of the span in text.
func (s Span) Of(text []byte) []byte { return text[s.Start:s.End] }

// Shift returns the span moved by n bytes.
func (s Span) Shift(n int) Span { return Span{s.Start + n, s.End + n} }

// An Edit replaces the bytes [Start, End) of a document's Text by Text.
// Start == End inserts; an empty Text deletes.
type Edit struct {
	Start, End int
	Text       string
}

// Span is the range that the edit replaces.
func (e Edit) Span() Span { return Span{e.Start, e.End} }

// ErrOverlap is returned for edits that touch the same bytes.
var ErrOverlap = errors.New("edits overlap")

// SortEdits returns the edits in the order of their place, an insertion before a replacement that
// begins at the same offset, insertions at one offset in the order given. The error is ErrOverlap
// when two edits share a byte, or says which edit lies outside a text of size bytes.
func SortEdits(edits []Edit, size int) ([]Edit, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	end := 0
	for _, e := range sorted {
		if e.Start < 0 || e.End < e.Start || e.End > size {
			return nil, fmt.Errorf("edit [%d, %d) lies outside a text of %d bytes", e.Start, e.End, size)
		}
		if e.Start < end {
			return nil, fmt.Errorf("edit [%d, %d): %w", e.Start, e.End, ErrOverlap)
		}
		end = max(end, e.End)
	}
	return sorted, nil
}

// ApplyEdits returns text with edits carried out that are sorted as SortEdits does.
func ApplyEdits(text []byte, sorted []Edit) []byte {
	size := len(text)
	for _, e := range sorted {
		size += len(e.Text) - (e.End - e.Start)
	}
	out := make([]byte, 0, size)
	at := 0
	for _, e := range sorted {
		out = append(out, text[at:e.Start]...)
		out = append(out, e.Text...)
		at = e.End
	}
	return append(out, text[at:]...)
}
