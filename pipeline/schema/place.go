package schema

import (
	"bytes"
	"strconv"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
)

// A subject is data that is held to a schema.
type subject struct {
	text   []byte
	root   *matter.Node
	format matter.Format
	top    pipeline.Span // what stands for all of it
	name   string        // what it is called
}

// A place is a value of the subject, or one that is not there: then value is nil.
type place struct {
	tokens []string
	value  *matter.Node  // as it stands there: an alias perhaps
	entry  *matter.Entry // whose value it is; nil for an item, and at the top
	alias  *matter.Node  // the first alias on the way to it
	top    pipeline.Span
	text   []byte
	name   string
}

// at finds the place that an instance location names.
func (s *subject) at(tokens []string) place {
	p := place{tokens: tokens, value: s.root, top: s.top, text: s.text, name: s.name}
	for _, token := range tokens {
		if p.value != nil && p.value.Kind == matter.Alias && p.alias == nil {
			p.alias = p.value
		}
		n := p.value.Resolve()
		p.value, p.entry = nil, nil
		switch {
		case n == nil:
			return p
		case n.Kind == matter.Sequence:
			if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(n.Items) {
				p.value = n.Items[i]
			}
		default:
			if p.entry = n.Entry(token); p.entry != nil {
				p.value = p.entry.Value
			}
		}
	}
	return p
}

// valueSpan is where the value stands: its key where the value is not written, the first line of a collection
// of several, the alias through which it is reached.
func (p *place) valueSpan() pipeline.Span {
	switch {
	case p.alias != nil:
		return p.alias.Span
	case len(p.tokens) == 0 || p.value == nil:
		return p.top
	case p.value.Span.Len() == 0 && p.entry != nil:
		return p.entry.KeySpan
	case p.value.Kind == matter.Mapping || p.value.Kind == matter.Sequence:
		return firstLine(p.text, p.value.Span)
	}
	return p.value.Span
}

// keySpan is where the key of the value stands.
func (p *place) keySpan() pipeline.Span {
	if p.alias == nil && p.entry != nil {
		return p.entry.KeySpan
	}
	return p.valueSpan()
}

// related is the place behind the alias through which the value is reached.
func (p *place) related() []pipeline.Related {
	if p.alias == nil || p.value == nil {
		return nil
	}
	behind := *p
	behind.alias = nil
	return []pipeline.Related{{Span: behind.keySpan(), Message: "the alias *" + p.alias.Value + " stands for this"}}
}

// firstLine is a span to the end of its first line.
func firstLine(text []byte, span pipeline.Span) pipeline.Span {
	if i := bytes.IndexAny(span.Of(text), "\r\n"); i > 0 {
		span.End = span.Start + len(bytes.TrimRight(text[span.Start:span.Start+i], " \t"))
	}
	return span
}

// pointer is the JSON pointer of the place.
func (p *place) pointer() string {
	pointer := ""
	for _, token := range p.tokens {
		pointer = matter.Pointer(pointer, token)
	}
	return pointer
}

// path is what the value is called in a message: authors[2].name.
func (p *place) path() string { return p.pathOf(p.tokens) }

// below is what a value of the place's value is called.
func (p *place) below(key string) string {
	return p.pathOf(append(p.tokens[:len(p.tokens):len(p.tokens)], key))
}

func (p *place) pathOf(tokens []string) string {
	if len(tokens) == 0 {
		return p.name
	}
	var b strings.Builder
	for i, token := range tokens {
		switch {
		case i > 0 && isDigits(token):
			b.WriteString("[" + token + "]")
		case i > 0:
			b.WriteString("." + keyText(token))
		default:
			b.WriteString(keyText(token))
		}
	}
	return b.String()
}

// keyText is a key as a message names it: quoted when it has anything in it that a word has not.
func keyText(key string) string {
	if key == "" || len(key) > maxShown || strings.ContainsAny(key, " \t.:[]\"'`\\,;") || quote(key) != `"`+key+`"` {
		return quoted(key)
	}
	return key
}
