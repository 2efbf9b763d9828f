package matter

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/pelletier/go-toml/v2/unstable"

	"copydesk/pipeline"
)

// A Renaming gives a key at the top of front matter another name.
type Renaming struct{ From, To string }

// A Left is a place that was left as it is, and why.
type Left struct {
	Span    pipeline.Span // in the text
	Message string        // in plain words, lower case, no full stop
}

// RenameKeys returns the edits that give keys at the top other names, all at once: two keys may change places. Nothing but
// the keys changes. A key is left where another has the new name already. The result has been read again.
func (m *Matter) RenameKeys(names []Renaming) (edits []pipeline.Edit, left []Left, err error) {
	if m.Format == None {
		return nil, nil, nil
	}
	if m.Root == nil {
		return nil, nil, m.unreadable()
	}
	if m.Root.Kind != Mapping {
		return nil, nil, errors.New("it is not a mapping of keys to values")
	}
	to, left := m.newNames(names)
	if len(to) == 0 {
		return nil, left, nil
	}
	expected := *m.Root
	expected.Entries = append([]Entry(nil), m.Root.Entries...)
	for i, e := range expected.Entries {
		if name, renamed := to[e.Key]; renamed {
			expected.Entries[i].Key = name
		}
	}
	for _, safe := range []bool{false, true} {
		w := writer{m: m, safe: safe}
		edits = w.rename(to)
		if err = m.verify(edits, &expected); err == nil {
			return edits, left, nil
		}
	}
	return nil, nil, err
}

// newNames are the new names of the keys that get one.
func (m *Matter) newNames(names []Renaming) (to map[string]string, left []Left) {
	to = map[string]string{}
	taken := map[string]string{} // by the new name, who has it
	leaving := map[string]bool{}
	for _, e := range m.Root.Entries {
		taken[e.Key] = e.Key
	}
	for _, r := range names {
		leaving[r.From] = r.From != r.To
	}
	for again := true; again; { // A key that must stay may be in another's way.
		again = false
		clear(to)
		left = nil
		given := map[string]string{}
		for _, r := range names {
			e := m.Root.Entry(r.From)
			if e == nil || r.From == r.To || to[r.From] != "" {
				continue
			}
			_, there := taken[r.To]
			before, twice := given[r.To]
			switch {
			case there && !leaving[r.To]:
				before = r.To
			case !twice:
				to[r.From], given[r.To] = r.To, r.From
				continue
			}
			left = append(left, Left{e.KeySpan, fmt.Sprintf("the key %s is not renamed %s: %s is there, too", quoted([]byte(r.From)), quoted([]byte(r.To)), quoted([]byte(before)))})
			again = again || leaving[r.From]
			leaving[r.From] = false
		}
	}
	return to, left
}

// rename writes the new names.
func (w *writer) rename(to map[string]string) (edits []pipeline.Edit) {
	put := func(key string, at pipeline.Span) {
		name, renamed := to[key]
		if !renamed {
			return
		}
		edits = append(edits, pipeline.Edit{Start: at.Start, End: at.End, Text: w.spellKey(name, w.m.Root)})
	}
	if w.m.Format == TOML {
		w.m.firstKeys(put)
		return edits
	}
	for _, e := range w.m.Root.Entries {
		put(e.Key, e.KeySpan)
	}
	return edits
}

// firstKeys visits the keys at the top of TOML wherever they stand: the first part of each header's and, above
// the first header, of each pair's.
func (m *Matter) firstKeys(visit func(key string, at pipeline.Span)) {
	data := lineFeeds(m.Raw.Of(m.Text))
	start := m.Raw.Start
	if bytes.HasPrefix(data, []byte(byteOrderMark)) {
		data, start = data[len(byteOrderMark):], start+len(byteOrderMark)
	}
	parser := unstable.Parser{}
	parser.Reset(data)
	for top := true; parser.NextExpression(); {
		n := parser.Expression()
		switch n.Kind {
		case unstable.Table, unstable.ArrayTable:
			top = false
		case unstable.KeyValue:
			if !top {
				continue
			}
		default:
			continue
		}
		if key := n.Key(); key.Next() {
			raw := key.Node().Raw
			at := start + int(raw.Offset)
			visit(string(key.Node().Data), pipeline.Span{Start: at, End: at + int(raw.Length)})
		}
	}
}

// unreadable tells why there are no values.
func (m *Matter) unreadable() error {
	for _, f := range m.Faults {
		if f.Unreadable() {
			at := pipeline.NewLines(m.Text).At(f.Span.Start, pipeline.CodePoints)
			return fmt.Errorf("line %d: %s", at.Line, f.Message)
		}
	}
	return errors.New("it can't be read")
}
