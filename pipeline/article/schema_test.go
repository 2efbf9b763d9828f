package article_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"copydesk/pipeline/article"
)

// validate checks an article against the schema and its members' order.
func validate(t *testing.T, line []byte) {
	t.Helper()
	var value, schema any
	if err := json.Unmarshal(line, &value); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(article.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	v := validator{root: schema.(map[string]any)}
	if fault := v.check(v.root, value, ""); fault != "" {
		t.Errorf("%s in %s", fault, line)
	}
	order := []string{"copydesk", "path", "error", "frontMatter", "meta", "body", "tree", "assets", "diagnostics", "trail", "source"}
	at := -1
	for _, name := range names(t, line) {
		if i := slices.Index(order, name); i >= 0 {
			if i < at {
				t.Errorf("member %q does not stand in its place: %s", name, line)
			}
			at = i
		}
	}
	for _, name := range order {
		if _, ok := v.root["properties"].(map[string]any)[name]; !ok {
			t.Errorf("the schema lacks %q", name)
		}
	}
}

// names are the members of an object in their order.
func names(t *testing.T, object []byte) []string {
	t.Helper()
	var all []string
	dec := json.NewDecoder(bytes.NewReader(object))
	if _, err := dec.Token(); err != nil {
		t.Fatal(err)
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, name.(string))
		var skip json.RawMessage
		if err := dec.Decode(&skip); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// A validator knows the keywords that the schema uses; any other is a fault.
type validator struct{ root map[string]any }

func (v validator) check(schema map[string]any, value any, at string) string {
	for word, want := range schema {
		if fault := v.keyword(word, want, schema, value, at); fault != "" {
			return at + ": " + fault
		}
	}
	return ""
}

func (v validator) keyword(word string, want any, schema map[string]any, value any, at string) string {
	switch word {
	case "$schema", "$id", "$defs", "title", "description", "contentEncoding", "format":
		return ""
	case "$ref":
		name := strings.TrimPrefix(want.(string), "#/$defs/")
		return v.check(v.root["$defs"].(map[string]any)[name].(map[string]any), value, at)
	case "type":
		if !isType(want.(string), value) {
			return fmt.Sprintf("%v is no %v", value, want)
		}
	case "const":
		if value != want {
			return fmt.Sprintf("%v is not %v", value, want)
		}
	case "enum":
		if !slices.Contains(want.([]any), value) {
			return fmt.Sprintf("%v is none of %v", value, want)
		}
	case "minimum":
		if n, ok := value.(float64); ok && n < want.(float64) {
			return fmt.Sprintf("%v is less than %v", n, want)
		}
	case "pattern":
		if s, ok := value.(string); ok && !regexp.MustCompile(want.(string)).MatchString(s) {
			return fmt.Sprintf("%q does not match %v", s, want)
		}
	case "anyOf", "oneOf":
		return v.branches(word, want.([]any), value, at)
	case "required", "properties", "additionalProperties":
		return v.object(word, want, value, at)
	case "items":
		items, _ := value.([]any)
		for i, item := range items {
			if fault := v.check(want.(map[string]any), item, fmt.Sprintf("%s/%d", at, i)); fault != "" {
				return fault
			}
		}
	default:
		return "the test does not know the keyword " + word
	}
	return ""
}

func isType(name string, value any) bool {
	ok := false
	switch name {
	case "object":
		_, ok = value.(map[string]any)
	case "array":
		_, ok = value.([]any)
	case "string":
		_, ok = value.(string)
	case "boolean":
		_, ok = value.(bool)
	case "integer":
		n, number := value.(float64)
		ok = number && n == math.Trunc(n)
	case "null":
		ok = value == nil
	}
	return ok
}

func (v validator) branches(word string, branches []any, value any, at string) string {
	passed := 0
	var faults []string
	for _, b := range branches {
		if fault := v.check(b.(map[string]any), value, at); fault != "" {
			faults = append(faults, fault)
		} else {
			passed++
		}
	}
	if passed == 0 || word == "oneOf" && passed > 1 {
		return fmt.Sprintf("%d branches hold: %s", passed, strings.Join(faults, "; "))
	}
	return ""
}

func (v validator) object(word string, want, value any, at string) string {
	members, ok := value.(map[string]any)
	if !ok {
		return ""
	}
	if word == "required" {
		for _, name := range want.([]any) {
			if _, ok := members[name.(string)]; !ok {
				return fmt.Sprintf("%v is missing", name)
			}
		}
		return ""
	}
	for name, member := range members {
		sub := want
		if word == "properties" {
			sub = want.(map[string]any)[name]
		}
		if sub == nil {
			continue
		}
		if fault := v.check(sub.(map[string]any), member, at+"/"+name); fault != "" {
			return fault
		}
	}
	return ""
}
