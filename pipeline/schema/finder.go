package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"copydesk/pipeline/report"
)

// A finder turns the validator's errors into faults.
type finder struct {
	subject
	schema *Schema
	found  []Fault
	// follows are the faults of keys that no schema has looked at, which may only be so because another fault
	// kept one from it.
	follows []int
}

// walk takes an error apart: those that only hold others together have no fault of their own.
func (f *finder) walk(e *jsonschema.ValidationError) {
	switch e.ErrorKind.(type) {
	case *kind.Schema, *kind.Group, *kind.AllOf, *kind.Reference:
		for _, cause := range e.Causes {
			f.walk(cause)
		}
	case *kind.AnyOf:
		f.branches(e)
	case *kind.OneOf:
		f.branches(e)
	default:
		f.leaf(e)
	}
}

// leaf is the fault of an error that stands for itself.
func (f *finder) leaf(e *jsonschema.ValidationError) {
	at := f.at(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		f.missing(e, &at, k.Missing, "")
	case *kind.Dependency:
		f.missing(e, &at, k.Missing, k.Prop)
	case *kind.DependentRequired:
		f.missing(e, &at, k.Missing, k.Prop)
	case *kind.AdditionalProperties:
		f.unknown(e, &at, k.Properties)
	case *kind.PropertyNames:
		f.name(e, &at, k.Property)
	case *kind.FalseSchema:
		f.forbidden(e, &at)
	case *kind.UniqueItems:
		f.repeated(&at)
	case *kind.AdditionalItems:
		f.tooMany(&at, k.Count)
	default:
		f.value(e, &at)
	}
}

// add adds a fault at the value of a place.
func (f *finder) add(at *place, k Kind, text string, args ...any) *Fault {
	f.found = append(f.found, Fault{
		Kind: k, Pointer: at.pointer(), Span: at.valueSpan(), Related: at.related(), Message: fmt.Sprintf(text, args...),
	})
	return &f.found[len(f.found)-1]
}

// missing reports keys that are not there, each where it belongs: at the key of the mapping.
func (f *finder) missing(e *jsonschema.ValidationError, at *place, keys []string, needed string) {
	for i, key := range keys {
		sch := f.schema.property(e.SchemaURL, key)
		text := at.below(key) + " is missing"
		if expected := f.schema.expected(sch); expected != "" {
			text += "; expected " + expected
		}
		if needed != "" {
			text += ", since " + at.below(needed) + " is there"
		}
		fault := f.add(at, Required, "%s%s", text, f.reason(e))
		fault.Key, fault.order = key, i
		if len(at.tokens) > 0 {
			fault.Span = at.keySpan()
		}
		if value, ok := f.schema.placeholder(sch); ok && at.alias == nil {
			fault.Remedy = &Remedy{Action: Add, Pointer: fault.Pointer, Key: key, Value: value}
		}
	}
}

// unknown reports keys that the schema does not know and forbids.
func (f *finder) unknown(e *jsonschema.ValidationError, at *place, keys []string) {
	known := f.schema.keys(e.SchemaURL)
	for _, key := range keys {
		below := f.subject.at(append(at.tokens[:len(at.tokens):len(at.tokens)], key))
		f.unknownKey(&below, key, known)
	}
}

func (f *finder) unknownKey(at *place, key string, known []string) {
	text := "unknown key " + quoted(key)
	if n := len(at.tokens) - 1; n > 0 {
		text += " in " + at.pathOf(at.tokens[:n])
	}
	parent := f.subject.at(at.tokens[:len(at.tokens)-1])
	free := slices.DeleteFunc(slices.Clone(known), func(k string) bool { return parent.value.Entry(k) != nil })
	near := report.Suggest(key, free)
	switch {
	case near != "":
		text += fmt.Sprintf("; did you mean %s?", quoted(near))
	case report.Suggest(key, known) != "":
		text += fmt.Sprintf("; there is %s already", quoted(report.Suggest(key, known)))
	case len(known) == 1:
		text += "; the only one is " + keyText(known[0])
	case len(known) > 1:
		words := make([]string, len(known))
		for i, k := range known {
			words[i] = keyText(k)
		}
		text += "; there are " + listed(words)
	}
	fault := f.add(at, UnknownKey, "%s", text)
	fault.Key, fault.Span = key, at.keySpan()
	if near != "" && at.alias == nil {
		fault.Remedy = &Remedy{Action: Rename, Pointer: fault.Pointer, Key: near}
	}
}

// name reports a key that may not be called so.
func (f *finder) name(e *jsonschema.ValidationError, at *place, key string) {
	below := f.subject.at(append(at.tokens[:len(at.tokens):len(at.tokens)], key))
	nested := finder{schema: f.schema, subject: f.subject}
	for _, cause := range e.Causes {
		cause.InstanceLocation = below.tokens
		nested.asKey(cause, &below, key)
	}
	for i := range nested.found {
		nested.found[i].Span, nested.found[i].Key, nested.found[i].Remedy = below.keySpan(), key, nil
	}
	f.found = append(f.found, nested.found...)
}

// asKey reports what is wrong with the name of a key.
func (f *finder) asKey(e *jsonschema.ValidationError, at *place, key string) {
	subject := "the key " + quoted(key)
	switch k := e.ErrorKind.(type) {
	case *kind.Pattern:
		f.add(at, Pattern, "%s does not match the pattern %s%s", subject, shortened(k.Want), f.hint(e))
	case *kind.Enum:
		f.add(at, NotAllowed, "%s is not allowed, expected %s%s", subject, oneOf(k.Want), suggestion(key, k.Want))
	case *kind.Const:
		f.add(at, NotAllowed, "%s is not allowed, expected %s%s", subject, show(k.Want), suggestion(key, []any{k.Want}))
	case *kind.MaxLength:
		f.add(at, Range, "%s takes %s, expected at most %d", subject, count(k.Got, "character"), k.Want)
	case *kind.MinLength:
		f.add(at, Range, "%s takes %s, expected at least %d", subject, count(k.Got, "character"), k.Want)
	case *kind.Format:
		f.add(at, Format, "%s is not allowed, expected %s", subject, expectedFormat(k.Want, key))
	case *kind.Group, *kind.AllOf, *kind.Reference:
		for _, cause := range e.Causes {
			f.asKey(cause, at, key)
		}
	default:
		f.add(at, NotAllowed, "%s is not allowed by the schema's propertyNames", subject)
	}
}

// forbidden reports a value for which the schema is false: nothing may stand there.
func (f *finder) forbidden(e *jsonschema.ValidationError, at *place) {
	n := len(at.tokens)
	switch last := lastOf(e.SchemaURL); {
	case n > 0 && (last == "unevaluatedProperties" || last == "additionalProperties"):
		location, _, _ := cutLast(e.SchemaURL)
		known := f.schema.keys(location)
		if !slices.Contains(known, at.tokens[n-1]) {
			f.unknownKey(at, at.tokens[n-1], known)
			return
		}
		f.follows = append(f.follows, len(f.found))
		f.notHere(e, at)
	case n > 0 && at.entry == nil:
		f.add(at, ArrayShape, "%s is one item too many", at.path())
	case n > 0:
		f.notHere(e, at)
	default:
		f.add(at, NotAllowed, "the schema allows nothing at all here")
	}
}

// notHere reports a key that the schema knows and forbids.
func (f *finder) notHere(e *jsonschema.ValidationError, at *place) {
	fault := f.add(at, UnknownKey, "%s is not allowed here%s", at.path(), f.reason(e))
	fault.Key, fault.Span = at.tokens[len(at.tokens)-1], at.keySpan()
}

// dropFollowers drops the faults of keys that the schema knows and has not looked at, where another fault
// in the same mapping may be why.
func (f *finder) dropFollowers() {
	if len(f.follows) == 0 {
		return
	}
	follows := func(i int) bool { return slices.Contains(f.follows, i) }
	kept := make([]Fault, 0, len(f.found))
	for i, fault := range f.found {
		parent := fault.Pointer[:max(strings.LastIndexByte(fault.Pointer, '/'), 0)]
		explained := false
		for j := range f.found {
			explained = explained || follows(i) && !follows(j) && strings.HasPrefix(f.found[j].Pointer, parent)
		}
		if !explained {
			kept = append(kept, fault)
		}
	}
	f.found = kept
}
