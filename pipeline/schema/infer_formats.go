package schema

import (
	"strings"
	"sync"
)

// A format is one that a schema may ask of texts. Only the validator's own check says whether a text is of it,
// so that what is inferred from a text accepts it.
type format struct {
	names []string               // a text must be of one of them
	hint  func(text string) bool // whether a text looks like it, asked before the check
	valid []func(any) error
}

// formats are those that are worth to be asked for, the narrowest first: nearly each text is a uri-reference.
var formats = sync.OnceValue(func() []format {
	digit := func(text string) bool { return text != "" && '0' <= text[0] && text[0] <= '9' }
	address := func(text string) bool { return strings.Contains(text, "://") }
	list := []format{
		{names: []string{"date"}, hint: digit},
		{names: []string{"date-time"}, hint: digit},
		{names: []string{"date", "date-time"}, hint: digit},
		{names: []string{"time"}, hint: digit},
		{names: []string{"uuid"}, hint: func(text string) bool { return len(text) == 36 }},
		{names: []string{"email"}, hint: func(text string) bool { return strings.Contains(text, "@") }},
		{names: []string{"uri"}, hint: address},
		{names: []string{"iri"}, hint: address},
	}
	for i := range list {
		for _, name := range list[i].names {
			list[i].valid = append(list[i].valid, check(name))
		}
	}
	return list
})

// check is the validator's check of a format.
func check(name string) func(any) error {
	c := newCompiler()
	if err := c.AddResource("format.json", map[string]any{"format": name}); err != nil {
		panic(err) // The schema is our own.
	}
	return c.MustCompile("format.json").Format.Validate
}

// failing gives the formats, as bits by their number, that a text is not of, beside those known to be failed.
func failing(text string, failed uint) uint {
	for i, f := range formats() {
		if failed&(1<<i) == 0 && !f.is(text) {
			failed |= 1 << i
		}
	}
	return failed
}

func (f format) is(text string) bool {
	if !f.hint(text) {
		return false
	}
	for _, valid := range f.valid {
		if valid(text) == nil {
			return true
		}
	}
	return false
}

// format is the narrowest format that all texts are of; ok is false when there is none.
func (t *texts) format() (f format, ok bool) {
	for i, f := range formats() {
		if t.count > 0 && t.failed&(1<<i) == 0 {
			return f, true
		}
	}
	return format{}, false
}
