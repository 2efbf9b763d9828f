package schema

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"copydesk/pipeline/matter"
)

// FuzzShortcut holds shortcuts to the validator: what one allows is valid.
func FuzzShortcut(f *testing.F) {
	names, err := filepath.Glob("../../testdata/schema/*.txtar")
	if err != nil || len(names) == 0 {
		f.Fatal(names, err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		var schema string
		for _, file := range archive.Files {
			if strings.Contains(file.Name, "schema.") {
				schema = string(file.Data)
				continue
			}
			f.Add(schema, string(matter.Read(file.Data).Raw.Of(file.Data)))
		}
	}
	for _, c := range shortcutCases {
		f.Add(c.schema, c.data)
	}
	f.Fuzz(func(t *testing.T, schema, data string) {
		if len(schema) > 2048 || len(data) > 2048 {
			t.Skip("too long")
		}
		s, root := compiledFor(t, schema, data)
		if s == nil || root == nil || s.shortcut == nil || !s.shortcut.allows(root, matter.YAML, "") {
			return
		}
		if err := s.compiled.Validate(valueOf(root, matter.YAML)); err != nil {
			t.Errorf("the shortcut of %s allows %s: %v", schema, data, err)
		}
	})
}

func compiledFor(t *testing.T, schema, data string) (*Schema, *matter.Node) {
	l, err := NewLoader(".")
	if err != nil {
		t.Fatal(err)
	}
	text := []byte(schema)
	root, faults := matter.Parse(text, matter.YAML)
	if root == nil || len(faults) > 0 {
		return nil, nil
	}
	s, err := l.Inline("schema.yaml", text, root)
	if err != nil {
		return nil, nil
	}
	value, _ := matter.Parse([]byte(data), matter.YAML)
	return s, value
}

// shortcutCases tell what shortcuts are to be sure of.
var shortcutCases = []struct {
	schema, data string
	sure         bool
}{
	{`{type: object, required: [标题, date], additionalProperties: false, properties: {标题: {type: string, minLength: 2, maxLength: 3}, date: {type: string, pattern: "^2"}, draft: {type: boolean}}}`, "标题: 城市\ndate: 2024-01-01\n", true},
	{`{type: object, required: [a]}`, "a: 1\n", true},
	{`{type: object, required: [a]}`, "b: 1\n", false},
	{`{properties: {a: {type: string}}}`, "a: x\na: 1\n", false},
	{`{properties: {a: {type: [string, "null"]}}}`, "a:\n", true},
	{`{properties: {a: {type: integer}}}`, "a: 7\n", true},
	{`{properties: {a: {type: integer}}}`, "a: 7.5\n", false},
	{`{properties: {a: {type: number}}}`, "a: .inf\n", false},
	{`{properties: {a: {type: number, minimum: 1}}}`, "a: 2\n", false},
	{`{properties: {a: {type: string, format: uri}}}`, "a: https://img0.example.com/img/s_1.png\n", true},
	{`{properties: {a: {type: string, format: uri}}}`, "a: img/s_1.png\n", false},
	{`{properties: {a: {type: array, items: {enum: [x, y]}, minItems: 1, maxItems: 2}}}`, "a: [x, y]\n", true},
	{`{properties: {a: {type: array, items: {enum: [x, y]}, minItems: 1, maxItems: 2}}}`, "a: [x, y, x]\n", false},
	{`{properties: {a: {type: array, items: {enum: [x, 1]}}}}`, "a: [x]\n", false},
	{`{$defs: {t: {type: string}}, properties: {a: {$ref: "#/$defs/t"}}}`, "a: x\n", true},
	{`{properties: {a: {$ref: "#"}}}`, "a: {a: {}}\n", false},
	{`{properties: {a: {anyOf: [{type: string, not: {}}, {type: boolean}]}}}`, "a: true\n", true},
	{`{properties: {a: {allOf: [{type: string}, {minLength: 2}]}}}`, "a: xy\n", true},
	{`{properties: {a: {allOf: [{type: string}, {minLength: 2}]}}}`, "a: x\n", false},
	{`{properties: {a: {oneOf: [{type: string}, {minLength: 2}]}}}`, "a: x\n", false},
	{`{properties: {a: {const: x}}}`, "a: x\n", false},
	{`{additionalProperties: {type: string}}`, "a: x\n", false},
}

func TestShortcut(t *testing.T) {
	for _, c := range shortcutCases {
		s, root := compiledFor(t, c.schema, c.data)
		if s == nil || root == nil {
			t.Errorf("%s or %s can't be read", c.schema, c.data)
			continue
		}
		if sure := s.shortcut != nil && s.shortcut.allows(root, matter.YAML, ""); sure != c.sure {
			t.Errorf("%s: %q: sure is %v", c.schema, c.data, sure)
		}
		var invalid *jsonschema.ValidationError
		if err := s.compiled.Validate(valueOf(root, matter.YAML)); c.sure && errors.As(err, &invalid) {
			t.Errorf("%s: %q: %v", c.schema, c.data, invalid)
		}
	}
}
