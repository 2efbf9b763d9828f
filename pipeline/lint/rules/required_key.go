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
	var changes []matter.Change
	at := map[string]int{} // the change of each mapping
	for _, f := range p.Schema() {
		if f.Kind != schema.Required || f.Remedy == nil {
			continue
		}
		i, ok := at[f.Pointer]
		if !ok {
			i = len(changes)
			at[f.Pointer] = i
			changes = append(changes, matter.Change{Pointer: f.Pointer})
		}
		changes[i].Pairs = append(changes[i].Pairs, matter.Pair{Key: f.Key, Value: f.Remedy.Value})
	}
	edits := p.Matter().Changes(changes)
	for _, f := range p.Schema() {
		if f.Kind != schema.Required {
			continue
		}
		out := lint.Finding{Span: f.Span, Message: f.Message, Related: f.Related}
		if f.Remedy != nil && edits[at[f.Pointer]] != nil {
			// Keys of one mapping go to one place, where no two fixes can insert: each fix adds them all.
			out.Fixes = []pipeline.Fix{addFix(changes[at[f.Pointer]], edits[at[f.Pointer]])}
		}
		p.Add(out)
	}
}

// addFix is the fix that adds keys to a mapping.
func addFix(c matter.Change, edits []pipeline.Edit) pipeline.Fix {
	fix := pipeline.Fix{Safety: pipeline.Unsafe, Edits: edits}
	names := make([]string, len(c.Pairs))
	for i, p := range c.Pairs {
		names[i] = p.Key
		fix.Keys = append(fix.Keys, matter.Pointer(c.Pointer, p.Key))
	}
	fix.Title = "add " + strings.Join(names, ", ")
	return fix
}
