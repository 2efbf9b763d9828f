package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

// atPlace is what a value says, at the place where it is written: of an alias of YAML for a scalar a copy
// of the scalar that stands where the alias does, else the value itself.
func atPlace(n *matter.Node) *matter.Node {
	target := n.Resolve()
	if n.Kind != matter.Alias || target == nil || target.Kind == matter.Mapping || target.Kind == matter.Sequence {
		return n
	}
	return &matter.Node{Kind: target.Kind, Span: n.Span, Value: target.Value, Quoted: target.Quoted}
}

// topEntries visits the entries at the top whose key is one of the names, in whatever case, with what
// their values mean.
func topEntries(m *matter.Matter, keys []string, visit func(e *matter.Entry)) {
	root := m.Root.Resolve()
	if root == nil {
		return
	}
	for i := range root.Entries {
		if hasFold(keys, root.Entries[i].Key) {
			e := &root.Entries[i]
			if v := atPlace(e.Value); v != e.Value {
				e = &matter.Entry{Key: e.Key, KeySpan: e.KeySpan, Span: e.Span, Value: v}
			}
			visit(e)
		}
	}
}

// removeItem is the edit that takes an item out of a sequence that stands in the source itself: with its line,
// or with the comma beside it. It is not ok for the only item, and where something else stands between.
func removeItem(m *matter.Matter, list *matter.Node, i int) (edit pipeline.Edit, ok bool) {
	item := list.Items[i].Span
	if len(list.Items) < 2 || list.Items[i].Anchor != "" || list.Span.Len() == 0 {
		return edit, false
	}
	if m.Text[list.Span.Start] != '[' {
		dash := item.Start
		for dash > list.Span.Start && (m.Text[dash-1] == ' ' || m.Text[dash-1] == '\t') {
			dash--
		}
		if dash == list.Span.Start || m.Text[dash-1] != '-' {
			return edit, false
		}
		return wholeLines(m.Text, pipeline.Span{Start: dash - 1, End: item.End})
	}
	edit = pipeline.Edit{Start: item.Start, End: list.Items[min(i+1, len(list.Items)-1)].Span.Start}
	between := pipeline.Span{Start: item.End, End: edit.End}
	if i > 0 {
		edit = pipeline.Edit{Start: list.Items[i-1].Span.End, End: item.End}
		between = pipeline.Span{Start: edit.Start, End: item.Start}
	}
	if between.Len() <= 0 || strings.Trim(string(between.Of(m.Text)), " \t\r\n") != "," {
		return edit, false
	}
	return edit, true
}

// itemFix is the fix that removes an item of the list behind a top key.
func itemFix(m *matter.Matter, e *matter.Entry, i int, safety pipeline.Safety) []pipeline.Fix {
	edit, ok := removeItem(m, e.Value, i)
	if !ok {
		return nil
	}
	// The items behind it move up: all of the list is declared.
	return []pipeline.Fix{{Title: "remove it", Safety: safety, Keys: []string{matter.Pointer("", e.Key)}, Edits: []pipeline.Edit{edit}}}
}

// entryFix is the fix that removes a top entry with its lines.
func entryFix(m *matter.Matter, e *matter.Entry) []pipeline.Fix {
	edit, _, ok := removeEntry(m, e.KeySpan)
	inBraces := m.Root.Span.Len() > 0 && m.Text[m.Root.Span.Start] == '{'
	if !ok || !inBraces && edit.Start > 0 && m.Text[edit.Start-1] != '\n' && m.Text[edit.Start-1] != '\r' {
		return nil // A comment would be left behind.
	}
	return []pipeline.Fix{{Title: "remove the entry", Safety: pipeline.Unsafe, Keys: []string{matter.Pointer("", e.Key)}, Edits: []pipeline.Edit{edit}}}
}

// eachDate visits the dates behind top keys, whatever their spelling.
func eachDate(p *lint.Pass, keys []string, visit func(e *matter.Entry, d matter.DateText)) {
	topEntries(p.Matter(), keys, func(e *matter.Entry) {
		switch e.Value.Kind {
		case matter.String, matter.Date, matter.DateTime, matter.LocalDateTime:
			if d, ok := matter.ReadDate(e.Value.Value); ok && !d.Time.IsZero() {
				visit(e, d)
			}
		}
	})
}
