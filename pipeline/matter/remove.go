package matter

// remove takes entries out of a mapping: gone tells which.
func (w *writer) remove(n *Node, gone []bool) {
	if w.inBraces(n) {
		w.removeListed(n, gone)
		return
	}
	for i := range n.Entries {
		if !gone[i] {
			continue
		}
		e := n.Entries[i]
		if w.m.Format == TOML {
			w.removeTOML(e)
			continue
		}
		start := w.lineStart(e.KeySpan.Start)
		switch {
		case isBlank(w.m.Text[start:e.KeySpan.Start]):
			w.edit(start, max(w.lineEnd(e.Span.End), e.Span.End), "")
		case i+1 < len(n.Entries): // The key stands behind a dash: the next one takes its place.
			w.edit(e.KeySpan.Start, n.Entries[i+1].KeySpan.Start, "")
		default:
			w.edit(e.KeySpan.Start, e.Span.End, "{}")
		}
	}
}

// inBraces tells whether the entries of a mapping are separated by commas.
func (w *writer) inBraces(n *Node) bool {
	switch w.m.Format {
	case JSON:
		return true
	case TOML:
		return n.origin == inline && n != w.m.Root
	}
	return w.isFlow(n)
}

// removeListed takes entries out of a mapping in braces, each with one comma.
func (w *writer) removeListed(n *Node, gone []bool) {
	kept := -1
	for i := 0; i < len(n.Entries); i++ {
		if !gone[i] {
			kept = i
			continue
		}
		first := i
		for i+1 < len(n.Entries) && gone[i+1] {
			i++
		}
		start := n.Entries[first].KeySpan.Start
		switch {
		case i+1 < len(n.Entries):
			w.edit(start, n.Entries[i+1].KeySpan.Start, "")
		case kept >= 0:
			w.edit(n.Entries[kept].Span.End, n.Entries[i].Span.End, "")
		default:
			w.edit(start, n.Entries[i].Span.End, "")
		}
	}
}

// removeTOML takes the lines of a value away, wherever the lines of a table stand.
func (w *writer) removeTOML(e Entry) {
	switch v := e.Value; {
	case v.origin == inline:
		w.edit(w.lineStart(e.KeySpan.Start), w.lineEnd(e.Span.End), "")
	case v.Kind == Sequence:
		for _, item := range v.Items {
			w.removeTable(item)
		}
	default:
		w.removeTable(v)
	}
}

func (w *writer) removeTable(n *Node) {
	if n.table != nil {
		w.edit(w.lineStart(n.table.header.Start), w.lineEnd(n.table.header.End), "")
	}
	for _, e := range n.Entries {
		w.removeTOML(e)
	}
}
