package schema

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"copydesk/pipeline/matter"
)

// A part is a schema inside a schema, or the whole.
type part struct {
	*jsonschema.Schema
	raw *matter.Node // as it stands in its file
}

// note is what a keyword of the part says that the compiler does not know, "" for nothing.
func (p *part) note(keyword string) string {
	if n := p.raw.Get(keyword); n != nil && n.Kind == matter.String {
		return n.Value
	}
	return ""
}

// deprecated tells whether values that the part describes are out of use. The keyword is one of drafts since
// 2019-09; editors honour it, and a message in its place, in all of them.
func (p *part) deprecated() bool {
	if n := p.raw.Get("deprecated"); n != nil && n.Kind == matter.Bool {
		return n.Value == "true"
	}
	return p.note("deprecationMessage") != ""
}

// index collects the parts of a compiled schema by location. raw gives what stands at a location.
func (s *Schema) index(sch *jsonschema.Schema, raw func(location string) *matter.Node) {
	if sch == nil || s.parts[sch.Location] != nil {
		return
	}
	p := &part{sch, raw(sch.Location)}
	s.parts[sch.Location] = p
	s.deprecates = s.deprecates || p.deprecated()
	s.knowsItself = s.knowsItself || sch.Properties[schemaKey] != nil || slices.Contains(sch.Required, schemaKey)
	for _, child := range children(sch) {
		s.index(child, raw)
	}
	if s.guard != nil {
		sch.Extensions = append(sch.Extensions, s.guard)
	}
	if sch.PropertyNames != nil {
		sch.Extensions = append(sch.Extensions, names{sch.PropertyNames})
		sch.PropertyNames = nil
	}
}

// names does what the library does for propertyNames; the library's errors can name a wrong place.
type names struct{ schema *jsonschema.Schema }

func (n names) Validate(ctx *jsonschema.ValidatorContext, v any) {
	object, ok := v.(map[string]any)
	if !ok {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		var invalid *jsonschema.ValidationError
		if errors.As(n.schema.Validate(key), &invalid) {
			ctx.AddErrors(invalid.Causes, &kind.PropertyNames{Property: key})
		}
	}
}

// children are the schemas that a schema is made of or refers to.
func children(s *jsonschema.Schema) []*jsonschema.Schema {
	list := []*jsonschema.Schema{
		s.Ref, s.RecursiveRef, s.Not, s.If, s.Then, s.Else, s.PropertyNames, s.UnevaluatedProperties, s.Contains,
		s.Items2020, s.UnevaluatedItems, s.ContentSchema,
	}
	if s.DynamicRef != nil {
		list = append(list, s.DynamicRef.Ref)
	}
	for _, more := range [][]*jsonschema.Schema{s.AllOf, s.AnyOf, s.OneOf, s.PrefixItems} {
		list = append(list, more...)
	}
	for _, more := range []map[string]*jsonschema.Schema{s.Properties, s.DependentSchemas} {
		list = slices.AppendSeq(list, maps.Values(more))
	}
	list = slices.AppendSeq(list, maps.Values(s.PatternProperties))
	for _, one := range append([]any{s.AdditionalProperties, s.Items, s.AdditionalItems}, slices.Collect(maps.Values(s.Dependencies))...) {
		switch one := one.(type) {
		case *jsonschema.Schema:
			list = append(list, one)
		case []*jsonschema.Schema:
			list = append(list, one...)
		}
	}
	return list
}

// together are the schemas that hold for the same value as the given one whatever the value is, the nearest
// first; with some, also those that hold for some values.
func together(s *jsonschema.Schema, some bool) []*jsonschema.Schema {
	var list []*jsonschema.Schema
	var visit func(*jsonschema.Schema)
	visit = func(s *jsonschema.Schema) {
		if s == nil || slices.Contains(list, s) {
			return
		}
		list = append(list, s)
		visit(s.Ref)
		visit(s.RecursiveRef)
		if s.DynamicRef != nil {
			visit(s.DynamicRef.Ref)
		}
		for _, one := range s.AllOf {
			visit(one)
		}
		if !some {
			return
		}
		for _, one := range slices.Concat(s.AnyOf, s.OneOf, []*jsonschema.Schema{s.If, s.Then, s.Else}, slices.Collect(maps.Values(s.DependentSchemas))) {
			visit(one)
		}
	}
	visit(s)
	return list
}

// around are the locations of the schemas that hold for the same value as the one at a location, and that it
// stands in: the location itself, then those outside.
func around(location string) []string {
	list := []string{location}
	for {
		dir, last, ok := cutLast(location)
		if !ok {
			return list
		}
		switch before, outer, _ := cutLast(dir); {
		case last == "then" || last == "else" || last == "if":
			location = dir
		case outer == "allOf" || outer == "anyOf" || outer == "oneOf" || outer == "dependentSchemas" || outer == "dependencies":
			location = before
		default:
			return list
		}
		list = append(list, location)
	}
}

func cutLast(location string) (before, last string, ok bool) {
	i := strings.LastIndexByte(location, '/')
	if i < 0 || i < strings.IndexByte(location, '#') {
		return location, "", false
	}
	return location[:i], location[i+1:], true
}

// keys are the keys that the schema at a location, with those around it, knows and has in use, sorted.
func (s *Schema) keys(location string) []string {
	var list []string
	for _, sch := range s.hold(location) {
		for key, property := range sch.Properties {
			if p := s.parts[property.Location]; p == nil || !p.deprecated() {
				list = append(list, key)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// hold are the schemas that may hold for the value for which the one at a location does.
func (s *Schema) hold(location string) []*jsonschema.Schema {
	var list []*jsonschema.Schema
	for _, at := range around(location) {
		if p := s.parts[at]; p != nil {
			list = append(list, together(p.Schema, true)...)
		}
	}
	return list
}

// property is the schema of a key in what the schema at a location describes, or nil.
func (s *Schema) property(location, key string) *jsonschema.Schema {
	for _, sch := range s.hold(location) {
		if p := sch.Properties[key]; p != nil {
			return p
		}
	}
	return nil
}

// lastOf is what a location ends with: the keyword, or the number of a branch.
func lastOf(location string) string {
	_, last, _ := cutLast(location)
	return last
}

// branchNumber is the number, from 1, of the branch of oneOf or anyOf that a location names.
func branchNumber(location string) int {
	n, err := strconv.Atoi(lastOf(location))
	if err != nil {
		return 0
	}
	return n + 1
}
