package matter

import (
	"errors"
	"fmt"

	"copydesk/pipeline"
)

// A Pair is a key and its JSON value.
type Pair struct {
	Key   string
	Value []byte
}

// Add returns the edits that give the mapping at a JSON pointer new entries, behind those that it has. They are
// spelled in the front matter's own syntax, and the result has been read again. A key that is there already
// is an error, and so is a pointer to what is no mapping or stands behind an alias.
func (m *Matter) Add(pointer string, pairs ...Pair) ([]pipeline.Edit, error) {
	at, err := m.mappingAt(pointer)
	if err != nil {
		return nil, fmt.Errorf("add to %q: %w", pointer, err)
	}
	grown := *at.value
	grown.Entries = append([]Entry(nil), at.value.Entries...)
	var added []*Entry
	for _, p := range pairs {
		value, err := readJSON(p.Value)
		if err != nil {
			return nil, fmt.Errorf("add %q to %q: %w", p.Key, pointer, err)
		}
		if grown.Entry(p.Key) != nil {
			return nil, fmt.Errorf("add %q to %q: the key is there already", p.Key, pointer)
		}
		e := Entry{Key: p.Key, Value: value}
		grown.Entries = append(grown.Entries, e)
		added = append(added, &e)
	}
	expected := replaced(m.Root, tokens(pointer), &grown)
	for _, safe := range []bool{false, true} {
		w := writer{m: m, safe: safe}
		w.add(at.value, make([]bool, len(at.value.Entries)), added, tokens(pointer))
		if err = w.err; err != nil {
			break
		}
		if err = m.verify(w.edits, expected); err == nil {
			return w.edits, nil
		}
	}
	return nil, fmt.Errorf("add to %q: %w", pointer, err)
}

// Fill returns the edits that give the front matter the entries of a mapping whose keys it lacks.
func (m *Matter) Fill(more *Node) ([]pipeline.Edit, error) {
	if m.Root == nil {
		return nil, m.unreadable()
	}
	var pairs []Pair
	for _, e := range more.Entries {
		if m.Root.Entry(e.Key) == nil {
			pairs = append(pairs, Pair{e.Key, AppendJSON(nil, e.Value, nil)})
		}
	}
	if len(pairs) == 0 {
		return nil, nil
	}
	return m.Add("", pairs...)
}

// Rename returns the edit that calls the key of the value at a JSON pointer something else. The result has been
// read again. A name that another key has is an error.
func (m *Matter) Rename(pointer, name string) (pipeline.Edit, error) {
	edit, err := m.rename(pointer, name)
	if err != nil {
		return edit, fmt.Errorf("rename %q: %w", pointer, err)
	}
	return edit, nil
}

func (m *Matter) rename(pointer, name string) (pipeline.Edit, error) {
	if m.Root == nil {
		return pipeline.Edit{}, errors.New("there is no front matter that can be read")
	}
	at, err := m.locate(pointer)
	switch {
	case err != nil:
		return pipeline.Edit{}, err
	case at.entry == nil:
		return pipeline.Edit{}, errors.New("an item of a list has no key")
	case at.parent.Entry(name) != nil:
		return pipeline.Edit{}, fmt.Errorf("there is a key %q already", name)
	}
	for i := range at.parent.Entries {
		if e := &at.parent.Entries[i]; e.Key == at.entry.Key && e.KeySpan != at.entry.KeySpan {
			return pipeline.Edit{}, errors.New("the key is there twice")
		}
	}
	path := tokens(pointer)
	renamed := *at.parent
	renamed.Entries = append([]Entry(nil), at.parent.Entries...)
	renamed.Entry(at.entry.Key).Key = name
	expected := replaced(m.Root, path[:len(path)-1], &renamed)
	for _, safe := range []bool{false, true} {
		w := writer{m: m, safe: safe}
		edit := pipeline.Edit{Start: at.entry.KeySpan.Start, End: at.entry.KeySpan.End, Text: w.spellKey(name, at.parent)}
		if err = m.verify([]pipeline.Edit{edit}, expected); err == nil {
			return edit, nil
		}
	}
	return pipeline.Edit{}, err
}

// spellKey spells a key of a mapping.
func (w *writer) spellKey(key string, in *Node) string {
	switch w.m.Format {
	case JSON:
		return w.spellJSON(&Node{Kind: String, Value: key})
	case TOML:
		return spellKeyTOML(key)
	}
	return w.spellKeyYAML(key, w.isFlow(in))
}

// mappingAt finds a mapping that stands in the source itself.
func (m *Matter) mappingAt(pointer string) (place, error) {
	if m.Root == nil {
		return place{}, errors.New("there is no front matter that can be read")
	}
	at, err := m.locate(pointer)
	if err == nil && at.value.Kind != Mapping {
		err = fmt.Errorf("it is a %s, not a mapping", at.value.Kind)
	}
	return at, err
}
