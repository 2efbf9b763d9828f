package schema

import (
	"reflect"
	"slices"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"copydesk/pipeline/matter"
)

// A shortcut tells of values that a part of a schema surely allows, from the nodes as they are: the validator
// wants values that are made of them, which takes several times as long as it then does. It knows the keywords
// that most schemas of front matter consist of. A value that it does not allow need not be wrong: the validator
// decides, and tells why.
type shortcut struct {
	kinds map[matter.Kind]bool // nil: all

	keys     map[string]int // the place in each
	each     []*shortcut    // of the values of keys, nil: any; at most 64
	required uint64         // bits of keys, by their place
	closed   bool           // other keys are not allowed

	minItems, maxItems   int
	item                 *shortcut // nil: any
	minLength, maxLength int       // code points
	pattern              jsonschema.Regexp
	format               *jsonschema.Format
	enum                 []string // nil: any

	all, any []*shortcut
}

// most is a limit where there is none.
const most = int(^uint(0) >> 1)

// The fields of a compiled schema that allow all values, and those that a shortcut is made of.
var (
	annotations = []string{
		"DraftVersion", "Location", "ID", "Anchor", "Title", "Description", "Default", "Comment", "ReadOnly", "WriteOnly",
		"Examples", "Deprecated",
	}
	assertions = []string{
		"Types", "Enum", "AllOf", "AnyOf", "Format", "Required", "Properties", "AdditionalProperties",
		"MinItems", "MaxItems", "Items", "Items2020", "MinLength", "MaxLength", "Pattern",
	}
)

// kindsOf are the kinds of value that have a type of JSON Schema. A float that is whole is an integer, too: that is
// left to the validator.
var kindsOf = map[string][]matter.Kind{
	"null": {matter.Null}, "boolean": {matter.Bool}, "integer": {matter.Int}, "number": {matter.Int, matter.Float},
	"string": {matter.String, matter.Date, matter.Time, matter.DateTime, matter.LocalDateTime},
	"array":  {matter.Sequence}, "object": {matter.Mapping},
}

// shorten makes the shortcuts of a schema; made has those of its parts, nil for a part in hand, so that none leads in
// a circle. It is nil where there is more to a part than a shortcut knows.
func shorten(sch *jsonschema.Schema, made map[*jsonschema.Schema]*shortcut) *shortcut {
	if s, ok := made[sch]; ok {
		return s
	}
	made[sch] = nil
	if sch.Ref != nil {
		if onlyHas(sch, "Ref") {
			made[sch] = shorten(sch.Ref, made)
		}
		return made[sch]
	}
	if !onlyHas(sch, assertions...) || len(sch.Properties)+len(sch.Required) > 64 {
		return nil
	}
	s := &shortcut{pattern: sch.Pattern, format: sch.Format, maxItems: most, maxLength: most, keys: map[string]int{}}
	bound(&s.minItems, sch.MinItems)
	bound(&s.maxItems, sch.MaxItems)
	bound(&s.minLength, sch.MinLength)
	bound(&s.maxLength, sch.MaxLength)
	if s.scalars(sch) && s.object(sch, made) && s.items(sch, made) && s.branches(sch, made) {
		made[sch] = s
	}
	return made[sch]
}

// onlyHas tells whether all fields of a schema but annotations and the named ones are as in an empty one.
func onlyHas(sch *jsonschema.Schema, fields ...string) bool {
	v := reflect.ValueOf(sch).Elem()
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() && !v.Field(i).IsZero() && !slices.Contains(annotations, f.Name) && !slices.Contains(fields, f.Name) {
			return false
		}
	}
	return true
}

func bound(to *int, from *int) {
	if from != nil {
		*to = *from
	}
}

func (s *shortcut) scalars(sch *jsonschema.Schema) bool {
	if sch.Types != nil && !sch.Types.IsEmpty() {
		s.kinds = map[matter.Kind]bool{}
		for _, name := range sch.Types.ToStrings() {
			for _, kind := range kindsOf[name] {
				s.kinds[kind] = true
			}
		}
	}
	if sch.Enum != nil {
		s.enum = []string{}
		for _, v := range sch.Enum.Values {
			text, ok := v.(string)
			if !ok {
				return false
			}
			s.enum = append(s.enum, text)
		}
	}
	return true
}

func (s *shortcut) object(sch *jsonschema.Schema, made map[*jsonschema.Schema]*shortcut) bool {
	switch others := sch.AdditionalProperties.(type) {
	case nil:
	case bool:
		s.closed = !others
	default:
		return false
	}
	for key, value := range sch.Properties {
		short := shorten(value, made)
		if short == nil {
			return false
		}
		s.keys[key] = len(s.each)
		s.each = append(s.each, short)
	}
	for _, key := range sch.Required {
		if _, ok := s.keys[key]; !ok {
			if s.closed {
				return false
			}
			s.keys[key] = len(s.each)
			s.each = append(s.each, nil)
		}
		s.required |= 1 << s.keys[key]
	}
	return true
}

func (s *shortcut) items(sch *jsonschema.Schema, made map[*jsonschema.Schema]*shortcut) bool {
	of := sch.Items2020
	switch items := sch.Items.(type) {
	case nil:
	case *jsonschema.Schema:
		of = items
	default:
		return false
	}
	if of == nil {
		return true
	}
	s.item = shorten(of, made)
	return s.item != nil
}

func (s *shortcut) branches(sch *jsonschema.Schema, made map[*jsonschema.Schema]*shortcut) bool {
	for _, branch := range sch.AllOf {
		s.all = append(s.all, shorten(branch, made))
	}
	for _, branch := range sch.AnyOf {
		if short := shorten(branch, made); short != nil {
			s.any = append(s.any, short)
		}
	}
	return !slices.Contains(s.all, nil) && (len(sch.AnyOf) == 0 || len(s.any) > 0)
}

// allows tells whether the schema surely allows a value. The key except, of a mapping, is not looked at.
func (s *shortcut) allows(n *matter.Node, format matter.Format, except string) bool {
	n = n.Resolve()
	if n == nil || s.kinds != nil && !s.kinds[n.Kind] {
		return false
	}
	var ok bool
	switch n.Kind {
	case matter.Mapping:
		ok = s.format == nil && s.enum == nil && s.allowsEntries(n, format, except)
	case matter.Sequence:
		ok = s.format == nil && s.enum == nil && s.allowsItems(n, format)
	case matter.Null, matter.Bool:
		ok = s.format == nil && s.enum == nil
	case matter.Int, matter.Float:
		ok = s.format == nil && s.enum == nil && len(n.Value) <= maxDigits && isJSONNumber(n.Value)
	case matter.DateTime, matter.LocalDateTime:
		ok = format != matter.TOML && s.allowsText(n.Value) // Those of TOML are spelled anew.
	default:
		ok = s.allowsText(n.Value)
	}
	return ok && s.allowsBranches(n, format, except)
}

func (s *shortcut) allowsEntries(n *matter.Node, format matter.Format, except string) bool {
	var seen uint64
	for i := range n.Entries {
		e := &n.Entries[i]
		if e.Key == except && except != "" {
			continue
		}
		at, ok := s.keys[e.Key]
		switch {
		case !ok && s.closed, ok && seen&(1<<at) != 0: // Of a key that stands twice the last value counts.
			return false
		case !ok:
			continue
		}
		seen |= 1 << at
		if value := s.each[at]; value != nil && !value.allows(e.Value, format, "") {
			return false
		}
	}
	return seen&s.required == s.required
}

func (s *shortcut) allowsItems(n *matter.Node, format matter.Format) bool {
	if len(n.Items) < s.minItems || len(n.Items) > s.maxItems {
		return false
	}
	for _, item := range n.Items {
		if s.item != nil && !s.item.allows(item, format, "") {
			return false
		}
	}
	return true
}

func (s *shortcut) allowsText(text string) bool {
	if s.minLength > 0 || s.maxLength < most {
		if length := utf8.RuneCountInString(text); length < s.minLength || length > s.maxLength {
			return false
		}
	}
	return (s.enum == nil || slices.Contains(s.enum, text)) && (s.pattern == nil || s.pattern.MatchString(text)) &&
		(s.format == nil || s.format.Validate(text) == nil)
}

func (s *shortcut) allowsBranches(n *matter.Node, format matter.Format, except string) bool {
	for _, branch := range s.all {
		if !branch.allows(n, format, except) {
			return false
		}
	}
	return len(s.any) == 0 || slices.ContainsFunc(s.any, func(branch *shortcut) bool { return branch.allows(n, format, except) })
}
