package schema

import (
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// merged reports branches that differ in one thing only, the type or the values they allow, as one that allows all
// of them: the value has a wrong type, or is not among the values.
func (f *finder) merged(e *jsonschema.ValidationError, at *place) bool {
	var types, missing []string
	var values []any
	for _, cause := range e.Causes {
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
		case *kind.Required:
			if len(k.Missing) > 1 {
				return false
			}
			missing = append(missing, k.Missing[0])
		default:
			return false
		}
	}
	slices.Sort(types)
	types = slices.Compact(types)
	switch {
	case len(missing) > 0 && (len(missing) < len(e.Causes) || len(missing) < 2):
		return false
	case len(missing) > 0:
		f.missingAny(at, missing)
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

// missingAny reports a mapping that has none of some keys.
func (f *finder) missingAny(at *place, keys []string) {
	slices.Sort(keys)
	keys = slices.Compact(keys)
	for i, key := range keys {
		keys[i] = at.below(key)
	}
	fault := f.add(at, Required, "%s is missing", either(keys))
	if len(at.tokens) > 0 {
		fault.Span = at.keySpan()
	}
}
