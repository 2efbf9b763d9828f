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

// equal tells whether two values say the same.
func equal(a, b *Node) bool {
	return bytes.Equal(AppendJSON(nil, a, nil), AppendJSON(nil, b, nil))
}
