package rules

import (
	"bytes"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

var keyOrder = lint.Rule{
	Code: "FM020", Name: "key-order", Group: frontMatter, Severity: pipeline.Info,
	Fix: "safe",
	Doc: `The keys of the front matter do not stand in the order that was agreed on.

People find what they look for sooner, and changes show as changes. Keys that the order does not name
follow those that it names. An entry moves with the comment above it.`,
	Bad:  "---\ndate: 2022-07-22\n# as it fell\ntitle: Rain\n---\nIt rained.\n",
	Good: "---\n# as it fell\ntitle: Rain\ndate: 2022-07-22\n---\nIt rained.\n",
	New: func() lint.Checker {
		return &keySequence{Order: []string{"title", "subtitle", "slug", "description", "author", "authors", "date", "lastmod", "categories", "tags"}}
	},
}

type keySequence struct {
	Order []string `option:"order" help:"the keys in their order"`
}

func (c *keySequence) Check(p *lint.Pass) {
	m := p.Matter()
	if m.Root == nil || m.Root.Kind != matter.Mapping {
		return
	}
	entries := m.Root.Entries
	for i := 1; i < len(entries); i++ {
		if c.rank(&entries[i]) < c.rank(&entries[i-1]) {
			p.ReportFix(entries[i].KeySpan, entries[i].Key+" stands behind "+entries[i-1].Key+", not before it", c.reorder(m)...)
			return
		}
	}
}

// rank is the place of an entry in the order.
func (c *keySequence) rank(e *matter.Entry) int {
	for i, key := range c.Order {
		if strings.EqualFold(key, e.Key) {
			return i
		}
	}
	return len(c.Order)
}

// reorder is the fix that puts the entries in their order, where each has lines of its own and none
// depends on another's place.
func (c *keySequence) reorder(m *matter.Matter) []pipeline.Fix {
	starts, ok := chunks(m)
	if !ok {
		return nil
	}
	order := make([]int, len(starts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return c.rank(&m.Root.Entries[i]) - c.rank(&m.Root.Entries[j]) })
	ends := append(slices.Clone(starts[1:]), m.Raw.End)
	text := make([]byte, 0, m.Raw.End-starts[0])
	for _, i := range order {
		text = append(text, m.Text[starts[i]:ends[i]]...)
	}
	return []pipeline.Fix{{Title: "put the keys in their order", Edits: []pipeline.Edit{{Start: starts[0], End: m.Raw.End, Text: string(text)}}}}
}

// chunks gives the offset where the lines of each entry begin, with the comments right above it.
// ok is false where they can't change places: in JSON, where entries share lines, with TOML's tables,
// with anchors, and with keys that are there twice.
func chunks(m *matter.Matter) (starts []int, ok bool) {
	raw := m.Raw.Of(m.Text)
	if m.Format == matter.JSON || len(raw) == 0 || raw[len(raw)-1] != '\n' || bytes.Contains(raw, []byte("\n...")) {
		return nil, false
	}
	anchored := false
	for n := range m.Root.All() {
		anchored = anchored || n.Anchor != ""
	}
	for i := range m.Root.Entries {
		e := &m.Root.Entries[i]
		list := e.Value.Kind == matter.Sequence && e.Value.Span.Len() > 0 && m.Text[e.Value.Span.Start] == '['
		table := m.Format == matter.TOML && (e.Value.Kind == matter.Mapping || e.Value.Kind == matter.Sequence && !list)
		start := e.KeySpan.Start
		if anchored || table || m.Root.Entry(e.Key) != e || start > m.Raw.Start && m.Text[start-1] != '\n' || start < m.Raw.Start {
			return nil, false
		}
		starts = append(starts, aboveComments(m, start))
	}
	return starts, slices.IsSorted(starts)
}

// aboveComments is where the comments that stand right above a line begin.
func aboveComments(m *matter.Matter, at int) int {
	for at > m.Raw.Start {
		line := bytes.LastIndexByte(m.Text[m.Raw.Start:at-1], '\n') + 1 + m.Raw.Start
		if m.Text[line] != '#' {
			break
		}
		at = line
	}
	return at
}
