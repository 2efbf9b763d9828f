package matter

import (
	"fmt"
	"slices"
	"strings"

	"copydesk/pipeline"
)

// A piece is a value on its way into another syntax.
type piece struct {
	kind  Kind    // in the new syntax
	text  string  // of a scalar: what a string says, every other kind as the new syntax spells it
	from  *Node   // what it was
	parts []*part // of a mapping or a sequence
	tail  []string
}

// A part is an entry of a mapping or an item of a sequence, with the comments around it.
type part struct {
	key    string
	value  *piece
	above  []string // lines of comments, with their #, and "" for blank lines
	beside string   // the comment at the end of its line
}

// A converter makes pieces of front matter.
type converter struct {
	m      *Matter
	to     Format
	losses []Loss
	echo   int // inside how many aliases it is: what they stand for has been told of where it stands
	placed []placed
	flow   map[*part]*part // of a part in brackets, the part that they belong to
}

// placed is a part with its place in the text.
type placed struct {
	part *part
	span pipeline.Span
	key  int // where its key ends
	end  int // of the brackets that it stands in, 0 without any
}

func (c *converter) lose(at pipeline.Span, minor bool, format string, args ...any) {
	if c.echo == 0 {
		c.losses = append(c.losses, Loss{at, fmt.Sprintf(format, args...), minor})
	}
}

func (c *converter) sorted() []Loss {
	slices.SortStableFunc(c.losses, func(a, b Loss) int { return a.Span.Start - b.Span.Start })
	return c.losses
}

// top is the whole front matter.
func (c *converter) top() *piece {
	c.flow = map[*part]*part{}
	root := &part{value: &piece{kind: Mapping}}
	c.mapping(c.m.Root, root, 0)
	if len(c.m.Text) > 0 {
		c.attach(root.value)
	}
	hoist(root)
	return root.value
}

// value makes the piece of a value; ok is false when the new syntax has no place for it.
func (c *converter) value(n *Node, into *part, brackets int) (ok bool) {
	if n.Kind == Alias {
		c.lose(n.Span, true, "%s has no aliases: what *%s stands for is written out", names[c.to], n.Value)
		c.echo++
		ok = c.value(n.Target, into, brackets)
		c.echo--
		return ok
	}
	c.tag(n)
	into.value = &piece{kind: n.Kind, from: n}
	switch n.Kind {
	case Mapping:
		c.mapping(n, into, c.brackets(n, brackets))
	case Sequence:
		c.sequence(n, into, c.brackets(n, brackets))
	case Null:
		into.value.text = "null"
		return c.to != TOML
	default:
		c.scalar(n, into.value)
	}
	return true
}

// brackets is where the brackets around the items of a collection end, 0 if they stand in none.
func (c *converter) brackets(n *Node, outer int) int {
	if outer > 0 || n.Span.Len() == 0 || n.origin != inline || len(c.m.Text) == 0 {
		return outer
	}
	if first := c.m.Text[n.Span.Start]; first == '[' || first == '{' {
		return n.Span.End
	}
	return 0
}

// tag tells of a tag that says more than the kind of the value does.
func (c *converter) tag(n *Node) {
	switch n.Tag {
	case "", "!", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq", "!!timestamp":
	case "!!binary":
		c.lose(n.Span, false, "%s has no binary values: it is written as text, in base64", names[c.to])
	default:
		c.lose(n.Span, false, "%s has no tags: %s is lost", names[c.to], n.Tag)
	}
}

func (c *converter) sequence(n *Node, into *part, brackets int) {
	for i, item := range n.Items {
		made := &part{}
		c.place(made, into, placed{span: item.Span, key: item.Span.Start, end: brackets})
		if first := item.table; first != nil {
			c.move(made, first.header)
			if i == 0 && n.origin == array {
				c.move(into, first.header)
			}
		}
		if !c.value(item, made, brackets) {
			c.lose(item.Span, false, "TOML has no null: the item is left out")
			c.drop(made)
			continue
		}
		into.value.parts = append(into.value.parts, made)
	}
}

func (c *converter) mapping(n *Node, into *part, brackets int) {
	for _, e := range c.entries(n) {
		c.echo += e.echo
		c.key(e.Entry)
		made := &part{key: e.Key}
		c.place(made, into, placed{span: e.Span, key: e.KeySpan.End, end: brackets})
		if c.value(e.Value, made, brackets) {
			into.value.parts = append(into.value.parts, made)
		} else {
			c.lose(e.Span, false, "TOML has no null: the key %s is left out", quoted([]byte(e.Key)))
			c.drop(made)
		}
		c.echo -= e.echo
	}
}

// key tells of a key that is no text.
func (c *converter) key(e Entry) {
	if c.m.Format != YAML || e.KeySpan.Len() == 0 {
		return
	}
	switch raw := e.KeySpan.Of(c.m.Text); raw[0] {
	case '"', '\'':
	case '*':
		c.lose(e.KeySpan, true, "%s has no aliases: what %s stands for is written out", names[c.to], raw)
	default:
		if kind := yamlKind(e.Key, "", false); kind != String {
			c.lose(e.KeySpan, true, "keys of %s are text, and %s is of the kind %s", names[c.to], quoted(raw), kind)
		}
	}
}

// listed is an entry that a mapping has of its own, or by a merge key.
type listed struct {
	Entry
	echo int
}

// entries are those of a mapping with its merge keys carried out (yaml.org/type/merge.html), and of a key
// that stands more than once the last.
func (c *converter) entries(n *Node) (all []listed) {
	last := make(map[string]int, len(n.Entries))
	for i, e := range n.Entries {
		if !c.merges(e) {
			last[e.Key] = i
		}
	}
	merged := map[string]bool{}
	for i, e := range n.Entries {
		switch {
		case c.merges(e):
			c.lose(e.Span, true, "%s has no merge keys: what << adds is written out", names[c.to])
			c.echo++
			for _, one := range c.merge(e.Value) {
				if _, own := last[one.Key]; !own && !merged[one.Key] {
					merged[one.Key] = true
					all = append(all, listed{one.Entry, 1})
				}
			}
			c.echo--
		case last[e.Key] != i:
			c.lose(e.Span, false, "the key %s stands more than once: only the last is taken", quoted([]byte(e.Key)))
		default:
			all = append(all, listed{e, 0})
		}
	}
	return all
}

// merges tells whether an entry is a merge key.
func (c *converter) merges(e Entry) bool {
	if e.Key != "<<" || c.m.Format != YAML || string(e.KeySpan.Of(c.m.Text)) != "<<" {
		return false
	}
	v := e.Value.Resolve()
	if v.Kind == Sequence {
		return len(v.Items) > 0 && !slices.ContainsFunc(v.Items, func(n *Node) bool { return n.Resolve().Kind != Mapping })
	}
	return v.Kind == Mapping
}

// merge are the entries that the value of a merge key adds, of which the first with a key counts.
func (c *converter) merge(n *Node) (all []listed) {
	n = n.Resolve()
	if n.Kind == Mapping {
		return c.entries(n)
	}
	for _, item := range n.Items {
		all = append(all, c.entries(item.Resolve())...)
	}
	return all
}

// respelled tells that a value is spelled in another way.
func (c *converter) respelled(n *Node, p *piece) {
	if p.text != n.Value {
		c.lose(n.Span, true, "%s is spelled %s, as %s has it", quoted([]byte(n.Value)), strings.TrimSpace(p.text), names[c.to])
	}
}
