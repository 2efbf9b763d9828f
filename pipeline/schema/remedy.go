package schema

import (
	"encoding/json"
	"slices"
	"strings"

	"copydesk/pipeline/matter"
)

// convert is the remedy for a value of the wrong type that can be written as one of the right type without
// losing anything: "false" for false, "12" for 12, 12 for "12". It is nil where there is none that the schema allows.
func (f *finder) convert(p *part, at *place, want []string) *Remedy {
	if at.alias != nil || at.value == nil || at.value.Kind == matter.Alias || at.value.Tag != "" {
		return nil
	}
	n := at.value
	var candidates []any
	switch n.Kind {
	case matter.String:
		candidates = readAs(n, want)
	case matter.Bool, matter.Int, matter.Float:
		if slices.Contains(want, "string") {
			candidates = append(candidates, n.Value)
		}
	}
	for _, v := range candidates {
		if p != nil && p.Validate(v) != nil {
			continue
		}
		if value, ok := encoded(v); ok {
			return &Remedy{Action: Set, Pointer: at.pointer(), Value: value, Sure: true}
		}
	}
	return nil
}

// readAs gives what a string says as a value of another type.
func readAs(n *matter.Node, want []string) (candidates []any) {
	text := n.Value
	if slices.Contains(want, "boolean") {
		switch word := strings.ToLower(text); {
		case word == "true", word == "false":
			candidates = append(candidates, word == "true")
		case n.Ambiguity() == "yaml11-bool" && len(word) > 1: // YAML 1.1 reads it so.
			candidates = append(candidates, word == "yes" || word == "on")
		}
	}
	if (slices.Contains(want, "integer") || slices.Contains(want, "number")) && isJSONNumber(text) && len(text) <= maxDigits {
		if slices.Contains(want, "number") || !strings.Contains(text, ".") {
			candidates = append(candidates, json.Number(text))
		}
	}
	return candidates
}

// oneNameEach leaves out remedies that together would give a mapping the same key twice: of several keys that may be
// called so the first one keeps the remedy, and a key that comes by another name is not added.
func oneNameEach(faults []Fault) {
	given := map[string]bool{}
	for i := range faults {
		r := faults[i].Remedy
		if r == nil || r.Action != Rename {
			continue
		}
		name := matter.Pointer(r.Pointer[:strings.LastIndexByte(r.Pointer, '/')], r.Key)
		if given[name] {
			faults[i].Remedy = nil
		}
		given[name] = true
	}
	for i := range faults {
		if r := faults[i].Remedy; r != nil && r.Action == Add && given[matter.Pointer(r.Pointer, r.Key)] {
			faults[i].Remedy = nil
		}
	}
}
