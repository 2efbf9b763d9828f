package markup

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/pipeline"
)

// A part is an element, a text or a comment of HTML, with its place.
type part struct {
	kind   TokenKind     // StartTag, Text or Comment
	span   pipeline.Span // all of it
	name   string
	attrs  []Attr
	text   string // of text, decoded
	kids   []*part
	blocks bool // a block is in it, at any depth
}

// readParts makes a tree of HTML. Its places count in the source.
func readParts(source []byte) (*part, error) {
	root := &part{kind: StartTag}
	b := partsBuilder{stack: newStack(), open: []*part{root}, source: source}
	for t := range Scan(source, 0) {
		if b.count > maxNodes {
			return nil, &LimitError{"nodes of the tree", maxNodes, t.Span.Start}
		}
		b.token(t)
	}
	b.close(0, len(source))
	return root, nil
}

// A partsBuilder is one run of readParts.
type partsBuilder struct {
	stack  *stack
	open   []*part // the root, then an element for each of the stack
	source []byte
	count  int
}

func (b *partsBuilder) token(t Token) {
	switch t.Kind {
	case Text:
		text := string(t.Span.Of(b.source))
		if name := b.open[len(b.open)-1].name; rawElement(name) == "" || name == "title" || name == "textarea" {
			text = html.UnescapeString(text)
		}
		b.add(&part{kind: Text, span: t.Span, text: text})
	case Comment:
		b.add(&part{kind: Comment, span: t.Span})
	case StartTag:
		b.start(t)
	case EndTag:
		if at := b.stack.closes(t.Name); at >= 0 {
			b.close(at+1, t.Span.Start)
			b.end(t.Span.End)
		} else if t.Name == "p" || t.Name == "br" { // Browsers make an element of these.
			b.add(&part{kind: StartTag, span: t.Span, name: t.Name, blocks: t.Name == "p"})
		}
	}
}

// add puts a part into the innermost element. Deeper than maxHTMLDepth, it comes behind the element there.
func (b *partsBuilder) add(p *part) {
	b.count++
	in := b.open[min(len(b.open)-1, maxHTMLDepth)]
	in.kids = append(in.kids, p)
}

func (b *partsBuilder) start(t Token) {
	b.close(b.stack.implied(t.Name), t.Span.Start)
	p := &part{kind: StartTag, span: t.Span, name: t.Name, attrs: t.Attrs}
	b.add(p)
	foreign := b.stack.foreign() || t.Name == "svg" || t.Name == "math"
	if isVoid(t.Name) && !b.stack.foreign() || t.Self && (foreign || atom.Lookup([]byte(t.Name)) == 0) {
		b.mark(p)
		return
	}
	b.stack.push(t.Name, 0)
	b.open = append(b.open, p)
}

// close closes the innermost elements until keep are open; they end at a place.
func (b *partsBuilder) close(keep, at int) {
	for len(b.stack.open) > keep {
		b.end(at)
	}
}

// end closes the innermost element.
func (b *partsBuilder) end(at int) {
	b.stack.pop()
	p := b.open[len(b.open)-1]
	b.open = b.open[:len(b.open)-1]
	p.span.End = at
	b.mark(p)
}

// mark tells the element around that a block is in it, where p is one or has one.
func (b *partsBuilder) mark(p *part) {
	if p.blocks || isBlockElement(p.name) {
		b.open[min(len(b.open)-1, maxHTMLDepth)].blocks = true
	}
}

// isBlockElement tells whether an element is laid out as a block.
func isBlockElement(name string) bool {
	switch name {
	case "dt", "dd", "hr", "li", "table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th", "html", "head", "body",
		"frameset", "legend":
		return true
	}
	return endsParagraph(name)
}

// attr is the value of the first attribute of a name.
func (p *part) attr(name string) (string, bool) {
	for i := range p.attrs {
		if p.attrs[i].Name == name {
			return p.attrs[i].Value, true
		}
	}
	return "", false
}

// others are the attributes but those given, each once, as browsers take them.
func (p *part) others(but ...string) []Attr {
	var out []Attr
	seen := map[string]bool{}
	for _, name := range but {
		seen[name] = true
	}
	for _, a := range p.attrs {
		if !seen[a.Name] {
			seen[a.Name] = true
			out = append(out, a)
		}
	}
	return out
}

// is tells whether p is an element of one of the names.
func (p *part) is(names ...string) bool {
	for _, name := range names {
		if p.kind == StartTag && p.name == name {
			return true
		}
	}
	return false
}

// blank tells whether p is white space.
func (p *part) blank() bool {
	if p.kind != Text {
		return false
	}
	for i := range len(p.text) {
		if !isSpace(p.text[i]) {
			return false
		}
	}
	return true
}
