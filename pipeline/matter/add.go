package matter

import (
	"errors"
	"slices"
	"strings"
)

// add writes entries behind the last one of a mapping: gone tells which of those it has are removed.
func (w *writer) add(n *Node, gone []bool, entries []*Entry, path []string) {
	if len(entries) == 0 {
		return
	}
	switch {
	case w.inBraces(n):
		w.addListed(n, gone, entries)
	case w.m.Format == TOML:
		w.addTOML(n, entries, path)
	default:
		w.addYAML(n, entries)
	}
}

// addYAML writes entries as lines at the column of the mapping's keys.
func (w *writer) addYAML(n *Node, entries []*Entry) {
	at, indent := w.m.Raw.End, ""
	if len(n.Entries) > 0 {
		last := n.Entries[len(n.Entries)-1]
		at, indent = w.lineEnd(last.Span.End), w.indentOf(n.Entries[0].KeySpan.Start)
	}
	text := w.missingBreak(at)
	for _, e := range entries {
		text += indent + w.spellKeyYAML(e.Key, false) + ": " + w.spellYAML(e.Value, nil, false) + w.lineBreak()
	}
	w.edit(at, at, text)
}

// missingBreak is a line break where an offset is not the start of a line.
func (w *writer) missingBreak(at int) string {
	if w.lineStart(at) != at {
		return w.lineBreak()
	}
	return ""
}

// addListed writes entries into a mapping in braces, laid out as the first one is.
func (w *writer) addListed(n *Node, gone []bool, entries []*Entry) {
	kept := -1
	for i := range n.Entries {
		if !gone[i] {
			kept = i
		}
	}
	at := n.Span.Start + 1
	between, first := ", ", ""
	if len(n.Entries) > 0 {
		before := string(w.m.Text[n.Span.Start+1 : n.Entries[0].KeySpan.Start])
		if strings.ContainsAny(before, "\n\r") && strings.TrimSpace(before) == "" {
			between = "," + before
		}
		at = n.Entries[0].KeySpan.Start
	} else if w.m.Format == JSON && strings.ContainsAny(string(n.Span.Of(w.m.Text)), "\n\r") {
		between, first = ","+w.lineBreak(), w.lineBreak()
	}
	if kept >= 0 {
		at = n.Entries[kept].Span.End
	}
	text := first
	for i, e := range entries {
		if i > 0 || kept >= 0 {
			text += between
		}
		text += w.pair(e)
	}
	w.edit(at, at, text)
}

// pair spells a key and its value for a mapping in braces.
func (w *writer) pair(e *Entry) string {
	switch w.m.Format {
	case JSON:
		key := &Node{Kind: String, Value: e.Key}
		return w.spellJSON(key) + ": " + w.spellJSON(e.Value)
	case TOML:
		text, err := w.spellTOML(e.Value, nil)
		w.fail(err)
		return spellKeyTOML(e.Key) + " = " + text
	}
	return w.spellKeyYAML(e.Key, true) + ": " + w.spellYAML(e.Value, nil, true)
}

// addTOML writes entries behind the last pair of a table.
func (w *writer) addTOML(n *Node, entries []*Entry, path []string) {
	at, prefix, text := 0, "", ""
	switch n.origin {
	case inline: // the top
		if at = w.m.Raw.Start; n.table != nil {
			at = w.lineEnd(n.table.tail)
		}
	case headed:
		at = w.lineEnd(n.table.tail)
	case dotted:
		if len(n.Entries) == 0 {
			w.fail(errors.New("there is no place for a new key"))
			return
		}
		last := n.Entries[len(n.Entries)-1]
		at = w.lineEnd(last.Span.End)
		prefix = string(w.m.Text[w.lineStart(last.KeySpan.Start):last.KeySpan.Start])
	default: // The table has no lines of its own: it gets a header.
		at = w.m.Raw.End
		keys := slices.Clone(path)
		for i := range keys {
			keys[i] = spellKeyTOML(keys[i])
		}
		text = w.lineBreak() + "[" + strings.Join(keys, ".") + "]" + w.lineBreak()
	}
	text = w.missingBreak(at) + text
	for _, e := range entries {
		text += prefix + w.pair(e) + w.lineBreak()
	}
	w.edit(at, at, text)
}
