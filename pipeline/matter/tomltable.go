package matter

import (
	"fmt"

	"github.com/pelletier/go-toml/v2/unstable"

	"copydesk/pipeline"
)

// origin is how a table came to be, which decides what may still be added to it
// (TOML 1.0.0, "Table" and "Array of Tables").
type origin byte

const (
	inline  origin = iota // { … }: complete as it stands
	dotted                // a.b = 1: more pairs of the same table may follow, no header
	implied               // [a.b] makes a: a header of its own may follow
	headed                // [a]
	array                 // [[a]]: the sequence
)

// A layout says which lines belong to a table itself.
type layout struct {
	header pipeline.Span // [name], nothing for the top
	tail   int           // the end of the last pair below the header, or of the header
}

// add adds an entry to a table, and reports a key that it has already.
func (r *tomlReader) add(table *Node, key string, keySpan pipeline.Span, value *Node) *Node {
	if r.keys++; r.limits.Keys > 0 && r.keys == r.limits.Keys+1 {
		r.fault(overLimit(keySpan.Start, "keys", r.limits.Keys))
	}
	first := r.find(table, key)
	table.Entries = append(table.Entries, Entry{
		Key: key, KeySpan: keySpan, Value: value,
		Span: pipeline.Span{Start: keySpan.Start, End: value.Span.End},
	})
	if first >= 0 {
		r.fault(Fault{
			Kind: Duplicate, Span: keySpan, Related: []pipeline.Span{table.Entries[first].KeySpan},
			Message: fmt.Sprintf("the key %s stands here for the second time", quoted([]byte(key))),
			Equal:   equal(table.Entries[first].Value, value),
		})
	} else if index := r.index[table]; index != nil {
		index[key] = len(table.Entries) - 1
	}
	return value
}

// find gives the place of the first entry with a key, or -1.
func (r *tomlReader) find(n *Node, key string) int {
	const few = 12
	if len(n.Entries) <= few {
		for i := range n.Entries {
			if n.Entries[i].Key == key {
				return i
			}
		}
		return -1
	}
	index := r.index[n]
	if index == nil {
		index = make(map[string]int, 2*len(n.Entries))
		for i := len(n.Entries) - 1; i >= 0; i-- {
			index[n.Entries[i].Key] = i
		}
		r.index[n] = index
	}
	if i, ok := index[key]; ok {
		return i
	}
	return -1
}

// descend gives the table below a key of table, which it makes if there is none;
// nil, with a fault, when the key has a value that is no such table.
func (r *tomlReader) descend(table *Node, key *unstable.Node, how origin) *Node {
	span := r.span(key.Raw)
	if r.below++; r.below >= r.limits.Depth {
		r.fault(overLimit(span.Start, "tables inside one another", r.limits.Depth))
		return nil
	}
	if i := r.find(table, string(key.Data)); i >= 0 {
		e := &table.Entries[i]
		below := e.Value
		if below.Kind == Sequence && below.origin == array && how == implied {
			return below.Items[len(below.Items)-1]
		}
		closed := below.origin == inline || how == dotted && below.origin != dotted || below.Kind != Mapping
		if closed {
			r.fault(syntaxFault(span, "%s has a value already, and nothing can be added to it", quoted(key.Data)))
			r.faults[len(r.faults)-1].Related = []pipeline.Span{e.KeySpan}
			return nil
		}
		return below
	}
	return r.add(table, string(key.Data), span, &Node{Kind: Mapping, Span: span, origin: how})
}

// header opens the table that [a.b] or [[a.b]] names.
func (r *tomlReader) header(n *unstable.Node) {
	table := r.root
	r.below = 0
	var last *unstable.Node
	for key := n.Key(); key.Next(); {
		if last != nil && table != nil {
			table = r.descend(table, last, implied)
		}
		last = key.Node()
	}
	orphan := &Node{Kind: Mapping, origin: headed, table: &layout{}} // takes the pairs of a table that can't be
	r.table = orphan
	if table == nil || last == nil {
		return
	}
	span := r.span(last.Raw)
	header := r.headerSpan(span)
	i := r.find(table, string(last.Data))
	switch {
	case n.Kind == unstable.ArrayTable:
		r.arrayTable(table, last, i, header)
	case i < 0:
		r.table = r.add(table, string(last.Data), span, &Node{Kind: Mapping, Span: header, table: &layout{header, header.End}, origin: headed})
	case table.Entries[i].Value.origin == implied && table.Entries[i].Value.Kind == Mapping:
		r.table = table.Entries[i].Value
		r.table.origin, r.table.table = headed, &layout{header, header.End}
	default:
		r.fault(Fault{
			Kind: Duplicate, Span: span, Related: []pipeline.Span{table.Entries[i].KeySpan},
			Message: fmt.Sprintf("the key %s stands here for the second time", quoted(last.Data)),
		})
	}
}

func (r *tomlReader) arrayTable(table *Node, key *unstable.Node, i int, header pipeline.Span) {
	span := r.span(key.Raw)
	item := &Node{Kind: Mapping, Span: header, table: &layout{header, header.End}, origin: headed}
	switch {
	case i < 0:
		r.add(table, string(key.Data), span, &Node{Kind: Sequence, Span: item.Span, Items: []*Node{item}, origin: array})
	case table.Entries[i].Value.origin == array:
		list := table.Entries[i].Value
		list.Items = append(list.Items, item)
	default:
		r.fault(syntaxFault(span, "%s has a value already, which is no array of tables", quoted(key.Data)))
		r.faults[len(r.faults)-1].Related = []pipeline.Span{table.Entries[i].KeySpan}
		return
	}
	r.table = item
}

// headerSpan is the span of the header whose last key is given, with its brackets.
func (r *tomlReader) headerSpan(key pipeline.Span) pipeline.Span {
	line, _ := lineAt(r.data, key.End-r.base)
	start, end := key.Start-r.base, key.End-r.base
	for start > 0 && r.data[start-1] != '\n' {
		start--
	}
	for r.data[start] == ' ' || r.data[start] == '\t' {
		start++
	}
	for end < line.End && (r.data[end] == ' ' || r.data[end] == '\t' || r.data[end] == ']') {
		end++
	}
	for r.data[end-1] != ']' {
		end--
	}
	return pipeline.Span{Start: r.base + start, End: r.base + end}
}

// settle makes the span of each table reach from its first line to its last, wherever they stand:
// the lines of other tables may lie between them.
func settle(n *Node) {
	reach := func(span pipeline.Span) {
		if n.Span.Len() == 0 {
			n.Span = span
		}
		n.Span.Start, n.Span.End = min(n.Span.Start, span.Start), max(n.Span.End, span.End)
	}
	for i := range n.Entries {
		e := &n.Entries[i]
		if e.Value.origin != inline {
			settle(e.Value)
		}
		e.Span = pipeline.Span{Start: min(e.KeySpan.Start, e.Value.Span.Start), End: max(e.KeySpan.End, e.Value.Span.End)}
		reach(e.Span)
	}
	for _, item := range n.Items {
		settle(item)
		reach(item.Span)
	}
}
