package schema

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// branches reports a value that no branch of oneOf or anyOf allows, or that several of oneOf do.
func (f *finder) branches(e *jsonschema.ValidationError) {
	at := f.at(e.InstanceLocation)
	if k, ok := e.ErrorKind.(*kind.OneOf); ok && len(k.Subschemas) > 1 {
		f.several(e, &at, k.Subschemas)
		return
	}
	if f.merged(e, &at) {
		return
	}
	all := make([]branch, 0, len(e.Causes))
	for i, cause := range e.Causes {
		all = append(all, f.branch(e, cause, i))
	}
	if len(all) == 0 {
		f.add(&at, NoBranch, "%s matches nothing that the schema allows", at.path())
		return
	}
	settle(all)
	best := slices.MinFunc(all, compareBranches)
	if len(best.found) == 0 {
		f.add(&at, NoBranch, "%s matches none of the %s that the schema allows", at.path(), count(len(all), "form"))
		return
	}
	texts := make([]string, 0, len(best.found))
	for _, fault := range best.found[:min(3, len(best.found))] {
		texts = append(texts, fault.Message)
	}
	if more := len(best.found) - len(texts); more > 0 {
		texts = append(texts, fmt.Sprintf("and %d more", more))
	}
	first := best.found[0]
	fault := f.add(&at, NoBranch, "%s matches none of the %s that the schema allows; the nearest is %s, and there %s",
		at.path(), count(len(all), "form"), best.name, strings.Join(texts, "; "))
	fault.Span, fault.Pointer, fault.Related = first.Span, first.Pointer, first.Related
}

// several reports a value that more than one branch of oneOf allows.
func (f *finder) several(e *jsonschema.ValidationError, at *place, matched []int) {
	names := make([]string, 0, len(matched))
	for _, i := range matched {
		names = append(names, f.branchName(fmt.Sprintf("%s/oneOf/%d", e.SchemaURL, i)))
	}
	f.add(at, NoBranch, "%s matches %s, where the schema allows only one of them", at.path(), strings.Join(names, " and "))
}

// A branch is one way to satisfy oneOf or anyOf, with why it fails.
type branch struct {
	name    string
	number  int
	found   []Fault
	chosen  bool // the constant that tells branches apart has this branch's value
	refused bool // it has another's
	other   bool // the value is not even of its type
	depth   int  // of the fault that is nearest to the value itself
	consts  []string
}

// branch looks at one branch.
func (f *finder) branch(e, cause *jsonschema.ValidationError, i int) branch {
	b := branch{number: i + 1}
	location := cause.SchemaURL
	if list := f.branchLocations(e); i < len(list) {
		location = list[i]
	}
	b.name = f.branchName(location)
	inner := finder{subject: f.subject, schema: f.schema}
	inner.walk(cause)
	b.found = inner.sorted()
	base := len(e.InstanceLocation)
	b.depth = 1 << 30
	eachLeaf(cause, func(leaf *jsonschema.ValidationError) {
		depth := len(leaf.InstanceLocation) - base
		b.depth = min(b.depth, depth)
		switch leaf.ErrorKind.(type) {
		case *kind.Type:
			b.other = b.other || depth == 0
		case *kind.Const, *kind.Enum:
			b.refused = b.refused || depth == 1
		}
	})
	if p := f.schema.parts[location]; p != nil {
		for _, sch := range together(p.Schema, false) {
			for key, property := range sch.Properties {
				if isDiscriminator(property) {
					b.consts = append(b.consts, key)
				}
			}
		}
	}
	at := f.at(e.InstanceLocation)
	for _, key := range b.consts {
		if at.value.Get(key) != nil && !b.refused {
			b.chosen = true
		}
	}
	return b
}

// isDiscriminator tells whether a property has one or a few values by which branches are told apart.
func isDiscriminator(sch *jsonschema.Schema) bool {
	for _, one := range together(sch, false) {
		if one.Const != nil || one.Enum != nil && len(one.Enum.Values) == 1 {
			return true
		}
	}
	return false
}

// settle forgets that a constant was refused where it was refused in all branches.
func settle(all []branch) {
	if !slices.ContainsFunc(all, func(b branch) bool { return !b.refused }) {
		for i := range all {
			all[i].refused = false
		}
	}
}

// compareBranches puts the nearest branch first: the one that the value says it is, then those whose type
// it has, then the one whose faults lie deepest, then the one with the fewest.
func compareBranches(a, b branch) int {
	return cmp.Or(
		yes(b.chosen)-yes(a.chosen), yes(a.refused)-yes(b.refused), yes(a.other)-yes(b.other),
		b.depth-a.depth, len(a.found)-len(b.found), a.number-b.number,
	)
}

func yes(b bool) int {
	if b {
		return 1
	}
	return 0
}

// eachLeaf calls visit for the errors that do not only hold others together.
func eachLeaf(e *jsonschema.ValidationError, visit func(*jsonschema.ValidationError)) {
	switch e.ErrorKind.(type) {
	case *kind.Schema, *kind.Group, *kind.AllOf, *kind.AnyOf, *kind.OneOf, *kind.Reference:
		for _, cause := range e.Causes {
			eachLeaf(cause, visit)
		}
	default:
		visit(e)
	}
}

// branchLocations are the locations of the branches, in their order.
func (f *finder) branchLocations(e *jsonschema.ValidationError) []string {
	p := f.schema.parts[e.SchemaURL]
	if p == nil {
		return nil
	}
	list := p.AnyOf
	if _, ok := e.ErrorKind.(*kind.OneOf); ok {
		list = p.OneOf
	}
	locations := make([]string, len(list))
	for i, sch := range list {
		locations[i] = sch.Location
	}
	return locations
}

// branchName is what a branch is called: its title, or the name of the definition it refers to, and its number.
func (f *finder) branchName(location string) string {
	name := "the " + ordinal(branchNumber(location))
	p := f.schema.parts[location]
	if p == nil {
		return name
	}
	for _, sch := range together(p.Schema, false) {
		if sch.Title != "" {
			return name + " (" + quoted(sch.Title) + ")"
		}
	}
	if p.Ref != nil {
		return name + " (" + lastOf(p.Ref.Location) + ")"
	}
	return name
}

// merged reports branches that differ in one thing only, the type or the values they allow, as one that allows all
// of them: the value has a wrong type, or is not among the values.
func (f *finder) merged(e *jsonschema.ValidationError, at *place) bool {
	var types []string
	var values []any
	one := e.Causes
	for _, cause := range one {
		for len(cause.Causes) == 1 {
			if _, ok := cause.ErrorKind.(*kind.Reference); !ok {
				break
			}
			cause = cause.Causes[0]
		}
		if len(cause.InstanceLocation) != len(e.InstanceLocation) {
			return false
		}
		switch k := cause.ErrorKind.(type) {
		case *kind.Type:
			types = append(types, k.Want...)
		case *kind.Const:
			values = append(values, k.Want)
		case *kind.Enum:
			values = append(values, k.Want...)
		default:
			return false
		}
	}
	slices.Sort(types)
	types = slices.Compact(types)
	switch {
	case len(values) == 0 && len(types) > 0:
		f.wrongType(e, at, types)
	case len(types) == 0 && len(values) > 0:
		f.notAllowed(e, at, valueOf(at.value, f.format), values)
	default:
		return f.mergedBoth(e, at, types, values)
	}
	return true
}

// mergedBoth reports a value that is neither of the types nor among the values that branches allow. A string
// that is near to a value was meant to be it.
func (f *finder) mergedBoth(e *jsonschema.ValidationError, at *place, types []string, values []any) bool {
	if len(types) == 0 {
		return false
	}
	got := valueOf(at.value, f.format)
	if text, ok := got.(string); ok {
		f.add(at, NotAllowed, "%s is %s, expected %s or %s%s%s", at.path(), show(got), oneOf(values), typesText(types), suggestion(text, values), f.reason(e))
		return true
	}
	f.add(at, WrongType, "%s %s, expected %s or %s%s", at.path(), f.typedText(at), oneOf(values), typesText(types), f.reason(e))
	return true
}
