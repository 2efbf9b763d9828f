package schema

import (
	"maps"
	"slices"
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// deprecated reports the keys that the schema calls out of use. Branches of the schema count where
// the value holds to them.
func (f *finder) deprecated(value any) {
	d := deprecation{finder: f, seen: map[deprecationKey]bool{}}
	d.visit(f.schema.compiled, value, nil)
}

// A deprecation is one search for what is out of use.
type deprecation struct {
	*finder
	seen map[deprecationKey]bool // what has been looked at: a schema may refer to itself
}

type deprecationKey struct {
	schema *jsonschema.Schema
	place  string
}

// visit looks at a value to which a schema applies.
func (d *deprecation) visit(s *jsonschema.Schema, value any, tokens []string) {
	at := d.at(tokens)
	key := deprecationKey{s, at.pointer()}
	if d.seen[key] {
		return
	}
	d.seen[key] = true
	for _, one := range d.applying(s, value) {
		if p := d.schema.parts[one.Location]; p != nil && p.deprecated() && at.entry != nil {
			d.report(p, &at)
		}
		d.below(one, value, tokens)
	}
}

// applying are the schemas that apply to a value with the given one.
func (d *deprecation) applying(s *jsonschema.Schema, value any) []*jsonschema.Schema {
	list := together(s, false)
	for i := 0; i < len(list); i++ {
		one := list[i]
		more := slices.Concat(one.AnyOf, one.OneOf)
		if one.If != nil {
			branch := one.Else
			if one.If.Validate(value) == nil {
				branch = one.Then
			}
			if branch != nil {
				more = append(more, branch)
			}
		}
		for _, branch := range more {
			if !slices.Contains(list, branch) && branch.Validate(value) == nil {
				list = append(list, together(branch, false)...)
			}
		}
	}
	return list
}

// below looks at the values inside a value.
func (d *deprecation) below(s *jsonschema.Schema, value any, tokens []string) {
	next := func(schema *jsonschema.Schema, value any, token string) {
		if schema != nil {
			d.visit(schema, value, append(tokens[:len(tokens):len(tokens)], token))
		}
	}
	switch value := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			known := s.Properties[key]
			next(known, value[key], key)
			for pattern, schema := range s.PatternProperties {
				if pattern.MatchString(key) {
					known = schema
					next(schema, value[key], key)
				}
			}
			if additional, ok := s.AdditionalProperties.(*jsonschema.Schema); ok && known == nil {
				next(additional, value[key], key)
			}
		}
	case []any:
		for i, item := range value {
			next(itemSchema(s, i), item, strconv.Itoa(i))
		}
	}
}

// itemSchema is the schema of an item.
func itemSchema(s *jsonschema.Schema, i int) *jsonschema.Schema {
	list, rest := s.PrefixItems, s.Items2020
	switch items := s.Items.(type) {
	case *jsonschema.Schema:
		return items
	case []*jsonschema.Schema:
		list = items
		rest, _ = s.AdditionalItems.(*jsonschema.Schema)
	}
	if i < len(list) {
		return list[i]
	}
	return rest
}

// report reports a key that is out of use, with what the schema says about it. The keyword x-replacement names
// the key that took its place.
func (d *deprecation) report(p *part, at *place) {
	key := at.tokens[len(at.tokens)-1]
	text := at.path() + " is deprecated"
	instead := p.note("x-replacement")
	if message := p.note("deprecationMessage"); message != "" {
		text += ": " + sentence(message)
	} else if instead != "" {
		text += ": write " + keyText(instead)
	}
	fault := d.add(at, Deprecated, "%s", text)
	fault.Key, fault.Span = key, at.keySpan()
	parent := d.at(at.tokens[:len(at.tokens)-1])
	if instead != "" && at.alias == nil && parent.value.Entry(instead) == nil {
		fault.Remedy = &Remedy{Action: Rename, Pointer: fault.Pointer, Key: instead, Sure: true}
	}
}
