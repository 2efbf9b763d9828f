package pipeline

import "sort"

// A run is a stretch of bytes that Text has in common with Source.
type run struct{ text, source, n int }

// offsets relates the offsets of Text to those of Source: the kept runs in order,
// everything between two runs having been replaced, deleted or inserted.
type offsets []run

// after returns the map of the text that results from sorted edits.
func (o offsets) after(sorted []Edit, size int) offsets {
	var out offsets
	next, shift := 0, 0
	keep := func(from, to int) {
		for ; next < len(o) && o[next].text < to; next++ {
			r := o[next]
			start, end := max(from, r.text), min(to, r.text+r.n)
			if start < end {
				out = append(out, run{start + shift, r.source + start - r.text, end - start})
			}
			if r.text+r.n > to {
				break
			}
		}
	}
	at := 0
	for _, e := range sorted {
		keep(at, e.Start)
		shift += len(e.Text) - (e.End - e.Start)
		at = e.End
	}
	keep(at, size)
	return out
}

// toSource maps a span of Text to the span of Source that it came from, in a source of size bytes.
// A byte inside a replaced region maps to the whole region; exact is false then.
func (o offsets) toSource(s Span, size int) (source Span, exact bool) {
	return o.project(s, size, func(r run) (from, to int) { return r.text, r.source })
}

// toText is the reverse of toSource, for a text of size bytes.
func (o offsets) toText(s Span, size int) (text Span, exact bool) {
	return o.project(s, size, func(r run) (from, to int) { return r.source, r.text })
}

func (o offsets) project(s Span, size int, of func(run) (from, to int)) (Span, bool) {
	if s.Len() <= 0 {
		return o.between(s.Start, size, of)
	}
	start, exactStart := o.point(s.Start, size, of)
	end, exactEnd := o.point(s.End-1, size, of)
	return Span{start.Start, max(start.Start, end.End)}, exactStart && exactEnd
}

// before is the index of the last run that begins at or before offset; -1 when there is none.
func (o offsets) before(offset int, of func(run) (from, to int)) int {
	return sort.Search(len(o), func(i int) bool {
		from, _ := of(o[i])
		return from > offset
	}) - 1
}

// point maps one byte: to itself where it was kept, to the replaced region where not.
func (o offsets) point(offset, size int, of func(run) (from, to int)) (Span, bool) {
	i := o.before(offset, of)
	gap := Span{0, size}
	if i >= 0 {
		from, to := of(o[i])
		if offset < from+o[i].n {
			return Span{to + offset - from, to + offset - from + 1}, true
		}
		gap.Start = to + o[i].n
	}
	if i+1 < len(o) {
		_, gap.End = of(o[i+1])
	}
	return gap, false
}

// between maps the empty place before the byte at offset: exactly where a kept byte touches it.
func (o offsets) between(offset, size int, of func(run) (from, to int)) (Span, bool) {
	if i := o.before(offset, of); i >= 0 {
		if from, to := of(o[i]); offset <= from+o[i].n {
			return Span{to + offset - from, to + offset - from}, true
		}
	}
	return o.point(offset, size, of)
}
