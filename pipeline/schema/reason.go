package schema

import (
	"maps"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// reason says why the schema wants what it does, where that hangs on an if: ", since type is "event"".
func (f *finder) reason(e *jsonschema.ValidationError) string {
	location := e.SchemaURL
	for _, branch := range []string{"/then", "/else"} {
		before, after, found := cutKeyword(location, branch)
		if !found {
			continue
		}
		p := f.schema.parts[before]
		if p == nil || p.If == nil {
			continue
		}
		depth := len(e.InstanceLocation) - depthOf(after)
		if depth < 0 {
			continue
		}
		at := f.at(e.InstanceLocation[:depth])
		if text := condition(p.If, &at, branch == "/else"); text != "" {
			return ", since " + text
		}
	}
	return ""
}

// cutKeyword cuts a location around the last keyword of that name in it.
func cutKeyword(location, keyword string) (before, after string, found bool) {
	i := strings.LastIndex(location, keyword)
	if i < 0 || i+len(keyword) < len(location) && location[i+len(keyword)] != '/' {
		return "", "", false
	}
	return location[:i], location[i+len(keyword):], true
}

// depthOf counts the values inside one another that a location leads through.
func depthOf(location string) (depth int) {
	for word := range strings.SplitSeq(location, "/") {
		switch word {
		case "properties", "patternProperties", "items", "prefixItems", "additionalProperties", "additionalItems",
			"unevaluatedProperties", "unevaluatedItems", "contains":
			depth++
		}
	}
	return depth
}

// condition says what an if asks, "" where that takes more than a few words.
func condition(s *jsonschema.Schema, at *place, otherwise bool) string {
	is := " is "
	if otherwise {
		is = " is not "
	}
	keys := slices.Sorted(maps.Keys(s.Properties))
	switch {
	case len(keys) == 0 && len(s.Required) == 1 && !otherwise:
		return at.below(s.Required[0]) + " is there"
	case len(keys) == 0 && len(s.Required) == 1:
		return at.below(s.Required[0]) + " is missing"
	case len(keys) == 0 || len(keys) > 2 || otherwise && len(keys) > 1:
		return ""
	}
	var texts []string
	for _, key := range keys {
		switch p := s.Properties[key]; {
		case p.Const != nil:
			texts = append(texts, at.below(key)+is+show(*p.Const))
		case p.Enum != nil && len(p.Enum.Values) <= maxListed:
			texts = append(texts, at.below(key)+is+oneOf(p.Enum.Values))
		default:
			return ""
		}
	}
	return strings.Join(texts, " and ")
}
