package matter

import (
	"errors"
	"fmt"
	"strings"

	"copydesk/pipeline"
)

// A Loss is something that front matter can't take along into another syntax, or takes along in another way.
type Loss struct {
	Span    pipeline.Span // in the text that is converted
	Message string        // in plain words, lower case, no full stop
	Minor   bool          // readers see the same value: only its spelling, or what it is to a parser, is another
}

// Convert returns the edit that gives the front matter another syntax, None to take it away; nil where there
// is nothing to do. Keys stay in their order and comments beside their keys; strings, numbers and dates stay
// what they are. What the syntax can't say is told as losses, in the order of their place. The result has been
// read again, and says the same, value by value: if it does not, that is an error.
func (m *Matter) Convert(to Format) (edits []pipeline.Edit, losses []Loss, err error) {
	switch {
	case m.Lost:
		return nil, nil, errors.New("its end can't be found")
	case m.Format == None, m.Format == to:
		return nil, nil, nil
	case to == None:
		edits, err = m.strip()
		return edits, nil, err
	}
	if err := m.convertible(); err != nil {
		return nil, nil, err
	}
	c := converter{m: m, to: to}
	top := c.top()
	for _, safe := range []bool{false, true} {
		edit, body := m.envelope(to, spell(top, to, m.LineBreak(), safe))
		if err = m.proves(edit, body, to, top); err == nil {
			return []pipeline.Edit{edit}, c.sorted(), nil
		}
	}
	return nil, nil, err
}

// Compose spells a mapping as front matter of a format, with its fences and a blank line behind them: root is made,
// not read, and has no places in a text.
func Compose(root *Node, f Format, lineBreak string) (string, error) {
	c := converter{m: &Matter{Envelope: Envelope{Format: JSON}, Root: root}, to: f}
	top := c.top()
	around := &Matter{Text: []byte(lineBreak), Envelope: Envelope{Body: pipeline.Span{Start: 0, End: len(lineBreak)}}}
	var err error
	for _, safe := range []bool{false, true} {
		edit, body := around.envelope(f, spell(top, f, lineBreak, safe))
		if err = around.proves(edit, body, f, top); err == nil {
			return edit.Text + lineBreak, nil
		}
	}
	return "", err
}

// convertible tells why the values can't be written in another syntax.
func (m *Matter) convertible() error {
	if m.Root == nil {
		return m.unreadable()
	}
	for _, f := range m.Faults {
		at := pipeline.NewLines(m.Text).At(f.Span.Start, pipeline.CodePoints)
		if f.Kind == Duplicate && m.Format == TOML || f.Kind == NotMapping && !f.Prose {
			return fmt.Errorf("line %d: %s", at.Line, f.Message)
		}
	}
	return nil
}

// strip is the edit that takes the front matter away, with the blank line behind it.
func (m *Matter) strip() ([]pipeline.Edit, error) {
	end := m.Body.Start
	if line, next := lineAt(m.Text, end); isBlank(line.Of(m.Text)) {
		end = next
	}
	after, _ := Split(append(m.Text[:m.Fence.Start:m.Fence.Start], m.Text[end:]...))
	if after.Format != None || after.Lost {
		return nil, errors.New("what follows it would be taken for front matter")
	}
	return []pipeline.Edit{{Start: m.Fence.Start, End: end}}, nil
}

// envelope puts data between the fences of a format, and gives what the body is then.
func (m *Matter) envelope(to Format, raw string) (edit pipeline.Edit, body string) {
	br := m.LineBreak()
	body = string(m.Body.Of(m.Text))
	fence := map[Format]string{YAML: "---", TOML: "+++"}[to]
	text := raw + fence
	if fence != "" {
		text = fence + br + text
	} else {
		text = strings.TrimSuffix(text, br)
	}
	if end := m.Body.Start; body != "" || end == 0 || m.Text[end-1] == '\n' || m.Text[end-1] == '\r' {
		text += br
	}
	if line, _ := lineAt(m.Text, m.Body.Start); to == JSON && body != "" && !isBlank(line.Of(m.Text)) {
		text, body = text+br, br+body // Without a blank line behind it, an object is text to some tools.
	}
	return pipeline.Edit{Start: m.Fence.Start, End: m.Body.Start, Text: text}, body
}

// LineBreak is the one that the front matter uses, or, without any, the text.
func (m *Matter) LineBreak() string { return lineBreak(m.Text[m.Fence.Start:]) }

// proves reads the text with the edit carried out, and compares it with what it is to say.
func (m *Matter) proves(edit pipeline.Edit, body string, to Format, top *piece) error {
	text := pipeline.ApplyEdits(m.Text, []pipeline.Edit{edit})
	env, _ := Split(text)
	if env.Format != to || string(env.Body.Of(text)) != body {
		return fmt.Errorf("in %s it would end elsewhere", names[to])
	}
	root, faults := parse(text, env.Raw, to, frontMatterLimits)
	if root == nil {
		return fmt.Errorf("in %s it could not be read: %s", names[to], faults[0].Message)
	}
	if at, ok := agrees(top, root, ""); !ok {
		return fmt.Errorf("in %s the value at %q would be another", names[to], at)
	}
	return nil
}

// agrees tells whether a value reads as it is meant, and if not, where.
func agrees(p *piece, n *Node, pointer string) (at string, ok bool) {
	if p.kind != n.Kind || len(p.parts) != len(n.Entries)+len(n.Items) {
		return pointer, false
	}
	for i, part := range p.parts {
		at, child := fmt.Sprint(pointer, "/", i), (*Node)(nil)
		if p.kind == Mapping {
			at, child = Pointer(pointer, part.key), n.Entries[i].Value
			if n.Entries[i].Key != part.key {
				return at, false
			}
		} else {
			child = n.Items[i]
		}
		if at, ok := agrees(part.value, child, at); !ok {
			return at, false
		}
	}
	switch {
	case p.kind == Mapping || p.kind == Sequence:
		return "", true
	case p.from != nil && p.from.Kind == p.kind:
		return pointer, canonical(p.from) == canonical(n)
	}
	return pointer, p.text == n.Value
}

// spell writes a mapping in a syntax, with a line break behind it. safe has strings in the surest quotes.
func spell(top *piece, to Format, br string, safe bool) string {
	switch to {
	case TOML:
		t := tomlText{br: br, safe: safe}
		t.table(nil, top)
		t.remarks("", top.tail)
		return t.String()
	case JSON:
		return "{" + spellMembers(top, "", br) + "}" + br
	}
	y := yamlText{br: br, safe: safe}
	y.mapping(top, "", false)
	y.remarks("", top.tail)
	return y.String()
}
