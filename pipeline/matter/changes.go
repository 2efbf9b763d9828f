package matter

import (
	"errors"

	"copydesk/pipeline"
)

// A Change is one of what Patch, Add and Rename do.
type Change struct {
	Pointer string
	Value   []byte // the new JSON value; or
	Pairs   []Pair // the entries to add to the mapping; or
	Name    string // the new name of its key
}

// maxAlone is how many of several changes are tried one by one when they do not go together.
const maxAlone = 20

// Changes gives the edits of each of several changes, nil for one that can't be made. What Patch, Add and Rename promise
// holds for all of them together, or, where they do not go together, for each alone. It takes the time
// of one change, however many there are.
func (m *Matter) Changes(list []Change) [][]pipeline.Edit {
	out := make([][]pipeline.Edit, len(list))
	if m.Root == nil || len(list) == 0 {
		return out
	}
	for _, safe := range []bool{false, true} {
		var all []pipeline.Edit
		c := changer{m: m, safe: safe, copies: map[*Node]*Node{}}
		expected := c.copy(m.Root)
		for i := range list {
			out[i], _ = c.change(&list[i])
			all = append(all, out[i]...)
		}
		if m.verify(all, expected) == nil {
			return out
		}
	}
	for i := range list {
		out[i] = nil
		if i < maxAlone {
			out[i] = m.alone(&list[i])
		}
	}
	return out
}

// alone makes one change, nil when it can't be made.
func (m *Matter) alone(c *Change) []pipeline.Edit {
	switch {
	case c.Value != nil:
		if edit, err := m.Patch(c.Pointer, c.Value); err == nil {
			return []pipeline.Edit{edit}
		}
	case c.Name != "":
		if edit, err := m.Rename(c.Pointer, c.Name); err == nil {
			return []pipeline.Edit{edit}
		}
	default:
		if edits, err := m.Add(c.Pointer, c.Pairs...); err == nil {
			return edits
		}
	}
	return nil
}

// A changer makes edits, and the same changes in a copy of the tree.
type changer struct {
	m      *Matter
	safe   bool
	copies map[*Node]*Node
}

// copy copies a tree. What aliases stand for stays what it was: a change of it is no change that was asked for.
func (c *changer) copy(n *Node) *Node {
	if n == nil {
		return nil
	}
	made := *n
	made.Entries = append([]Entry(nil), n.Entries...)
	for i := range made.Entries {
		made.Entries[i].Value = c.copy(made.Entries[i].Value)
	}
	made.Items = append([]*Node(nil), n.Items...)
	for i := range made.Items {
		made.Items[i] = c.copy(made.Items[i])
	}
	c.copies[n] = &made
	return &made
}

// change makes one change; nothing is changed in the copy when it can't be made.
func (c *changer) change(change *Change) ([]pipeline.Edit, error) {
	at, err := c.m.locate(change.Pointer)
	if err != nil {
		return nil, err
	}
	w := writer{m: c.m, safe: c.safe}
	switch {
	case change.Value != nil:
		return c.set(&w, at, change.Value)
	case change.Name != "":
		return c.rename(&w, at, change.Name)
	}
	return c.add(&w, at, change)
}

func (c *changer) set(w *writer, at place, json []byte) ([]pipeline.Edit, error) {
	want, err := readJSON(json)
	if err != nil {
		return nil, err
	}
	edit, err := w.replace(at, want)
	switch {
	case err != nil:
		return nil, err
	case at.parent == nil:
		return nil, errors.New("it is the whole front matter")
	case at.entry != nil:
		c.copies[at.parent].Entries[at.index].Value = want
	default:
		c.copies[at.parent].Items[at.index] = want
	}
	return []pipeline.Edit{edit}, nil
}

func (c *changer) rename(w *writer, at place, name string) ([]pipeline.Edit, error) {
	if at.entry == nil || c.copies[at.parent].Entry(name) != nil {
		return nil, errors.New("there is no such key, or one of that name already")
	}
	c.copies[at.parent].Entries[at.index].Key = name
	return []pipeline.Edit{{Start: at.entry.KeySpan.Start, End: at.entry.KeySpan.End, Text: w.spellKey(name, at.parent)}}, nil
}

func (c *changer) add(w *writer, at place, change *Change) ([]pipeline.Edit, error) {
	if at.value.Kind != Mapping {
		return nil, errors.New("it is no mapping")
	}
	var added []*Entry
	for _, p := range change.Pairs {
		want, err := readJSON(p.Value)
		if err != nil {
			return nil, err
		}
		added = append(added, &Entry{Key: p.Key, Value: want})
	}
	w.add(at.value, make([]bool, len(at.value.Entries)), added, tokens(change.Pointer))
	if w.err != nil {
		return nil, w.err
	}
	grown := c.copies[at.value]
	for _, e := range added {
		grown.Entries = append(grown.Entries, *e)
	}
	return w.edits, nil
}
