package config

import (
	"encoding/json"
	"reflect"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint/rules"
	"copydesk/pipeline/steps"
)

// object is a JSON object whose members keep Go's order of keys when it is printed.
type object = map[string]any

// Schema is the JSON Schema (2020-12) of a config file.
func Schema() []byte {
	sections := object{}
	for _, s := range sectionList() {
		sections[s.name] = object{"description": s.help}
	}
	described := func(name string, schema object) {
		schema["description"] = sections[name].(object)["description"]
		sections[name] = schema
	}
	described("files", optionsSchema(&Files{}))
	described("limits", optionsSchema(&Limits{}))
	described("rules", rulesSchema())
	described("schema", object{"type": "object", "additionalProperties": object{"oneOf": []any{
		object{"type": "string", "minLength": 1}, object{"type": []any{"object", "boolean"}}}}})
	var stepNames []any
	stepOptions := object{}
	for _, spec := range steps.All() {
		described(spec.Name, sectionSchema(spec))
		stepNames = append(stepNames, spec.Name)
		stepOptions[spec.Name] = stepSchema(spec)
	}
	described("pipelines", object{"type": "object", "additionalProperties": object{"type": "array", "minItems": 1,
		"items": object{"oneOf": []any{
			object{"enum": stepNames},
			object{"type": "object", "properties": stepOptions, "additionalProperties": false, "minProperties": 1, "maxProperties": 1},
		}}}})
	out, err := json.MarshalIndent(object{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FileName,
		"type": []any{"object", "null"}, "properties": sections, "additionalProperties": false,
	}, "", "  ")
	if err != nil {
		panic(err) // Only maps, lists, strings and numbers stand in it.
	}
	return append(out, '\n')
}

// sectionSchema is the schema of a step's section: its options, and what else stands there.
func sectionSchema(spec pipeline.Spec) object {
	schema := stepSchema(spec)
	if spec.Name == "sanitize" {
		schema["properties"].(object)["policies"] = policiesSchema()
	}
	return schema
}

// stepSchema is the schema of a step's options.
func stepSchema(spec pipeline.Spec) object {
	schema := optionsSchema(spec.New())
	if spec.Name == "lint" {
		delete(schema["properties"].(object), "schema") // That is for the command line.
	}
	return schema
}

func optionsSchema(target any) object {
	properties := object{}
	for _, o := range Options(target) {
		if o.Flag {
			continue
		}
		properties[o.Name] = o.schema()
	}
	return object{"type": []any{"object", "null"}, "properties": properties, "additionalProperties": false}
}

func (o Option) schema() object {
	schema := typeSchema(o.value.Type())
	if o.Values != nil {
		schema["enum"] = append([]string{}, o.Values...)
	}
	if o.value.Kind() == reflect.Slice {
		item := schema
		if o.Keys != nil {
			item = object{"anyOf": []any{schema, o.itemSchema()}}
		}
		kinds := []any{object{"type": "array", "items": item}, item}
		if o.Pairs {
			kinds = append(kinds, object{"type": "object", "additionalProperties": schema})
		}
		schema = object{"anyOf": kinds}
	}
	schema["description"] = o.Help
	if text := o.String(); text != "" {
		schema["description"] = o.Help + " (" + text + ")"
	}
	return schema
}

// itemSchema is the schema of an item that has keys.
func (o Option) itemSchema() object {
	properties := object{}
	for _, key := range o.Keys {
		properties[key] = object{"type": "string"}
	}
	return object{"type": "object", "properties": properties, "required": o.Keys, "additionalProperties": false}
}

func typeSchema(t reflect.Type) object {
	switch name := strings.TrimSuffix(strings.TrimPrefix(typeName(t), "list of "), "s"); name {
	case "duration":
		return object{"type": "string", "pattern": "^([0-9.]+(ns|us|µs|ms|s|m|h))+$"}
	case "string":
		return object{"type": []any{"string", "number"}}
	default:
		return object{"type": name}
	}
}

func rulesSchema() object {
	severity := object{"enum": severities()}
	paths := object{"type": "object", "additionalProperties": severity,
		"description": "glob -> severity or off there; the last one that covers a file counts"}
	several := object{"oneOf": []any{severity, object{"type": "object", "additionalProperties": false,
		"properties": object{"severity": severity, "paths": paths}}}}
	properties := object{}
	for _, rule := range rules.All() {
		options := optionsSchema(rule.New())
		options["type"] = "object"
		options["properties"].(object)["severity"] = severity
		options["properties"].(object)["paths"] = paths
		one := object{"description": strings.SplitN(rule.Doc, "\n", 2)[0], "oneOf": []any{severity, options}}
		properties[rule.Code], properties[rule.Name], properties[rule.Group] = one, one, several
	}
	return object{"type": "object", "properties": properties, "additionalProperties": false,
		"patternProperties": object{"^[A-Z]{2}[0-9]{0,2}$": several}}
}
