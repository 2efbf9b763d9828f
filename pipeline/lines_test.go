package pipeline

import "testing"

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
