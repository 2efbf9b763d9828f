package matter

import (
	"bytes"
	"fmt"

	"copydesk/pipeline"
)

// duplicates reports the keys that a mapping has more than once, at each later one.
func duplicates(n *Node) []Fault {
	var faults []Fault
	report := func(first, later *Entry) {
		faults = append(faults, Fault{
			Kind: Duplicate, Span: later.KeySpan, Related: []pipeline.Span{first.KeySpan},
			Message: fmt.Sprintf("the key %s stands here for the second time", quoted([]byte(later.Key))),
			Equal:   equal(first.Value, later.Value),
		})
	}
	if len(n.Entries) <= 12 { // As fast as a map, and without one.
		for i := range n.Entries {
			for j := range i {
				if n.Entries[i].Key == n.Entries[j].Key {
					report(&n.Entries[j], &n.Entries[i])
					break
				}
			}
		}
		return faults
	}
	first := make(map[string]int, len(n.Entries))
	for i := range n.Entries {
		if j, have := first[n.Entries[i].Key]; have {
			report(&n.Entries[j], &n.Entries[i])
			continue
		}
		first[n.Entries[i].Key] = i
	}
	return faults
}

// equal tells whether two values say the same in JSON, keys in the same order. It takes no longer
// than the smaller of the two is.
func equal(a, b *Node) bool {
	a, b = a.Resolve(), b.Resolve()
	if a == nil || b == nil || a.Kind == Mapping || a.Kind == Sequence || b.Kind == Mapping || b.Kind == Sequence {
		return a == b || a != nil && b != nil && a.Kind == b.Kind && equalParts(a, b)
	}
	return a.Kind == b.Kind && a.Value == b.Value || bytes.Equal(AppendJSON(nil, a, nil), AppendJSON(nil, b, nil))
}

func equalParts(a, b *Node) bool {
	if len(a.Entries) != len(b.Entries) || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.Entries {
		if a.Entries[i].Key != b.Entries[i].Key || !equal(a.Entries[i].Value, b.Entries[i].Value) {
			return false
		}
	}
	for i := range a.Items {
		if !equal(a.Items[i], b.Items[i]) {
			return false
		}
	}
	return true
}
