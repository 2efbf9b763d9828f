package schema

import (
	"cmp"
	"errors"
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
)

// A Schema is a compiled JSON Schema. It is safe for use by several goroutines.
type Schema struct {
	// Name is what the schema is called in messages: the path of its file as the user would open it, or the
	// name of one that is built in.
	Name string
	// ID is the schema's own $id, "" without one.
	ID string

	compiled   *jsonschema.Schema
	shortcut   *shortcut        // nil where there is none
	parts      map[string]*part // by location
	deprecates bool             // whether any part of it is deprecated
	// knowsItself is true when the schema speaks of the key $schema, by which a file names its schema. Else
	// that key, at the top, is none that the schema has to allow.
	knowsItself bool
	guard       *guard // of a schema that an article names
}

// schemaKey is the key by which a file names its schema.
const schemaKey = "$schema"

// A Kind names what is wrong. Each is reported by the rule of the same name.
type Kind string

// The kinds of fault.
const (
	Required   Kind = "required-key"      // Span: where the key belongs; Key: the key
	WrongType  Kind = "wrong-type"        // Span: the value
	NotAllowed Kind = "not-allowed-value" // Span: the value, or the key that may not be called so
	Format     Kind = "bad-format"        // Span: the value
	Pattern    Kind = "pattern-mismatch"  // Span: the value or the key
	Range      Kind = "out-of-range"      // Span: the value
	ArrayShape Kind = "array-shape"       // Span: the list, or the item that is too many
	UnknownKey Kind = "unknown-key"       // Span: the key; Key: the key
	NoBranch   Kind = "no-branch-matches" // Span: what the nearest branch finds fault with
	Deprecated Kind = "deprecated-key"    // Span: the key; Key: the key
	Broken     Kind = "broken-schema"     // Span: the value that the schema can't be applied to
)

// A Fault is something in front matter that the schema does not allow.
type Fault struct {
	Kind    Kind
	Pointer string // JSON pointer of the value: of the mapping that lacks a key, of the value of an unknown key
	Key     string // what is missing, unknown or deprecated
	Span    pipeline.Span
	Message string // lower case, no full stop
	Related []pipeline.Related
	Remedy  *Remedy // what would set it right, nil when that is not known
	Minor   bool    // it need not be wrong

	order int // of keys that one mapping lacks, as the schema has it
}

// A Remedy is one change of front matter.
type Remedy struct {
	Action  Action
	Pointer string // of the value to change, or the mapping to add to
	Key     string // the new key of Add and Rename
	Value   []byte // the new JSON value of Set and Add
	Sure    bool   // the one way to do it, in which nothing is lost
}

// An Action is what a Remedy does.
type Action int

// The actions.
const (
	Set    Action = iota // give the value at Pointer another one
	Add                  // add Key with Value to the mapping at Pointer
	Rename               // call the key of the value at Pointer Key
	Remove               // take the key or item at Pointer away
)

// Check tells what the schema does not allow in front matter, in the order of place. There is nothing
// to say about front matter that is not there or can't be read.
func (s *Schema) Check(m *matter.Matter) []Fault {
	if m.Root == nil {
		return nil
	}
	return s.check(subject{text: m.Text, root: m.Root, format: m.Format, top: m.Fence, name: "the front matter"})
}

// CheckData is Check for a whole text that matter.Parse has read into root.
func (s *Schema) CheckData(text []byte, root *matter.Node, format matter.Format) []Fault {
	if root == nil {
		return nil
	}
	return s.check(subject{text: text, root: root, format: format, top: firstLine(text, root.Span), name: "the file"})
}

func (s *Schema) check(sub subject) []Fault {
	if s.guard != nil {
		return s.guard.guarded(sub.top, func() []Fault { return s.checkNow(sub) })
	}
	return s.checkNow(sub)
}

func (s *Schema) checkNow(sub subject) []Fault {
	if s.surelyAllows(sub) {
		return nil
	}
	value := valueOf(sub.root, sub.format)
	if object, ok := value.(map[string]any); ok && !s.knowsItself {
		delete(object, schemaKey)
	}
	err := s.compiled.Validate(value)
	if err == nil && !s.deprecates {
		return nil
	}
	f := finder{subject: sub, schema: s}
	var invalid *jsonschema.ValidationError
	if errors.As(err, &invalid) {
		f.walk(invalid)
	}
	if s.deprecates {
		f.deprecated(value)
	}
	return f.sorted()
}

// surelyAllows tells whether there is a shortcut, and it allows the subject.
func (s *Schema) surelyAllows(sub subject) bool {
	except := schemaKey
	if s.knowsItself {
		except = ""
	}
	return s.shortcut != nil && !s.deprecates && s.shortcut.allows(sub.root, sub.format, except)
}

// sorted gives the faults in the order of place, each once, and without those that only follow from others.
func (f *finder) sorted() []Fault {
	f.dropFollowers()
	slices.SortFunc(f.found, func(a, b Fault) int {
		return cmp.Or(a.Span.Start-b.Span.Start, a.Span.End-b.Span.End, cmp.Compare(a.Kind, b.Kind), a.order-b.order,
			cmp.Compare(a.Message, b.Message), cmp.Compare(a.Pointer, b.Pointer))
	})
	f.found = slices.CompactFunc(f.found, func(a, b Fault) bool {
		return a.Span == b.Span && a.Kind == b.Kind && a.Message == b.Message
	})
	oneNameEach(f.found)
	return f.found
}
