package schema

import (
	"encoding/json"
	"strconv"
	"strings"

	"copydesk/pipeline/matter"
)

// jsonType is a type of JSON Schema.
type jsonType int

// The types, in the order in which a schema lists them.
const (
	isString jsonType = iota
	isInteger
	isNumber
	isBoolean
	isArray
	isObject
	isNull
	numTypes
)

var jsonTypes = [numTypes]string{"string", "integer", "number", "boolean", "array", "object", "null"}

// A shape is what all values of one place had in common: of a key, or of the items of a list.
type shape struct {
	seen   int           // values
	types  [numTypes]int // values of each type
	beyond bool          // one is a number that no schema can weigh
	texts  texts
	low    float64 // the least of the numbers
	high   float64 // the greatest

	keys  []*key // of mappings, the first seen first
	index map[string]*key
	more  bool // there were keys that are not among them, beyond the limits

	items        *shape // of lists; nil if there was none or no room
	fewest, most int    // items of a list
	repeated     bool   // a list had an item twice, or one that is no string
	trues        int    // booleans that are true
}

// A key is one key of a mapping.
type key struct {
	name     string
	mappings int // that have it
	last     int // the number of the mapping that had it last
	value    shape
}

// value learns from one value.
func (in *Inference) value(s *shape, n *matter.Node) {
	n = n.Resolve()
	s.seen++
	if n != nil && n.Kind == matter.Mapping {
		s.types[isObject]++
		in.mapping(s, n)
		return
	}
	if n != nil && n.Kind == matter.Sequence {
		in.list(s, n)
		return
	}
	switch v := valueOf(n, in.format).(type) {
	case nil:
		s.types[isNull]++
	case bool:
		s.types[isBoolean]++
		if v {
			s.trues++
		}
	case string:
		s.types[isString]++
		s.texts.add(v)
	case json.Number:
		s.number(string(v))
	default: // A number that no schema can weigh.
		s.beyond = true
	}
}

// mapping learns from the entries of a mapping. Of a key that stands twice both values count,
// whichever of them a reader takes.
func (in *Inference) mapping(s *shape, n *matter.Node) {
	in.mappings++
	number := in.mappings
	for _, e := range n.Entries {
		k := s.index[e.Key]
		if k == nil {
			if k = in.newKey(s, e.Key); k == nil {
				s.more = true
				continue
			}
		}
		if k.last != number {
			k.last = number
			k.mappings++
		}
		in.value(&k.value, e.Value)
	}
}

// newKey makes room for a key; nil means that there is none.
func (in *Inference) newKey(s *shape, name string) *key {
	if len(name) > maxKeyBytes || len(s.keys) >= maxKeys || !in.room() {
		return nil
	}
	if s.index == nil {
		s.index = map[string]*key{}
	}
	k := &key{name: name}
	s.keys = append(s.keys, k)
	s.index[name] = k
	return k
}

// list learns from the items of a list.
func (in *Inference) list(s *shape, n *matter.Node) {
	length := len(n.Items)
	if s.types[isArray] == 0 || length < s.fewest {
		s.fewest = length
	}
	s.most = max(s.most, length)
	s.types[isArray]++
	s.repeated = s.repeated || in.repeats(n.Items)
	if length > 0 && s.items == nil && in.room() {
		s.items = &shape{}
	}
	if s.items == nil {
		return
	}
	for _, item := range n.Items {
		in.value(s.items, item)
	}
}

// repeats tells whether a text stands twice among the items of a list, or something that is no text.
func (in *Inference) repeats(items []*matter.Node) bool {
	seen := make(map[string]bool, len(items))
	for _, item := range items {
		if item = item.Resolve(); item == nil || item.Kind == matter.Mapping || item.Kind == matter.Sequence {
			return true
		}
		text, ok := valueOf(item, in.format).(string)
		if !ok || seen[text] {
			return true
		}
		seen[text] = true
	}
	return false
}

// number learns from a number as JSON spells it.
func (s *shape) number(spelled string) {
	value, _ := strconv.ParseFloat(spelled, 64) // Beyond its range it gives infinity.
	if s.types[isInteger]+s.types[isNumber] == 0 {
		s.low, s.high = value, value
	}
	s.low, s.high = min(s.low, value), max(s.high, value)
	if strings.ContainsAny(spelled, ".eE") {
		s.types[isNumber]++
		return
	}
	s.types[isInteger]++
}
