package rules

import (
	"bytes"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var duplicateKey = lint.Rule{
	Code: "FM009", Name: "duplicate-key", Group: frontMatter, Severity: pipeline.Error,
	Presets: []string{"core"}, Fix: "safe/hint",
	Doc: `A key stands in the front matter twice.

Some programs take the first value, some the last, some refuse the file; none says which it took.
An entry that repeats key and value is removed by --fix; of two values a person has to choose.`,
	Bad:  "---\ntitle: Rain\ndate: 2022-07-22\ntitle: Rain\n---\nIt rained.\n",
	Good: "---\ntitle: Rain\ndate: 2022-07-22\n---\nIt rained.\n",
	New:  func() lint.Checker { return duplicate{} },
}

type duplicate struct{}

func (duplicate) Check(p *lint.Pass) {
	for _, f := range p.Matter().Faults {
		if f.Kind != matter.Duplicate {
			continue
		}
		out := lint.Finding{Span: f.Span, Message: f.Message}
		for _, r := range f.Related {
			out.Related = append(out.Related, pipeline.Related{Span: r, Message: "the key is here, too"})
		}
		if edit, repeats, ok := removeEntry(p.Matter(), f.Span); ok {
			fix := pipeline.Fix{Title: "remove this entry", Safety: pipeline.Hint, Edits: []pipeline.Edit{edit}}
			if repeats && f.Equal {
				fix.Title, fix.Safety = "remove this entry, which repeats the other", pipeline.Safe
			}
			out.Fixes = []pipeline.Fix{fix}
		}
		p.Add(out)
	}
}

// removeEntry is the edit that takes an entry, known by the span of its key, out of front matter:
// with its lines, or where it shares them with the comma before it. repeats tells that the entry of
// that key before it has the same value.
func removeEntry(m *matter.Matter, key pipeline.Span) (edit pipeline.Edit, repeats, ok bool) {
	n, i := findEntry(m.Root, key)
	if i < 1 || !removable(m.Format, &n.Entries[i]) {
		return edit, false, false
	}
	e := &n.Entries[i]
	for j := range i {
		if n.Entries[j].Key == e.Key {
			repeats = bytes.Equal(matter.AppendJSON(nil, n.Entries[j].Value, nil), matter.AppendJSON(nil, e.Value, nil))
		}
	}
	edit, ok = wholeLines(m.Text, e.Span)
	flow := n.Span.Len() > 0 && m.Text[n.Span.Start] == '{'
	if before := n.Entries[i-1].Span.End; flow || !ok {
		between := string(m.Text[min(before, key.Start):key.Start])
		edit = pipeline.Edit{Start: before, End: e.Span.End}
		ok = between != "" && strings.Trim(between, " \t\r\n,") == ""
	}
	return edit, repeats, ok
}

// findEntry gives the mapping and the index in it of the entry whose key has the span, or -1.
func findEntry(n *matter.Node, key pipeline.Span) (*matter.Node, int) {
	if n == nil {
		return nil, -1
	}
	for i := range n.Entries {
		if n.Entries[i].KeySpan == key {
			return n, i
		}
	}
	for i := range n.Entries {
		if found, at := findEntry(n.Entries[i].Value, key); at >= 0 {
			return found, at
		}
	}
	for _, item := range n.Items {
		if found, at := findEntry(item, key); at >= 0 {
			return found, at
		}
	}
	return nil, -1
}

// removable tells whether an entry is in one place, and nothing else needs it.
func removable(f matter.Format, e *matter.Entry) bool {
	if f == matter.TOML && e.Value.Kind == matter.Mapping {
		return false
	}
	anchored := false
	for n := range e.Value.All() {
		anchored = anchored || n.Anchor != ""
	}
	return !anchored
}

// wholeLines is the edit that removes the lines of a span, if nothing else stands on them.
func wholeLines(text []byte, s pipeline.Span) (pipeline.Edit, bool) {
	start, end := s.Start, s.End
	for start > 0 && (text[start-1] == ' ' || text[start-1] == '\t') {
		start--
	}
	if start > 0 && text[start-1] != '\n' && text[start-1] != '\r' {
		return pipeline.Edit{}, false
	}
	if end > start && text[end-1] == '\n' {
		return pipeline.Edit{Start: start, End: end}, true
	}
	for end < len(text) && (text[end] == ' ' || text[end] == '\t') {
		end++
	}
	switch rest := text[end:]; {
	case bytes.HasPrefix(rest, []byte("\r\n")):
		end += 2
	case bytes.HasPrefix(rest, []byte("\n")), bytes.HasPrefix(rest, []byte("\r")):
		end++
	case len(rest) > 0:
		return pipeline.Edit{}, false
	}
	return pipeline.Edit{Start: start, End: end}, true
}
