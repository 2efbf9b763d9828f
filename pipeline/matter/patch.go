package matter

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"copydesk/pipeline"
)

// Patch returns the edit that gives the value at a JSON pointer the new JSON value, which is spelled in
// the front matter's own syntax and in the style of the old value where that can be; nothing else changes.
// The result has been read again: an edit that would change any other value is an error, and so is
// a pointer to nothing.
func (m *Matter) Patch(pointer string, json []byte) (pipeline.Edit, error) {
	if m.Root == nil {
		return pipeline.Edit{}, fmt.Errorf("patch %q: there is no front matter that can be read", pointer)
	}
	want, err := readJSON(json)
	if err != nil {
		return pipeline.Edit{}, fmt.Errorf("patch %q: %w", pointer, err)
	}
	place, err := m.locate(pointer)
	if err != nil {
		return pipeline.Edit{}, fmt.Errorf("patch %q: %w", pointer, err)
	}
	expected := replaced(m.Root, tokens(pointer), want)
	for _, safe := range []bool{false, true} {
		w := writer{m: m, safe: safe}
		var edit pipeline.Edit
		if edit, err = w.replace(place, want); err != nil {
			break
		}
		if err = m.verify([]pipeline.Edit{edit}, expected); err == nil {
			return edit, nil
		}
	}
	return pipeline.Edit{}, fmt.Errorf("patch %q: %w", pointer, err)
}

// readJSON reads one JSON value.
func readJSON(json []byte) (*Node, error) {
	want, faults := Parse(json, JSON)
	if want == nil || len(faults) > 0 {
		return nil, fmt.Errorf("read the new value: %s", faults[0].Message)
	}
	if len(want.Span.Of(json)) == 0 {
		return nil, errors.New("read the new value: it is empty")
	}
	return want, nil
}

// tokens are the keys and numbers of a JSON pointer.
func tokens(pointer string) []string {
	if pointer == "" {
		return nil
	}
	split := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i := range split {
		split[i] = unescape(split[i])
	}
	return split
}

// A place is a value with what stands around it.
type place struct {
	value  *Node
	parent *Node // the collection that it is in, nil at the top
	entry  *Entry
	index  int // of the entry or item in it
}

// locate finds the place of a value that stands in the source itself, not behind an alias.
func (m *Matter) locate(pointer string) (place, error) {
	if pointer != "" && pointer[0] != '/' {
		return place{}, errors.New("a pointer begins with a slash")
	}
	at := place{value: m.Root}
	for _, token := range tokens(pointer) {
		n := at.value
		if n.Kind == Alias {
			return place{}, fmt.Errorf("it stands behind the alias *%s", n.Value)
		}
		next := place{parent: n}
		if n.Kind == Sequence {
			if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(n.Items) && strconv.Itoa(i) == token {
				next.value, next.index = n.Items[i], i
			}
		} else {
			for i := range n.Entries { // The last one counts.
				if e := &n.Entries[i]; e.Key == token {
					next.value, next.entry, next.index = e.Value, e, i
				}
			}
		}
		if next.value == nil {
			return place{}, errors.New("there is no such value")
		}
		at = next
	}
	return at, nil
}

// replaced is a copy of the tree with another value at a place; where a key stands twice, at the last.
func replaced(n *Node, path []string, want *Node) *Node {
	if len(path) == 0 {
		return want
	}
	c := *n
	if n.Kind == Sequence {
		c.Items = append([]*Node(nil), n.Items...)
		for i, item := range c.Items {
			if fmt.Sprint(i) == path[0] {
				c.Items[i] = replaced(item, path[1:], want)
			}
		}
		return &c
	}
	c.Entries = append([]Entry(nil), n.Entries...)
	for i := len(c.Entries) - 1; i >= 0; i-- {
		if c.Entries[i].Key == path[0] {
			c.Entries[i].Value = replaced(c.Entries[i].Value, path[1:], want)
			break
		}
	}
	return &c
}

// verify reads the front matter with the edits carried out, and compares it with what it is to say.
func (m *Matter) verify(edits []pipeline.Edit, expected *Node) error {
	sorted, err := pipeline.SortEdits(edits, len(m.Text))
	if err != nil {
		return err
	}
	var text []byte
	at := 0
	for _, e := range sorted {
		text = append(append(text, m.Text[at:e.Start]...), e.Text...)
		at = e.End
	}
	text = append(text, m.Text[at:m.Close.End]...)
	env, _ := Split(text)
	grown := len(text) - m.Close.End
	if env.Format != m.Format || env.Raw.Start != m.Raw.Start || env.Raw.End != m.Raw.End+grown {
		return errors.New("the new value would end the front matter")
	}
	root, faults := parse(text, env.Raw, m.Format, frontMatterLimits)
	if root == nil {
		return fmt.Errorf("the new value can't stand there: %s", faults[0].Message)
	}
	if !same(root, expected) {
		return errors.New("another value would change with it")
	}
	return nil
}

// same tells whether two values say the same, whatever the order of keys.
func same(a, b *Node) bool {
	a, b = a.Resolve(), b.Resolve()
	if a == nil || b == nil {
		return a == b
	}
	switch {
	case a.Kind == Mapping && b.Kind == Mapping:
		return sameEntries(a, b)
	case a.Kind == Sequence && b.Kind == Sequence:
		if len(a.Items) != len(b.Items) {
			return false
		}
		for i := range a.Items {
			if !same(a.Items[i], b.Items[i]) {
				return false
			}
		}
		return true
	}
	return equal(a, b)
}

func sameEntries(a, b *Node) bool {
	if len(a.Entries) != len(b.Entries) {
		return false
	}
	for _, pair := range match(a, b) {
		if pair.old == nil || pair.want == nil || !same(pair.old.Value, pair.want.Value) {
			return false
		}
	}
	return true
}
