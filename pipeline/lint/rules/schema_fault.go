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
	for _, f := range p.Schema() {
		if f.Kind == c.kind {
			p.Add(schemaFinding(p.Matter(), f))
		}
	}
}

func schemaFinding(m *matter.Matter, f schema.Fault) lint.Finding {
	out := lint.Finding{Span: f.Span, Message: f.Message, Related: f.Related, Minor: f.Minor}
	if f.Remedy == nil {
		return out
	}
	if fix, ok := remedyFix(m, f.Remedy); ok {
		if !f.Remedy.Sure {
			fix.Safety = pipeline.Unsafe
		}
		out.Fixes = []pipeline.Fix{fix}
	}
	return out
}

// remedyFix is the fix that a remedy comes to; not ok where the front matter can't be changed so.
func remedyFix(m *matter.Matter, r *schema.Remedy) (fix pipeline.Fix, ok bool) {
	fix.Keys = []string{r.Pointer}
	switch r.Action {
	case schema.Set:
		edit, err := m.Patch(r.Pointer, r.Value)
		fix.Title, fix.Edits = "write "+strings.TrimSpace(edit.Text), []pipeline.Edit{edit}
		return fix, err == nil
	case schema.Add:
		edits, err := m.Add(r.Pointer, matter.Pair{Key: r.Key, Value: r.Value})
		fix.Title, fix.Edits = "add "+r.Key, edits
		fix.Keys = []string{matter.Pointer(r.Pointer, r.Key)}
		return fix, err == nil
	case schema.Rename:
		edit, err := m.Rename(r.Pointer, r.Key)
		fix.Title, fix.Edits = "rename it to "+r.Key, []pipeline.Edit{edit}
		parent, _ := parentOf(r.Pointer)
		fix.Keys = append(fix.Keys, matter.Pointer(parent, r.Key))
		return fix, err == nil
	case schema.Remove:
		return removeFix(m, r.Pointer)
	}
	return fix, false
}

// removeFix is the fix that removes an item of a list.
func removeFix(m *matter.Matter, pointer string) (fix pipeline.Fix, ok bool) {
	parent, _ := parentOf(pointer)
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
func parentOf(pointer string) (parent, last string) {
	i := strings.LastIndexByte(pointer, '/')
	return pointer[:i], pointer[i+1:]
}
