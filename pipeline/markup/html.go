package markup

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/pipeline"
)

// readHTML fills in the outline of an HTML body. A weigher, which may be nil, sees all tokens; when it takes
// the body for no HTML, ok is false and the outline of no use.
func readHTML(b *Body, w *weigher) (ok bool) {
	source := b.Span.Of(b.Text)
	work := workspaces.Get().(*workspace)
	defer workspaces.Put(work)
	o := newOutline(b)
	o.stack.open, o.open, o.spans = work.stack, work.open, work.spans
	tags := bytes.Count(source, []byte("<"))
	b.Elements = roomFor(work.elements, min(1+tags/2+tags/8, 1024)) // Most have an end tag.
	b.Images, b.Links = roomFor(work.images, min(tags, 8)), roomFor(work.links, min(tags, 8))
	var t Token
	s := scanner{text: source, base: b.Span.Start, pool: roomFor(work.attrs, min(tags, 1024))}
	for s.at < len(source) {
		if s.next(&t); w != nil && !w.token(&t, t.Span.Of(b.Text)) {
			return false
		}
		o.token(&t)
		if b.Err != nil {
			break
		}
	}
	o.finish(b.Span.End)
	_, work.attrs = cut(s.pool)
	b.Elements, work.elements = cut(b.Elements)
	b.Images, work.images = cut(b.Images)
	b.Links, work.links = cut(b.Links)
	work.stack, work.open, work.spans = o.stack.open[:0], o.open[:0], o.spans[:0]
	return true
}

// An outline collects what stands in a body from the tokens of its HTML, in one pass.
type outline struct {
	body  *Body
	stack *stack
	attrs int             // how many attributes all elements have
	text  strings.Builder // the text of all headings and links, one behind the other
	open  []span          // the headings and links that are open, by their place in the stack
	spans []span          // all headings and links, with their share of text
}

// A span is a heading or a link and its share of an outline's text.
type span struct {
	node       ast.Node // of Markdown, or nil
	element    int      // of HTML, or -1
	heading    int      // index in Body.Headings, or -1
	link       int      // index in Body.Links, or -1
	around     int      // index in Body.Links of the innermost link that is open here, or -1
	start, end int      // in the text
}

func newOutline(b *Body) *outline { return &outline{body: b, stack: newStack()} }

func (o *outline) token(t *Token) {
	switch t.Kind {
	case Text:
		if len(o.open) > 0 {
			o.addText(t.Span.Of(o.body.Text))
		}
	case StartTag:
		o.start(t)
	case EndTag:
		if at := o.stack.closes(t.Name); at >= 0 {
			o.close(at+1, t.Span.Start)
			o.end(t.Span)
		}
	}
}

// start adds the element of a start tag, and closes those that it ends.
func (o *outline) start(t *Token) {
	b := o.body
	if len(b.Elements) == maxElements {
		b.Err = &LimitError{"elements", maxElements, t.Span.Start - b.Span.Start}
		return
	}
	if o.attrs += len(t.Attrs); o.attrs > maxAllAttrs {
		b.Err = &LimitError{"attributes", maxAllAttrs, t.Span.Start - b.Span.Start}
		return
	}
	o.close(o.stack.implied(t.Name), t.Span.Start)
	e := Element{Name: t.Name, Span: t.Span, Attrs: t.Attrs, Parent: o.stack.parent()}
	e.End = pipeline.Span{Start: t.Span.End, End: t.Span.End}
	foreign := o.stack.foreign() || t.Name == "svg" || t.Name == "math"
	e.SelfEnds = isVoid(t.Name) && !o.stack.foreign() || t.Self && (foreign || atom.Lookup([]byte(t.Name)) == 0)
	index := len(b.Elements)
	b.Elements = append(grown(b.Elements, t.Span.Start-b.Span.Start, b.Span.Len()), e)
	o.reference(index)
	if !e.SelfEnds {
		o.stack.push(t.Name, index)
		o.collect(index)
	}
}

// close closes the innermost elements until keep are open; they end at a place, without an end tag.
func (o *outline) close(keep, place int) {
	for len(o.stack.open) > keep {
		o.end(pipeline.Span{Start: place, End: place})
	}
}

// end closes the innermost element with its end tag.
func (o *outline) end(tag pipeline.Span) {
	popped := o.stack.pop()
	o.body.Elements[popped.element].End = tag
	if !popped.collects {
		return
	}
	s := o.shut(func(s span) bool { return s.element == popped.element })
	if s.heading >= 0 {
		o.body.Headings[s.heading].Span.End = tag.End
	} else {
		o.body.Links[s.link].Span.End = tag.End
	}
}

// enter opens a heading or a link.
func (o *outline) enter(s span) {
	s.start = o.text.Len()
	if s.around = s.link; s.around < 0 {
		s.around = o.linkAround()
	}
	o.open = append(o.open, s)
}

// leave ends a heading or a link of Markdown.
func (o *outline) leave(n ast.Node) { o.shut(func(s span) bool { return s.node == n }) }

// shut takes what is meant, mostly the last, out of the open headings and links.
func (o *outline) shut(meant func(span) bool) span {
	at := len(o.open) - 1
	for !meant(o.open[at]) { // Raw HTML and Markdown need not nest in each other.
		at--
	}
	s := o.open[at]
	o.open = slices.Delete(o.open, at, at+1)
	s.end = o.text.Len()
	o.spans = append(o.spans, s)
	return s
}

// collect opens the heading or the link that the innermost element is, if it is one.
func (o *outline) collect(index int) {
	b, e := o.body, &o.body.Elements[index]
	s := span{element: index, heading: -1, link: -1}
	switch e.Name {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		s.heading = len(b.Headings)
		h := Heading{Level: int(e.Name[1] - '0'), Span: e.Span}
		if id, ok := e.Attr("id"); ok {
			h.ID = id.Value
		}
		b.Headings = append(b.Headings, h)
	case "a":
		if n := len(b.Links); n == 0 || b.Links[n-1].Element != index {
			return
		}
		s.link = len(b.Links) - 1
	default:
		return
	}
	o.stack.open[len(o.stack.open)-1].collects = true
	o.enter(s)
}

// addText adds text to whatever headings and links are open.
func (o *outline) addText(text []byte) {
	if n := len(o.stack.open); n > 0 {
		switch o.stack.open[n-1].name {
		case "script", "style":
			return
		}
	}
	o.addDecoded(html.UnescapeString(string(text)))
}

// addDecoded adds text with its white space collapsed.
func (o *outline) addDecoded(text string) {
	space := o.text.Len() == 0 || strings.HasSuffix(o.text.String(), " ")
	for i := range len(text) {
		c := text[i]
		if isSpace(c) {
			if space {
				continue
			}
			c = ' '
		}
		space = c == ' '
		o.text.WriteByte(c)
	}
}

// finish closes what is open at the end and gives every heading and link its text.
func (o *outline) finish(end int) {
	o.close(0, end)
	all := o.text.String()
	for _, s := range o.spans {
		text := strings.TrimSpace(all[s.start:s.end])
		if s.heading >= 0 {
			o.body.Headings[s.heading].Text = text
		} else {
			o.body.Links[s.link].Text = text
		}
	}
}

// linkAround is the index of the innermost open link, -1 without one.
func (o *outline) linkAround() int {
	if n := len(o.open); n > 0 {
		return o.open[n-1].around
	}
	return -1
}
