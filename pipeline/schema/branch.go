package schema

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"copydesk/pipeline/matter"
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
	if f.byConstant(e, &at) {
		return
	}
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
	fault := f.add(&at, NoBranch, "%s matches none of the %s that the schema allows; the nearest is %s: %s",
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
	name   string
	number int
	found  []Fault
	says   int  // how far the value says that it is this branch
	other  bool // the value is not even of its type
	depth  int  // of the fault that is nearest to the value itself
}

// How far a value says by a constant that it is a branch, the furthest first.
const (
	itSaysSo    = iota // it has the branch's value
	nearlySo           // it has one that is nearly the branch's
	saysNothing        // the branch has no such key
	isSilent           // it has no such key
	saysNo             // it has another value
)

// branch looks at one branch.
func (f *finder) branch(e, cause *jsonschema.ValidationError, i int) branch {
	b := branch{number: i + 1, depth: 1 << 30, says: saysNothing}
	location := cause.SchemaURL
	if list := f.branchLocations(e); i < len(list) {
		location = list[i]
	}
	b.name = f.branchName(location)
	inner := finder{subject: f.subject, schema: f.schema}
	inner.walk(cause)
	b.found = inner.sorted()
	eachLeaf(cause, func(leaf *jsonschema.ValidationError) {
		depth := len(leaf.InstanceLocation) - len(e.InstanceLocation)
		b.depth = min(b.depth, depth)
		if _, ok := leaf.ErrorKind.(*kind.Type); ok && depth == 0 {
			b.other = true
		}
	})
	if p := f.schema.parts[location]; p != nil {
		at := f.at(e.InstanceLocation)
		b.says = says(f.format, &at, constants(p.Schema))
	}
	return b
}

// constants are the properties of a branch that have one value, by which branches are told apart.
func constants(branch *jsonschema.Schema) map[string]any {
	found := map[string]any{}
	for _, sch := range together(branch, false) {
		for key, property := range sch.Properties {
			for _, one := range together(property, false) {
				switch {
				case one.Const != nil:
					found[key] = *one.Const
				case one.Enum != nil && len(one.Enum.Values) == 1:
					found[key] = one.Enum.Values[0]
				}
			}
		}
	}
	return found
}

// says tells how far the value at a place says that it is the branch with these constants.
func says(format matter.Format, at *place, constants map[string]any) int {
	if len(constants) == 0 {
		return saysNothing
	}
	best := saysNo
	for key, want := range constants {
		n := at.value.Get(key)
		if n == nil {
			best = min(best, isSilent)
			continue
		}
		got := valueOf(n, format)
		text, ok := got.(string)
		switch {
		case reflect.DeepEqual(got, want):
			best = itSaysSo
		case ok && nearest(text, []any{want}) != "":
			best = min(best, nearlySo)
		}
	}
	return best
}

// compareBranches puts the nearest branch first: the one that the value says it is, then those whose type
// it has, then the one whose faults lie deepest, then the one with the fewest.
func compareBranches(a, b branch) int {
	return cmp.Or(a.says-b.says, yes(a.other)-yes(b.other), b.depth-a.depth, len(a.found)-len(b.found), a.number-b.number)
}

func yes(b bool) int {
	if b {
		return 1
	}
	return 0
}

// byConstant reports a value whose key, by whose constant all branches are told apart, has none of their values.
func (f *finder) byConstant(e *jsonschema.ValidationError, at *place) bool {
	var values []any
	shared := ""
	locations := f.branchLocations(e)
	for i, location := range locations {
		p := f.schema.parts[location]
		if p == nil {
			return false
		}
		all := constants(p.Schema)
		if i == 0 {
			for _, key := range slices.Sorted(maps.Keys(all)) {
				if shared == "" && at.value.Get(key) != nil {
					shared = key
				}
			}
		}
		value, ok := all[shared]
		if !ok {
			return false
		}
		values = append(values, value)
	}
	if len(values) < 2 {
		return false
	}
	below := f.subject.at(append(at.tokens[:len(at.tokens):len(at.tokens)], shared))
	got := valueOf(below.value, f.format)
	if slices.ContainsFunc(values, func(v any) bool { return reflect.DeepEqual(v, got) }) {
		return false
	}
	f.notAllowed(e, &below, got, values)
	fault := &f.found[len(f.found)-1]
	fault.Kind, fault.Remedy = NoBranch, nil
	return true
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
