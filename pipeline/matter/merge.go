package matter

import (
	"errors"
	"fmt"

	"copydesk/pipeline"
)

// Merge returns the edits that make the front matter say what the JSON object says, entry by entry:
// changed values are patched, new keys are added at the end, missing ones are removed with their lines.
// Equal entries keep their bytes; a JSON string equal to the spelling of a date counts as equal.
// The result has been read again, and says what json says.
func (m *Matter) Merge(json []byte) ([]pipeline.Edit, error) {
	if m.Root == nil {
		return nil, errors.New("merge front matter: there is none that can be read")
	}
	want, err := readJSON(json)
	if err != nil {
		return nil, fmt.Errorf("merge front matter: %w", err)
	}
	if want.Kind != Mapping {
		return nil, fmt.Errorf("merge front matter: the new value is a %s, not an object", want.Kind)
	}
	if same(m.Root, want) {
		return nil, nil
	}
	for _, w := range []writer{{m: m}, {m: m, safe: true}, {m: m, unalias: true}, {m: m, safe: true, unalias: true}} {
		if m.Root.Kind == Mapping {
			w.mapping(m.Root, want, nil)
		} else {
			w.put(place{value: m.Root}, want)
		}
		if err = w.err; err != nil {
			break
		}
		if err = m.verify(w.edits, want); err == nil {
			return w.edits, nil
		}
	}
	return nil, fmt.Errorf("merge front matter: %w", err)
}

// A writer collects the edits of one change of front matter.
type writer struct {
	m       *Matter
	safe    bool // spell everything in the way that is surest to be read back
	unalias bool // write values in place of aliases, since what they stand for changes
	edits   []pipeline.Edit
	err     error // the first one
}

func (w *writer) edit(start, end int, text string) {
	w.edits = append(w.edits, pipeline.Edit{Start: start, End: end, Text: text})
}

func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// A match is an entry before and after; one that is nil was added or removed.
type matched struct{ old, want *Entry }

// match pairs the entries of two mappings by key; of a key that stands more than once, first with first.
// Pairs come in the order of old, then what only want has, in its order.
func match(old, want *Node) []matched {
	places := make(map[string][]int, len(want.Entries))
	for i, e := range want.Entries {
		places[e.Key] = append(places[e.Key], i)
	}
	taken := make([]bool, len(want.Entries))
	pairs := make([]matched, 0, len(old.Entries))
	for i := range old.Entries {
		pair := matched{old: &old.Entries[i]}
		if left := places[pair.old.Key]; len(left) > 0 {
			pair.want, taken[left[0]] = &want.Entries[left[0]], true
			places[pair.old.Key] = left[1:]
		}
		pairs = append(pairs, pair)
	}
	for i := range want.Entries {
		if !taken[i] {
			pairs = append(pairs, matched{want: &want.Entries[i]})
		}
	}
	return pairs
}

// mapping changes a mapping to what another says. path are the keys from the top.
func (w *writer) mapping(old, want *Node, path []string) {
	var added []*Entry
	gone := make([]bool, 0, len(old.Entries))
	for _, pair := range match(old, want) {
		if pair.old == nil {
			added = append(added, pair.want)
			continue
		}
		gone = append(gone, pair.want == nil)
		if pair.want == nil {
			continue
		}
		if w.isTable(pair.old.Value) && pair.want.Value.Kind != pair.old.Value.Kind {
			gone[len(gone)-1] = true
			added = append(added, pair.want)
			continue
		}
		at := place{value: pair.old.Value, parent: old, entry: pair.old}
		if w.value(at, pair.want.Value, append(path[:len(path):len(path)], pair.old.Key)) {
			continue
		}
		gone[len(gone)-1] = true
		added = append(added, pair.want)
	}
	w.remove(old, gone)
	w.add(old, gone, added, path)
}

// value changes a value; ok is false when it can only be removed and written elsewhere.
func (w *writer) value(at place, want *Node, path []string) (ok bool) {
	old := at.value
	switch {
	case old.Kind == Alias && w.unalias:
		w.put(at, want)
	case same(old, want) && !w.unalias:
	case old.Kind == Mapping && want.Kind == Mapping && len(want.Entries) > 0 && len(old.Entries) > 0:
		w.mapping(old, want, path)
	case old.Kind == Sequence && want.Kind == Sequence && len(old.Items) == len(want.Items):
		before := len(w.edits)
		for i, item := range old.Items {
			if !w.value(place{value: item, parent: old}, want.Items[i], append(path[:len(path):len(path)], fmt.Sprint(i))) {
				w.edits = w.edits[:before]
				return false
			}
		}
	case w.isTable(old):
		return false
	case same(old, want):
	default:
		w.put(at, want)
	}
	return true
}

// isTable tells whether a value is a table of TOML that stands apart from its key, so that
// no single edit can replace it.
func (w *writer) isTable(n *Node) bool { return w.m.Format == TOML && n.origin != inline }

func (w *writer) put(at place, want *Node) {
	edit, err := w.replace(at, want)
	if err != nil {
		w.fail(err)
		return
	}
	w.edits = append(w.edits, edit)
}
