package sanitize

import (
	"bytes"

	"copydesk/pipeline"
)

// Most tags are plain: every tokenizer takes them apart in the same way, into attributes that say what is written there.
// Since bluemonday decides on each attribute by itself, and on its value alone, it is not asked about those of a plain
// tag that it was asked about before, that it keeps whatever they say, and that no rule of the policy names. FuzzPlain
// holds that to what it says of the whole tag.

// isPlain tells whether a start tag is plain: its attributes stand apart, have names of letters, digits and hyphens, each
// another one, and a value in double quotes without character references, or none.
func (c *cleaning) isPlain(t *token) bool {
	raw := c.body[t.start:t.end]
	if t.renamed || t.repeats != nil || len(t.attrs) > 64 || bytes.IndexByte(raw, '&') >= 0 || bytes.IndexByte(raw, '\r') >= 0 || bytes.IndexByte(raw, 0) >= 0 {
		return false
	}
	at := t.nameEnd
	for i := range t.attrs {
		a := &t.attrs[i]
		if !c.blank(at, a.Span.Start) || at == a.Span.Start || !isKey(a.Name) {
			return false
		}
		switch a.Quote {
		case '"':
			if a.Span.End != a.NameSpan.End+len(`=""`)+a.ValueSpan.Len() {
				return false
			}
		case 0:
			if a.Span.End != a.NameSpan.End {
				return false
			}
		default:
			return false
		}
		at = a.Span.End
	}
	if c.body[t.end-2] == '/' {
		return c.blank(at, t.end-2)
	}
	return c.blank(at, t.end-1)
}

// blank tells whether the body has nothing but blanks between two places.
func (c *cleaning) blank(start, end int) bool {
	for ; start < end; start++ {
		if !isSpace(c.body[start]) {
			return false
		}
	}
	return true
}

// plain takes the start tag in hand, of an element that the policy keeps, if that is plain: its decisions stand in c.asked then, but for those
// that bluemonday has to make of what stands in c.serving.
func (c *cleaning) plain(e *element) bool {
	t := &c.at
	if t.name == "iframe" || !c.isPlain(t) {
		return false
	}
	keeps, ask := c.asked.keeps[:0], c.asked.source[:0]
	c.room = append(append(c.room[:0], '<'), t.name...)
	for i := range t.attrs {
		a := &t.attrs[i]
		rule := e.attrs[a.Name]
		if keeps = append(keeps, false); rule == 0 {
			continue
		}
		if keeps[i] = voidAddress(a.Name, a.Value) && rule&anyAddress != 0; keeps[i] {
			continue
		}
		clean, why := c.value(t.name, *a)
		if why != "" {
			continue
		}
		if clean != a.Value || a.Name == "style" {
			return false
		}
		if keeps[i] = rule&anyValue != 0; keeps[i] {
			continue
		}
		from := len(c.room)
		c.room = append(append(c.room, ' '), a.Span.Of(c.body)...)
		if kept, ok := c.answers.attribute(t.name, c.room[from:]); ok {
			keeps[i], c.room = kept, c.room[:from]
		} else {
			ask = append(ask, i)
		}
	}
	c.asked = question{open: true, tag: t, clean: c.asked.clean[:0], source: ask, plain: true, keeps: keeps}
	if len(ask) > 0 {
		c.room = append(c.room, '>')
		c.serving = c.room
	}
	return true
}

// settlePlain takes bluemonday's answer about attributes of a plain tag, and makes the edits of the tag.
func (c *cleaning) settlePlain() {
	q := &c.asked
	if len(q.source) > 0 && q.wrote == "" {
		c.unwrap()
		c.flush()
		return
	}
	name, rest := nextKey(q.wrote)
	for _, i := range q.source {
		a := &q.tag.attrs[i]
		if q.keeps[i] = name == a.Name; q.keeps[i] {
			name, rest = nextKey(rest)
		}
		c.room = append(append(c.room[:0], ' '), a.Span.Of(c.body)...)
		c.answers.learnAttribute(q.tag.name, c.room, q.keeps[i])
	}
	c.keepPlain(q)
	c.flush()
}

// keepPlain keeps a plain start tag with those of its attributes that stay.
func (c *cleaning) keepPlain(q *question) {
	t, href := q.tag, ""
	if t.name == "a" {
		for i := range t.attrs {
			if a := &t.attrs[i]; q.keeps[i] && a.Name == "href" && !voidAddress(a.Name, a.Value) {
				href = a.Value
			}
		}
	}
	if c.mode != parts && !c.nest.start(t.name, c.p.elements[t.name].class, href) {
		c.delete()
		return
	}
	c.kept()
	edits := len(c.edits)
	for i := range t.attrs {
		if a := &t.attrs[i]; !q.keeps[i] {
			c.lostAttribute(t.name, a)
			c.drop(t, i)
		}
	}
	c.inTags += len(c.edits) - edits
	c.approved = append(c.approved, approval{tag: edited(c.body, pipeline.Span{Start: t.start, End: t.end}, c.edits[edits:])})
}

// edited is what edits in a part of a body, in order, make of that part.
func edited(body []byte, part pipeline.Span, edits []pipeline.Edit) []byte {
	if len(edits) == 0 {
		return part.Of(body)
	}
	out := make([]byte, 0, part.Len()+len(edits))
	at := part.Start
	for _, e := range edits {
		out = append(append(out, body[at:e.Start]...), e.Text...)
		at = e.End
	}
	return append(out, body[at:part.End]...)
}
