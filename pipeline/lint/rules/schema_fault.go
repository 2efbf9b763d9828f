package rules

import (
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"
)

// schemaFault is the checker of rules whose findings are made by package schema: it passes on the faults
// of one kind, with the fix that their remedy comes to.
type schemaFault struct{ kind schema.Kind }

func (c schemaFault) Check(p *lint.Pass) {
	addFaults(p, func(f *schema.Fault) bool { return f.Kind == c.kind })
}

// addFaults adds the faults of the document's schema that are wanted, with their fixes.
func addFaults(p *lint.Pass, wanted func(*schema.Fault) bool) {
	m, faults := p.Matter(), p.Schema()
	var chosen []*schema.Fault
	var changes []matter.Change
	for i := range faults {
		if f := &faults[i]; wanted(f) {
			chosen = append(chosen, f)
			if f.Remedy != nil && f.Remedy.Action != schema.Remove {
				changes = append(changes, changeOf(f.Remedy))
			}
		}
	}
	edits := m.Changes(changes) // All at once: each takes a parse to prove.
	for _, f := range chosen {
		out := lint.Finding{Span: f.Span, Message: f.Message, Related: f.Related, Minor: f.Minor}
		switch r := f.Remedy; {
		case r == nil:
		case r.Action == schema.Remove:
			if fix, ok := removeFix(m, r.Pointer); ok {
				out.Fixes = []pipeline.Fix{fix}
			}
		default:
			if edits[0] != nil {
				out.Fixes = []pipeline.Fix{fixOf(r, edits[0])}
			}
			edits = edits[1:]
		}
		p.Add(out)
	}
}

// changeOf is the change of front matter that a remedy asks for.
func changeOf(r *schema.Remedy) matter.Change {
	switch r.Action {
	case schema.Add:
		return matter.Change{Pointer: r.Pointer, Pairs: []matter.Pair{{Key: r.Key, Value: r.Value}}}
	case schema.Rename:
		return matter.Change{Pointer: r.Pointer, Name: r.Key}
	default:
		return matter.Change{Pointer: r.Pointer, Value: r.Value}
	}
}

// fixOf is the fix that a remedy comes to.
func fixOf(r *schema.Remedy, edits []pipeline.Edit) pipeline.Fix {
	fix := pipeline.Fix{Edits: edits, Keys: []string{r.Pointer}, Safety: pipeline.Unsafe}
	if r.Sure {
		fix.Safety = pipeline.Safe
	}
	switch r.Action {
	case schema.Add:
		fix.Title, fix.Keys = "add "+r.Key, []string{matter.Pointer(r.Pointer, r.Key)}
	case schema.Rename:
		fix.Title, fix.Keys = "rename it to "+r.Key, append(fix.Keys, matter.Pointer(parentOf(r.Pointer), r.Key))
	default:
		fix.Title = "write " + strings.TrimSpace(edits[0].Text)
	}
	return fix
}

// removeFix is the fix that removes an item of a list.
func removeFix(m *matter.Matter, pointer string) (fix pipeline.Fix, ok bool) {
	parent := parentOf(pointer)
	list, item := m.Root.At(parent), m.Root.At(pointer)
	if list == nil {
		return fix, false
	}
	for i := range list.Items {
		if list.Items[i] == item {
			edit, ok := removeItem(m, list, i)
			// The items behind it move up: all of the list is declared.
			return pipeline.Fix{Title: "remove it", Keys: []string{parent}, Edits: []pipeline.Edit{edit}}, ok
		}
	}
	return fix, false
}

// parentOf is the pointer of the collection that a pointer leads into.
func parentOf(pointer string) string { return pointer[:strings.LastIndexByte(pointer, '/')] }
