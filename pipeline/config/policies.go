package config

import (
	"maps"
	"slices"

	"copydesk/pipeline/matter"
	"copydesk/pipeline/sanitize"
)

// definePolicies reads sanitize.policies. It comes before all that may name one of them.
func (r *reader) definePolicies(root *matter.Node) {
	n := root.Get("sanitize").Get("policies")
	if n == nil || n.Kind == matter.Null {
		return
	}
	r.config.policies = &sanitize.Set{}
	for _, f := range r.config.policies.Define(n) {
		r.wrong(f.Span, "%s", f.Message)
	}
}

// checkPolicies looks at the names of policies that the sections of steps set.
func (r *reader) checkPolicies() {
	for _, s := range r.config.settings {
		if s.option != "policy" {
			continue
		}
		if _, err := r.config.policies.Named(s.node.Text()); err != nil {
			r.wrong(s.node.Span, "step %s: %v", s.step, err)
		}
	}
}

// policiesSchema is the schema of sanitize.policies.
func policiesSchema() object {
	word := object{"type": []any{"string", "number", "boolean"}}
	words := object{"type": "array", "items": word}
	list := object{"anyOf": []any{words, word}}
	properties := object{}
	for _, k := range sanitize.Keys() {
		var schema object
		switch k.Name {
		case "extends":
			schema = object{"type": "string"}
		case "comments":
			schema = object{"type": "boolean"}
		case "attributes", "styles":
			schema = object{"type": "object", "additionalProperties": object{"type": "object", "additionalProperties": list}}
		case "classes":
			schema = object{"type": "object", "additionalProperties": list}
		default:
			schema = maps.Clone(list)
		}
		schema["description"] = k.Help
		properties[k.Name] = schema
	}
	return object{"type": "object", "description": "name -> what the policy lets stay; copydesk sanitize --show-policy shows those built in",
		"propertyNames":        object{"pattern": "^[A-Za-z0-9_-]+$"},
		"additionalProperties": object{"type": "object", "properties": properties, "additionalProperties": false}}
}

// sectionKeys are the keys of a step's section beside the step's options.
func sectionKeys(step string) []string {
	if step == "sanitize" {
		return []string{"policies"}
	}
	return nil
}

func isSectionKey(step, key string) bool { return slices.Contains(sectionKeys(step), key) }
