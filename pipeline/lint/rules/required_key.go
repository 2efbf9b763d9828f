package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"
)

var requiredKey = lint.Rule{
	Code: "SC001", Name: "required-key", Group: schemaGroup, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "unsafe",
	Doc: `A key that the schema requires is missing.

What reads the article relies on the key: a page without a title, a feed without dates. The fix adds the
key with its default, the only or first value that is allowed, or TODO; it does not invent dates.`,
	Schema: "required: [title, draft]\nproperties: {title: {type: string}, draft: {type: boolean, default: true}}\n",
	Bad:    "---\ntitle: Rain\n---\nIt rained.\n",
	Good:   "---\ntitle: Rain\ndraft: true\n---\nIt rained.\n",
	New:    func() lint.Checker { return required{} },
}

type required struct{}

func (required) Check(p *lint.Pass) {
	m := p.Matter()
	together := map[string][]matter.Pair{} // what each mapping lacks
	for _, f := range p.Schema() {
		if f.Kind == schema.Required && f.Remedy != nil {
			together[f.Pointer] = append(together[f.Pointer], matter.Pair{Key: f.Key, Value: f.Remedy.Value})
		}
	}
	for _, f := range p.Schema() {
		if f.Kind != schema.Required {
			continue
		}
		out := schemaFinding(m, f)
		// Keys of one mapping are added at one place, where two fixes can't both insert: one adds all.
		if all := together[f.Pointer]; len(out.Fixes) > 0 && len(all) > 1 {
			if fix, ok := addFix(m, f.Pointer, all); ok {
				out.Fixes[0].Safety = pipeline.Hint
				out.Fixes = []pipeline.Fix{fix, out.Fixes[0]}
			}
		}
		p.Add(out)
	}
}

// addFix is the fix that adds keys to a mapping.
func addFix(m *matter.Matter, pointer string, pairs []matter.Pair) (pipeline.Fix, bool) {
	edits, err := m.Add(pointer, pairs...)
	fix := pipeline.Fix{Safety: pipeline.Unsafe, Edits: edits}
	names := make([]string, len(pairs))
	for i, p := range pairs {
		names[i] = p.Key
		fix.Keys = append(fix.Keys, matter.Pointer(pointer, p.Key))
	}
	fix.Title = "add " + strings.Join(names, ", ")
	return fix, err == nil
}
