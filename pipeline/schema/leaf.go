package schema

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

// value reports what is wrong with one value.
func (f *finder) value(e *jsonschema.ValidationError, at *place) {
	path, why := at.path(), f.reason(e)
	switch k := e.ErrorKind.(type) {
	case *kind.Type:
		f.wrongType(e, at, k.Want)
	case *kind.InvalidJsonValue:
		f.add(at, WrongType, "%s is %s, a number that can't be weighed: write a finite one", path, at.value.Text())
	case *kind.Enum:
		f.notAllowed(e, at, k.Got, k.Want)
	case *kind.Const:
		f.notAllowed(e, at, k.Got, []any{k.Want})
	case *kind.Not:
		f.not(e, at)
	case *kind.Format:
		text, _ := k.Got.(string)
		f.add(at, Format, "%s is %s, expected %s%s%s", path, show(k.Got), expectedFormat(k.Want, text), f.hint(e), why)
	case *kind.Pattern:
		f.pattern(e, at, k)
	case *kind.RefCycle:
		f.add(at, Broken, "the schema refers to itself without an end at %s", afterHash(k.URL))
	case *kind.Contains:
		f.add(at, ArrayShape, "%s has no item that %s, and needs one", path, f.wantedItem(e))
	case *kind.MinContains:
		f.add(at, ArrayShape, "%s has %s that %s, expected at least %d", path, count(len(k.Got), "item"), f.wantedItem(e), k.Want)
	case *kind.MaxContains:
		f.add(at, ArrayShape, "%s has %s that %s, expected at most %d", path, count(len(k.Got), "item"), f.wantedItem(e), k.Want)
	case *kind.MinItems:
		f.add(at, ArrayShape, "%s has %s, expected at least %d", path, count(k.Got, "item"), k.Want)
	case *kind.MaxItems:
		f.add(at, ArrayShape, "%s has %s, expected at most %d", path, count(k.Got, "item"), k.Want)
	default:
		f.outOfRange(e, at)
	}
}

// outOfRange reports a number, or the length of something, that is too large or too small.
func (f *finder) outOfRange(e *jsonschema.ValidationError, at *place) {
	path, why := at.path(), f.reason(e)
	number := func(got, want *big.Rat, expected string) {
		f.add(at, Range, "%s is %s, expected %s %s%s", path, ratText(got), expected, ratText(want), why)
	}
	length := func(verb string, got int, thing, expected string, want int) {
		f.add(at, Range, "%s %s %s, expected at %s %d%s", path, verb, count(got, thing), expected, want, why)
	}
	switch k := e.ErrorKind.(type) {
	case *kind.Minimum:
		number(k.Got, k.Want, "at least")
	case *kind.Maximum:
		number(k.Got, k.Want, "at most")
	case *kind.ExclusiveMinimum:
		number(k.Got, k.Want, "more than")
	case *kind.ExclusiveMaximum:
		number(k.Got, k.Want, "less than")
	case *kind.MultipleOf:
		number(k.Got, k.Want, "a multiple of")
	case *kind.MinLength:
		if k.Got == 0 {
			f.add(at, Range, "%s is empty, expected at least %s%s", path, count(k.Want, "character"), why)
			return
		}
		length("takes", k.Got, "character", "least", k.Want)
	case *kind.MaxLength:
		length("takes", k.Got, "character", "most", k.Want)
	case *kind.MinProperties:
		length("has", k.Got, "key", "least", k.Want)
	case *kind.MaxProperties:
		length("has", k.Got, "key", "most", k.Want)
	default:
		f.add(at, NotAllowed, "%s does not hold to the schema (%s)", path, strings.Join(e.ErrorKind.KeywordPath(), "/"))
	}
}

// wrongType reports a value of a type that is not allowed.
func (f *finder) wrongType(e *jsonschema.ValidationError, at *place, want []string) {
	got := f.typedText(at)
	expected := typesText(want)
	sch := f.schema.parts[e.SchemaURL]
	remedy := f.convert(sch, at, want)
	switch {
	case remedy != nil:
		expected += ": write " + string(remedy.Value)
	case sch != nil:
		if example, ok := f.schema.example(sch.Schema); ok {
			expected += ", such as " + show(example)
		}
	}
	fault := f.add(at, WrongType, "%s %s, expected %s%s%s", at.path(), got, expected, f.hint(e), f.reason(e))
	fault.Remedy = remedy
}

// typedText says what a value is.
func (f *finder) typedText(at *place) string {
	n := at.value.Resolve()
	if n == nil || n.Kind == matter.Null {
		return "has no value"
	}
	switch n.Kind {
	case matter.Mapping:
		return "is a mapping of " + count(len(n.Entries), "key")
	case matter.Sequence:
		return "is a list of " + count(len(n.Items), "item")
	case matter.Bool:
		return "is the boolean " + n.Value
	case matter.Int, matter.Float:
		return "is the number " + shortened(n.Value)
	case matter.String:
		return "is the string " + quoted(n.Value)
	}
	return "is the date " + shortened(n.Value)
}

// notAllowed reports a value that is none of those that are allowed.
func (f *finder) notAllowed(e *jsonschema.ValidationError, at *place, got any, want []any) {
	near := ""
	if text, ok := got.(string); ok {
		near = nearest(text, want)
	}
	text := fmt.Sprintf("%s is %s, expected %s", at.path(), show(got), oneOf(want))
	if got == nil {
		text = fmt.Sprintf("%s has no value, expected %s", at.path(), oneOf(want))
	}
	if near != "" && len(want) > 1 {
		text += fmt.Sprintf("; did you mean %s?", quoted(near))
	}
	fault := f.add(at, NotAllowed, "%s%s%s", text, f.hint(e), f.reason(e))
	value, only := near, near != ""
	if json, ok := encoded(value); ok && only && at.alias == nil && at.value.Kind != matter.Alias {
		fault.Remedy = &Remedy{Action: Set, Pointer: fault.Pointer, Value: json}
	}
}

// nearest is the string among some values that a text was probably meant to be, or "".
func nearest(text string, want []any) string {
	var words []string
	for _, w := range want {
		if word, ok := w.(string); ok {
			words = append(words, word)
		}
	}
	return report.Suggest(strings.TrimSpace(text), words)
}

// suggestion is the end of a message that names the nearest value.
func suggestion(text string, want []any) string {
	if near := nearest(text, want); near != "" && len(want) > 1 {
		return fmt.Sprintf("; did you mean %s?", quoted(near))
	}
	return ""
}

// pattern reports a string that does not match.
func (f *finder) pattern(e *jsonschema.ValidationError, at *place, k *kind.Pattern) {
	sch := f.schema.parts[e.SchemaURL]
	if sch != nil {
		if slow, ok := sch.Pattern.(*backtracking); ok && slow.tooLong(k.Got) {
			f.add(at, Pattern, "%s can't be told to match the pattern %s, which takes more than %s on it%s", at.path(), shortened(k.Want), patternTime, f.reason(e))
			return
		}
	}
	if note := f.hint(e); note != "" { // Plain words say it better than a regular expression.
		f.add(at, Pattern, "%s is %s: %s%s", at.path(), show(k.Got), strings.Trim(note, " ()"), f.reason(e))
		return
	}
	text := fmt.Sprintf("%s is %s, expected to match the pattern %s", at.path(), show(k.Got), shortened(k.Want))
	if sch != nil {
		if example, ok := f.schema.example(sch.Schema); ok {
			text += ", such as " + show(example)
		}
	}
	f.add(at, Pattern, "%s%s", text, f.reason(e))
}

// not reports a value that must not be so.
func (f *finder) not(e *jsonschema.ValidationError, at *place) {
	p := f.schema.parts[e.SchemaURL]
	text := at.path() + " " + f.typedText(at) + ", which the schema forbids"
	var keys []string
	if p != nil && p.Not != nil {
		switch not := p.Not; {
		case len(not.Required) == 1:
			text = at.below(not.Required[0]) + " is not allowed here"
		case len(not.Required) > 1:
			text = f.allOf(at, not.Required) + " can't be there together"
		case not.Pattern != nil:
			text = fmt.Sprintf("%s is %s, which must not match the pattern %s", at.path(), show(valueOf(at.value, f.format)), shortened(not.Pattern.String()))
		default:
			if wanted, _ := f.schema.wanted(not); wanted != "" {
				text = at.path() + " " + f.typedText(at) + ", expected anything but " + wanted
			}
		}
		keys = p.Not.Required
	}
	fault := f.add(at, NotAllowed, "%s%s%s", text, f.hint(e), f.reason(e))
	for i, key := range keys {
		below := f.subject.at(append(at.tokens[:len(at.tokens):len(at.tokens)], key))
		if i == len(keys)-1 {
			fault.Span = below.keySpan()
		} else {
			fault.Related = append(fault.Related, pipeline.Related{Span: below.keySpan(), Message: "the other key"})
		}
	}
}

// allOf names several keys of a mapping.
func (f *finder) allOf(at *place, keys []string) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = at.below(key)
	}
	return strings.Join(names, " and ")
}

// wantedItem says what an item is that the schema's contains speaks of.
func (f *finder) wantedItem(e *jsonschema.ValidationError) string {
	if p := f.schema.parts[e.SchemaURL]; p != nil && p.Contains != nil {
		if text, _ := f.schema.wanted(p.Contains); text != "" {
			return "is " + text
		}
	}
	return "is as the schema wants it"
}

// hint is what the schema itself says to a fault, in the keywords that editors know.
func (f *finder) hint(e *jsonschema.ValidationError) string {
	p := f.schema.parts[e.SchemaURL]
	if p == nil {
		return ""
	}
	for _, keyword := range []string{"patternErrorMessage", "errorMessage"} {
		if _, is := e.ErrorKind.(*kind.Pattern); keyword == "patternErrorMessage" && !is {
			continue
		}
		if note := p.note(keyword); note != "" {
			return " (" + sentence(note) + ")"
		}
	}
	return ""
}

// afterHash is the part of a location that says where in a file it is.
func afterHash(location string) string {
	_, fragment, _ := strings.Cut(location, "#")
	if fragment == "" {
		return "its top"
	}
	return fragment
}
