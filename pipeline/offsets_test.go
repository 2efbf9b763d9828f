package pipeline

import (
	"bytes"
	"errors"
	"testing"
)

func TestToSource(t *testing.T) {
	d := NewDocument("a.md", "a.md", []byte("0123456789"))
	if err := d.Apply(Edit{2, 4, "ab"}, Edit{6, 6, "XYZ"}, Edit{8, 10, ""}); err != nil {
		t.Fatal(err)
	}
	if got := string(d.Text); got != "01ab45XYZ67" {
		t.Fatalf("text is %q", got)
	}
	for _, c := range []struct {
		text, source Span
		exact        bool
	}{
		{Span{0, 2}, Span{0, 2}, true},
		{Span{1, 3}, Span{1, 4}, false}, // Half kept, half replaced: the whole replaced region.
		{Span{2, 3}, Span{2, 4}, false},
		{Span{4, 6}, Span{4, 6}, true},
		{Span{7, 8}, Span{6, 6}, false}, // Inserted bytes come from an empty place.
		{Span{9, 11}, Span{6, 8}, true},
		{Span{0, 11}, Span{0, 8}, true},
		{Span{11, 11}, Span{8, 8}, true}, // The end, right behind the last kept byte.
		{Span{5, 10}, Span{5, 7}, true},
	} {
		if got, exact := d.ToSource(c.text); got != c.source || exact != c.exact {
			t.Errorf("ToSource(%v) = %v, %v; want %v, %v", c.text, got, exact, c.source, c.exact)
		}
	}
	if got, exact := d.ToText(Span{2, 3}); got != (Span{2, 4}) || exact {
		t.Errorf("ToText of a replaced byte = %v, %v", got, exact)
	}
	if got, exact := d.ToText(Span{7, 8}); got != (Span{10, 11}) || !exact {
		t.Errorf("ToText of a kept byte = %v, %v", got, exact)
	}
}

func TestApplyRefuses(t *testing.T) {
	d := NewDocument("a.md", "a.md", []byte("0123456789"))
	if err := d.Apply(Edit{2, 5, ""}, Edit{4, 6, ""}); !errors.Is(err, ErrOverlap) {
		t.Errorf("overlapping edits: %v", err)
	}
	for _, e := range []Edit{{-1, 0, ""}, {3, 2, ""}, {9, 11, ""}} {
		if err := d.Apply(e); err == nil {
			t.Errorf("edit %v was taken", e)
		}
	}
	if d.Changed() {
		t.Error("a refused edit changed the text")
	}
	if err := d.Apply(Edit{3, 3, "a"}, Edit{3, 3, "b"}, Edit{3, 4, "c"}); err != nil || string(d.Text) != "012abc456789" {
		t.Errorf("insertions before a replacement: %q, %v", d.Text, err)
	}
}

func TestReportMapsToSource(t *testing.T) {
	d := NewDocument("a.md", "posts/a.md", []byte("\nabc"))
	if err := d.Apply(Edit{0, 1, ""}); err != nil {
		t.Fatal(err)
	}
	d.Report(Diagnostic{Span: Span{1, 2}, Fixes: []Fix{{Edits: []Edit{{1, 2, "x"}}}}})
	got := d.Diagnostics[0]
	if got.Span != (Span{2, 3}) || got.Path != "posts/a.md" || got.Replaced || got.Fixes[0].Edits[0] != (Edit{2, 3, "x"}) {
		t.Errorf("reported %+v", got)
	}
}

// FuzzOffsets applies rounds of edits made from the input, and checks that every offset of the
// text maps inside the source, and that bytes which map exactly are the same bytes.
func FuzzOffsets(f *testing.F) {
	f.Add([]byte("hello, world"), []byte{1, 2, 3, 7, 0, 2, 9, 1, 1})
	f.Add([]byte(""), []byte{0, 0, 5})
	f.Add([]byte("0123456789"), []byte{2, 2, 2, 6, 0, 3, 8, 2, 0, 255, 0, 9, 0, 1, 1})
	f.Fuzz(func(t *testing.T, source, plan []byte) {
		source, plan = source[:min(len(source), 60)], plan[:min(len(plan), 60)] // Every pair of offsets is tried.
		d := NewDocument("a", "a", source)
		for len(plan) > 0 {
			var edits []Edit
			for ; len(plan) >= 3 && plan[0] != 255; plan = plan[3:] {
				start := int(plan[0]) % (len(d.Text) + 1)
				end := min(start+int(plan[1])%4, len(d.Text))
				edits = append(edits, Edit{start, end, string(bytes.Repeat([]byte{'x'}, int(plan[2])%4))})
			}
			plan = plan[min(1, len(plan)):]
			before := d.Text
			if err := d.Apply(edits...); err != nil && !bytes.Equal(before, d.Text) {
				t.Fatalf("a refused edit changed the text: %v", err)
			}
			checkOffsets(t, d)
		}
	})
}

func checkOffsets(t *testing.T, d *Document) {
	for start := 0; start <= len(d.Text); start++ {
		for end := start; end <= min(start+5, len(d.Text)); end++ {
			s, exact := d.ToSource(Span{start, end})
			if s.Start < 0 || s.End < s.Start || s.End > len(d.Source) {
				t.Fatalf("[%d, %d) of %q maps to %v, outside %q", start, end, d.Text, s, d.Source)
			}
			if exact && end == start+1 && d.Source[s.Start] != d.Text[start] {
				t.Fatalf("byte %d of %q maps to byte %d of %q, another one", start, d.Text, s.Start, d.Source)
			}
		}
	}
	for start := 0; start <= len(d.Source); start++ {
		s, _ := d.ToText(Span{start, min(start+1, len(d.Source))})
		if s.Start < 0 || s.End < s.Start || s.End > len(d.Text) {
			t.Fatalf("byte %d of %q maps to %v, outside %q", start, d.Source, s, d.Text)
		}
	}
}
