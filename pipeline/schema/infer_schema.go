package schema

import (
	"cmp"
	"slices"
)

// Schema is a JSON Schema (2020-12) of what was seen, as JSON with line breaks. With the default options it
// accepts all front matter that it was inferred from. Keys stand in the order of their frequency, and then
// of their first appearance. What was counted stands in "$comment".
func (in *Inference) Schema(o InferOptions) []byte {
	articles := plural(in.Articles(), "article")
	schema := object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"description", "inferred from " + articles},
		{"type", "object"},
	}
	if in.top.more {
		schema = append(schema, member{"$comment", moreKeys})
	}
	w := schemaWriter{o}
	schema = append(schema, w.mappings(&in.top, true)...)
	return append(appendJSON(nil, schema, ""), '\n')
}

const moreKeys = "there are more keys, too many to be told apart"

// A schemaWriter turns shapes into schemas.
type schemaWriter struct{ InferOptions }

// shape is the schema of a value, true where there was one that the validator would stumble over.
// where says in which part of the places it stands.
func (w schemaWriter) shape(s *shape, where string) any {
	if s.beyond {
		return true
	}
	var out object
	if types := s.typeList(); len(types) == 1 {
		out = append(out, member{"type", types[0]})
	} else if len(types) > 1 {
		out = append(out, member{"type", types})
	}
	out = append(out, w.strings(s)...)
	if lists := s.types[isArray]; lists >= enough {
		if s.fewest > 0 {
			out = append(out, member{"minItems", 1})
		}
		if !s.repeated && s.most > 1 {
			out = append(out, member{"uniqueItems", true})
		}
	}
	out = append(out, member{"$comment", s.comment(where)})
	if examples := s.examples(); examples != nil && !has(out, "enum") {
		out = append(out, member{"examples", examples})
	}
	if s.items != nil {
		out = append(out, member{"items", w.shape(s.items, plural(s.items.seen, "item"))})
	}
	if s.types[isObject] > 0 {
		out = append(out, w.mappings(s, false)...)
	}
	return out
}

func has(o object, name string) bool {
	return slices.ContainsFunc(o, func(m member) bool { return m.name == name })
}

// typeList are the types of a value. A key that never had a value may get one of any type.
func (s *shape) typeList() (types list) {
	for t, n := range s.types {
		if n > 0 && (jsonType(t) != isInteger || s.types[isNumber] == 0) {
			types = append(types, jsonTypes[t])
		}
	}
	if s.types[isNull] == s.seen {
		return nil
	}
	return types
}

// strings is what a schema asks of strings: to be one of a few, or of a format, or not empty.
func (w schemaWriter) strings(s *shape) object {
	if values := w.enumeration(s); values != nil {
		return object{{"enum", values}}
	}
	if f, ok := s.texts.format(); ok {
		if len(f.names) == 1 {
			return object{{"format", f.names[0]}}
		}
		var branches list
		for _, name := range f.names {
			branches = append(branches, object{{"format", name}})
		}
		return object{{"anyOf", branches}}
	}
	if s.texts.count >= enough && s.texts.empty == 0 {
		return object{{"minLength", 1}}
	}
	return nil
}

// enumeration are the values of a key that has nothing but a few words, and perhaps booleans and null.
func (w schemaWriter) enumeration(s *shape) (values list) {
	if s.types[isString]+s.types[isBoolean]+s.types[isNull] < s.seen {
		return nil
	}
	for _, v := range s.texts.enumeration(w.MaxEnum) {
		values = append(values, v.text)
	}
	if values == nil {
		return nil
	}
	if s.trues > 0 {
		values = append(values, true)
	}
	if s.trues < s.types[isBoolean] {
		values = append(values, false)
	}
	if s.types[isNull] > 0 {
		values = append(values, nil)
	}
	return values
}

// mappings is what a schema says of mappings: which keys they have, and which of them always.
func (w schemaWriter) mappings(s *shape, top bool) (out object) {
	all, noun := s.types[isObject], "mapping"
	if top {
		noun = "article"
	}
	keys := slices.Clone(s.keys)
	slices.SortStableFunc(keys, func(a, b *key) int { return cmp.Compare(b.mappings, a.mappings) })
	var required list
	var properties object
	for _, k := range keys {
		if w.Required > 0 && 100*k.mappings >= w.Required*all && (top || all >= enough) {
			required = append(required, k.name)
		}
		where := "in all " + plural(all, noun)
		if k.mappings < all || all == 1 {
			where = "in " + number(k.mappings) + " of " + plural(all, noun)
		}
		properties = append(properties, member{k.name, w.shape(&k.value, where)})
	}
	if required != nil {
		out = append(out, member{"required", required})
	}
	if properties != nil {
		out = append(out, member{"properties", properties})
	}
	if w.Closed && !s.more {
		out = append(out, member{"additionalProperties", false})
	}
	return out
}
