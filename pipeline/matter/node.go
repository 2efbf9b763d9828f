package matter

import "copydesk/pipeline"

// Kind is the type of a value.
type Kind string

// The kinds of value. Dates of YAML are what the source wrote without quotes in the form of a
// YAML 1.1 timestamp; TOML has four kinds of its own.
const (
	Mapping       Kind = "mapping"
	Sequence      Kind = "sequence"
	String        Kind = "string"
	Int           Kind = "int"
	Float         Kind = "float"
	Bool          Kind = "bool"
	Null          Kind = "null"
	DateTime      Kind = "datetime"       // with a zone
	LocalDateTime Kind = "datetime-local" // without one
	Date          Kind = "date"
	Time          Kind = "time"
	Alias         Kind = "alias" // YAML *name; Target is what it stands for
)

// A Node is one value of front matter (or of any YAML, TOML or JSON text) with its place.
type Node struct {
	Kind Kind
	// Span is the value in the text: a scalar with its quotes, a flow collection with its brackets,
	// a block collection from its first entry to its last. An implicit null is an empty span after its key.
	Span pipeline.Span
	// Value is what a scalar says: a string decoded, every other kind as the source spells it.
	Value   string
	Quoted  bool    // a string in quotes, a literal or a folded block
	Tag     string  // an explicit YAML tag, "!x"
	Anchor  string  // a YAML anchor, without the &
	Target  *Node   // of an alias
	Entries []Entry // of a mapping, in source order, duplicates included
	Items   []*Node // of a sequence

	origin origin  // of a TOML table or array of tables
	table  *layout // of a TOML table that has lines of its own
}

// An Entry is one key and value of a mapping.
type Entry struct {
	Key     string
	KeySpan pipeline.Span // the key with its quotes
	Span    pipeline.Span // the key to the end of the value
	Value   *Node
}

// Resolve follows aliases to the value that they stand for.
func (n *Node) Resolve() *Node {
	for n != nil && n.Kind == Alias {
		n = n.Target
	}
	return n
}

// Entry returns the entry of a mapping with the key, the last one where there are several,
// or nil when there is none or n is nil or not a mapping.
func (n *Node) Entry(key string) *Entry {
	n = n.Resolve()
	if n == nil {
		return nil
	}
	for i := len(n.Entries) - 1; i >= 0; i-- {
		if n.Entries[i].Key == key {
			return &n.Entries[i]
		}
	}
	return nil
}

// Get returns the value of a key, or nil.
func (n *Node) Get(key string) *Node {
	if e := n.Entry(key); e != nil {
		return e.Value.Resolve()
	}
	return nil
}

// Text is what a scalar says, or "" for a collection or nil.
func (n *Node) Text() string {
	if n = n.Resolve(); n == nil {
		return ""
	}
	return n.Value
}
