package schema

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"copydesk/pipeline/matter"
)

// expected says what a schema wants of a value, with an example where it gives one: "a string, such as "News"".
// It is "" for a schema that wants nothing in particular.
func (s *Schema) expected(sch *jsonschema.Schema) string {
	text, exact := s.wanted(sch)
	if exact {
		return text
	}
	if example, ok := s.example(sch); ok {
		if text == "" {
			return "a value such as " + show(example)
		}
		return text + ", such as " + show(example)
	}
	return text
}

// wanted says what a schema wants of a value; exact when an example would add nothing.
func (s *Schema) wanted(sch *jsonschema.Schema) (text string, exact bool) {
	return s.wantedIn(sch, maxNested)
}

// maxNested is how many branches inside one another a message tells of: schemas may refer to themselves.
const maxNested = 3

func (s *Schema) wantedIn(sch *jsonschema.Schema, depth int) (text string, exact bool) {
	if sch == nil || depth == 0 {
		return "", false
	}
	all := together(sch, false)
	for _, one := range all {
		switch {
		case one.Const != nil:
			return show(*one.Const), true
		case one.Enum != nil:
			return oneOf(one.Enum.Values), true
		}
	}
	for _, one := range all {
		if one.Format != nil {
			if sample, ok := samples[one.Format.Name]; ok {
				if _, ok := s.example(sch); ok {
					return sample.name, false
				}
				return sample.name + " such as " + sample.example, true
			}
		}
	}
	for _, one := range all {
		if one.Types != nil {
			return typesText(one.Types.ToStrings()), false
		}
	}
	for _, one := range all {
		if branches := slices.Concat(one.AnyOf, one.OneOf); len(branches) > 0 {
			return s.anyWanted(branches, depth-1)
		}
	}
	return "", false
}

// anyWanted says what branches want: "a string or a list".
func (s *Schema) anyWanted(branches []*jsonschema.Schema, depth int) (text string, exact bool) {
	if len(branches) > maxListed {
		return "", false
	}
	var texts []string
	for _, b := range branches {
		t, one := s.wantedIn(b, depth)
		if t == "" {
			return "", false
		}
		exact = exact || one
		if !slices.Contains(texts, t) {
			texts = append(texts, t)
		}
	}
	return either(texts), exact
}

// example is a value that the schema itself gives as one, that it allows, and that tells more than its type.
func (s *Schema) example(sch *jsonschema.Schema) (value any, ok bool) {
	for _, one := range together(sch, false) {
		candidates := slices.Clone(one.Examples)
		if one.Default != nil {
			candidates = append(candidates, *one.Default)
		}
		for _, v := range candidates {
			if _, plain := v.(bool); !plain && v != nil && v != "" && sch.Validate(v) == nil {
				return v, true
			}
		}
	}
	return nil, false
}

// placeholder is a value for a key that is missing: the default, the constant, the first of the values
// that are allowed, else a value of the type that says nothing. There is none for dates and the like.
func (s *Schema) placeholder(sch *jsonschema.Schema) ([]byte, bool) {
	if sch == nil {
		return []byte(`"TODO"`), true
	}
	var candidates []any
	all := together(sch, false)
	for _, one := range all {
		switch {
		case one.Default != nil:
			candidates = append(candidates, *one.Default)
		case one.Const != nil:
			candidates = append(candidates, *one.Const)
		case one.Enum != nil && len(one.Enum.Values) > 0:
			candidates = append(candidates, one.Enum.Values[0])
		}
	}
	candidates = append(candidates, sayingNothing(all)...)
	for _, v := range candidates {
		if sch.Validate(v) == nil {
			return encoded(v)
		}
	}
	return nil, false
}

// sayingNothing are values of the types that schemas allow which say nothing: of a text TODO, of which a date or what must
// match a pattern has no such value.
func sayingNothing(all []*jsonschema.Schema) []any {
	var types []string
	for _, one := range all {
		if one.Types != nil {
			types = append(types, one.Types.ToStrings()...)
		}
	}
	if len(types) == 0 || slices.Contains(types, "string") {
		return []any{"TODO"}
	}
	var values []any
	for _, t := range types {
		switch t {
		case "boolean":
			values = append(values, false)
		case "number", "integer":
			values = append(values, json.Number("0"))
		case "array":
			values = append(values, []any{})
		case "object":
			values = append(values, map[string]any{})
		case "null":
			values = append(values, nil)
		}
	}
	return values
}

// encoded is a value as JSON, without escapes that only HTML needs.
func encoded(v any) ([]byte, bool) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, false
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), true
}

// Skeleton are the keys that the schema requires at the top, with values that it allows, in its order. Keys for which
// there is no value that says nothing, such as dates, are left out. A nil schema requires none.
func (s *Schema) Skeleton() (pairs []matter.Pair) {
	if s == nil {
		return nil
	}
	for _, one := range together(s.compiled, false) {
		for _, key := range one.Required {
			value, ok := s.placeholder(s.property(s.compiled.Location, key))
			if ok && !slices.ContainsFunc(pairs, func(p matter.Pair) bool { return p.Key == key }) {
				pairs = append(pairs, matter.Pair{Key: key, Value: value})
			}
		}
	}
	return pairs
}
