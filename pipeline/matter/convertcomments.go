package matter

import (
	"slices"
	"strings"

	"copydesk/pipeline"
)

// place notes where a part stands. What an alias stands for has no place of its own.
func (c *converter) place(p, parent *part, at placed) {
	if at.end > 0 {
		c.flow[p] = parent
	}
	if c.echo == 0 {
		at.part = p
		c.placed = append(c.placed, at)
	}
}

// move notes that a part begins with a header.
func (c *converter) move(p *part, header pipeline.Span) {
	for i := len(c.placed) - 1; i >= 0; i-- { // It is one of the last two.
		if c.placed[i].part == p {
			c.placed[i].span.Start, c.placed[i].key = header.Start, header.End
			return
		}
	}
}

// drop forgets the last place, of a part that is left out, so that the comments beside it go to others.
func (c *converter) drop(p *part) {
	if last := len(c.placed) - 1; last >= 0 && c.placed[last].part == p {
		c.placed = c.placed[:last]
	}
}

// A remark is a comment, or a blank line, where text is "".
type remark struct {
	span pipeline.Span
	text string
	own  bool // it has its line for itself
}

// attach gives comments and blank lines to the parts that they stand above or beside.
func (c *converter) attach(top *piece) {
	slices.SortStableFunc(c.placed, func(a, b placed) int { return a.span.Start - b.span.Start })
	next := 0
	for _, r := range c.remarks() {
		for next < len(c.placed) && c.placed[next].span.Start <= r.span.Start {
			next++
		}
		switch {
		case c.to == JSON:
			if r.text != "" {
				c.lose(r.span, false, "JSON has no comments: %s is lost", quoted([]byte(r.text)))
			}
		case !r.own && next > 0 && c.besides(c.placed[next-1], r):
		case next == len(c.placed):
			top.tail = append(top.tail, r.text)
		case r.text != "" || c.placed[next].end == 0:
			c.placed[next].part.above = append(c.placed[next].part.above, r.text)
		}
	}
	for len(top.tail) > 0 && top.tail[len(top.tail)-1] == "" {
		top.tail = top.tail[:len(top.tail)-1]
	}
}

// besides gives a comment to the part that it ends the line of.
func (c *converter) besides(at placed, r remark) bool {
	p, end := at.part, at.span.End
	for at.end > 0 && at.end <= r.span.Start {
		p, end = c.flow[p], at.end
		if c.flow[p] == nil {
			break
		}
	}
	if end > r.span.Start {
		end = at.key
	}
	if strings.ContainsAny(string(c.m.Text[min(end, r.span.Start):r.span.Start]), "\r\n") || p.beside != "" {
		return false
	}
	p.beside = r.text
	return true
}

// remarks finds comments and blank lines between the keys and values of YAML or TOML.
func (c *converter) remarks() (all []remark) {
	if c.m.Format == JSON {
		return nil
	}
	text, leaves := c.m.Text, c.leaves()
	bare := true // nothing stands in the line so far
	for at := c.m.Raw.Start; at < c.m.Raw.End; {
		for len(leaves) > 0 && leaves[0].Start < at {
			leaves = leaves[1:]
		}
		ch := text[at]
		switch {
		case len(leaves) > 0 && leaves[0].Start == at:
			if r, ok := c.headerRemark(leaves[0]); ok {
				all = append(all, r)
			}
			at, bare = leaves[0].End, false
		case ch == '\n' || ch == '\r':
			if bare {
				all = append(all, remark{pipeline.Span{Start: at, End: at}, "", true})
			}
			at, bare = pipeline.AfterBreak(text, at), true
		case ch == '#' && (c.m.Format == TOML || bare || strings.ContainsRune(" \t,[]{}", rune(text[at-1]))):
			r := c.remark(at, bare)
			all = append(all, r)
			if at = r.span.End; r.own && at < c.m.Raw.End {
				at = pipeline.AfterBreak(text, at)
			}
		case c.m.Format == TOML && (ch == '"' || ch == '\''): // A key that stands in several lines.
			line, _ := lineAt(text, at)
			at, bare = at+stringEnd(text[at:line.End], 0)+1, false
		default:
			bare = bare && (ch == ' ' || ch == '\t')
			at++
		}
	}
	return all
}

// remark is the comment at an offset.
func (c *converter) remark(at int, own bool) remark {
	line, _ := lineAt(c.m.Text, at)
	end := line.End
	if c.m.Format == YAML {
		for i := at; i < end; i++ {
			if n := whiteLen(string(c.m.Text[i:min(i+3, end)])); n > 1 { // A line break of YAML 1.1.
				end = i
			}
		}
	}
	span := pipeline.Span{Start: at, End: end}
	said := strings.TrimRight(string(span.Of(c.m.Text)), " \t")
	said = strings.Map(func(r rune) rune {
		if c.to == YAML && r != '\t' && !printable(string(r)) {
			return ' '
		}
		return r
	}, said)
	return remark{span, said, own}
}

// headerRemark is the comment behind the | or > of a block of YAML.
func (c *converter) headerRemark(leaf pipeline.Span) (r remark, ok bool) {
	if ch := c.m.Text[leaf.Start]; c.m.Format != YAML || ch != '|' && ch != '>' {
		return remark{}, false
	}
	line, _ := lineAt(c.m.Text, leaf.Start)
	i := strings.IndexByte(string(c.m.Text[leaf.Start:line.End]), '#')
	if i < 0 || line.End >= leaf.End { // The remark of an empty block is outside of it.
		return remark{}, false
	}
	return c.remark(leaf.Start+i, false), true
}

// leaves are the spans of all keys, scalars and headers, in the order of their place.
func (c *converter) leaves() (all []pipeline.Span) {
	c.m.Root.Walk(func(_ string, n *Node) {
		for _, e := range n.Entries {
			all = append(all, e.KeySpan)
		}
		if n.table != nil {
			all = append(all, n.table.header)
		}
		if n.Kind != Mapping && n.Kind != Sequence {
			all = append(all, n.Span)
		}
	})
	all = slices.DeleteFunc(all, func(s pipeline.Span) bool { return s.Len() == 0 })
	slices.SortFunc(all, func(a, b pipeline.Span) int { return a.Start - b.Start })
	return all
}

// hoist moves comments to where every syntax has a place for them: from the first key of a mapping in a list to the
// item, from the first table of a list to the list's key.
func hoist(p *part) {
	for i, child := range p.value.parts {
		hoist(child)
		for i == 0 && len(child.above) > 0 && child.above[0] == "" { // No blank line comes before the first.
			child.above = child.above[1:]
		}
	}
	if p.value.kind != Sequence {
		return
	}
	for _, item := range p.value.parts {
		if item.value.kind != Mapping || len(item.value.parts) == 0 {
			continue
		}
		if item.beside != "" {
			item.above = append(item.above, item.beside)
		}
		first := item.value.parts[0]
		item.above = append(item.above, first.above...)
		item.beside, first.above = "", nil
	}
	if tabular(p.value) {
		first := p.value.parts[0]
		if p.beside != "" {
			p.above = append(p.above, p.beside)
		}
		p.above = append(p.above, first.above...)
		p.beside, first.above = "", nil
	}
}

// commented tells whether there is a comment below a value.
func (p *piece) commented() bool {
	return slices.ContainsFunc(p.parts, func(one *part) bool {
		return len(one.above) > 0 || one.beside != "" || one.value.commented()
	})
}

// comments are all that stand below a value.
func (p *piece) comments() (all []string) {
	for _, one := range p.parts {
		all = append(all, one.above...)
		if one.beside != "" {
			all = append(all, one.beside)
		}
		all = append(all, one.value.comments()...)
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}
