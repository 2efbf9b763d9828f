package markup

import (
	"strings"

	"copydesk/pipeline"
)

// phrasing makes nodes of text and of what stands in it, with white space as browsers show it.
func (r *htmlNodes) phrasing(kids []*part) []*Node {
	nodes := r.inlines(kids)
	if r.pre > 0 {
		return nodes
	}
	t := tidier{space: true}
	nodes = t.tidy(nodes)
	t.trim()
	return withoutEmpty(nodes)
}

func (r *htmlNodes) inlines(kids []*part) []*Node {
	var out []*Node
	for _, k := range kids {
		switch k.kind {
		case Text:
			out = append(out, textNode(k.text, k.span.Shift(r.base)))
		case Comment:
			out = append(out, r.raw("html", k))
		default:
			apart := isBlockElement(k.name) // As of <h2><div>, which must not run into what is beside it.
			if apart {
				out = append(out, textNode(" ", pipeline.Span{}))
			}
			if n := r.inline(k); n != nil {
				out = append(out, n)
			} else if last := len(out) - 1; last >= 0 && out[last].Type == "text" {
				out[last].Value = strings.TrimSuffix(out[last].Value, "\u00A0") // Rendering puts it before the way back.
			}
			if apart {
				out = append(out, textNode(" ", pipeline.Span{}))
			}
		}
	}
	return out
}

// inline makes a node of an element that stands in text; nil of the way back from a footnote.
func (r *htmlNodes) inline(p *part) *Node {
	switch {
	case isHiddenElement(p.name):
		return r.raw("html", p)
	case isEmbed(p.name):
		return r.embed(p)
	}
	n := r.node("span", p)
	switch p.name {
	case "br":
		n.Type, n.Attrs = "break", p.others()
		return n
	case "img":
		n.Type, n.Attrs = "image", p.others("src", "title", "alt")
		n.URL, n.Title, n.Alt = p.url("src"), p.value("title"), p.value("alt")
		return n
	case "a":
		if class, _ := p.attr("class"); class == "footnote-backref" {
			return nil
		}
		if _, ok := p.attr("href"); ok {
			n.Type, n.Attrs = "link", p.others("href", "title")
			n.URL, n.Title = p.url("href"), p.value("title")
			n.Children = r.inlines(p.kids)
			return n
		}
	case "code":
		return r.inlineCode(n, p)
	case "sup":
		if label, ok := r.reference(p); ok {
			n.Type, n.Label = "footnoteReference", label
			return n
		}
	}
	if n.Type = markType(p.name); n.Type == "span" {
		n.Name = p.name
	}
	n.Attrs, n.Children = p.others(), r.inlines(p.kids)
	return n
}

// inlineCode makes code of an element in which there is nothing but text, else a span.
func (r *htmlNodes) inlineCode(n *Node, p *part) *Node {
	n.Attrs = p.others()
	var text strings.Builder
	if !r.inCode && plainCode(p, &text) {
		n.Type, n.Value = "inlineCode", text.String()
		if r.pre == 0 {
			n.Value = strings.Join(strings.FieldsFunc(n.Value, func(c rune) bool { return c < 0x80 && isSpace(byte(c)) }), " ")
		}
		return n
	}
	was := r.inCode
	r.inCode = true
	n.Name, n.Children = p.name, r.inlines(p.kids)
	r.inCode = was
	return n
}

// markType is the type of node that an element is.
func markType(name string) string {
	switch name {
	case "b", "strong":
		return "strong"
	case "i", "em":
		return "emphasis"
	case "del", "s", "strike":
		return "delete"
	case "sub", "sup", "mark", "kbd", "ins":
		return name
	}
	return "span"
}

func (p *part) value(name string) string {
	value, _ := p.attr(name)
	return value
}

// url is the URL that an attribute has, as a browser sees it.
func (p *part) url(name string) string { return cleanURL(p.value(name)) }

// reference is the label of the footnote that an element refers to, in the shape that Markdown is rendered in.
func (r *htmlNodes) reference(p *part) (string, bool) {
	if len(p.kids) != 1 || !p.kids[0].is("a") || p.kids[0].value("class") != "footnote-ref" {
		return "", false
	}
	return strings.CutPrefix(p.kids[0].value("href"), "#fn:")
}

// A tidier collapses white space across the nodes of one paragraph.
type tidier struct {
	space bool  // nothing stands before, or a space
	last  *Node // the text that ends with that space
}

func (t *tidier) tidy(nodes []*Node) []*Node {
	for _, n := range nodes {
		switch n.Type {
		case "text":
			t.text(n)
		case "break":
			t.trim()
			t.space = true
		case "html":
		case "inlineCode", "image", "embed", "footnoteReference":
			t.space, t.last = false, nil
		default:
			n.Children = t.tidy(n.Children)
		}
	}
	return nodes
}

// text collapses the white space of a text: to a line feed where there was one in it.
func (t *tidier) text(n *Node) {
	out := make([]byte, 0, len(n.Value))
	blank := false
	raw := n.Value
	for i := range len(raw) {
		c := raw[i]
		switch {
		case !isSpace(c):
			out, t.space, blank = append(out, c), false, false
		case !t.space:
			out, t.space, blank = append(out, ' '), true, true
			fallthrough
		default:
			if blank && (c == '\n' || c == '\r') {
				out[len(out)-1] = '\n'
			}
		}
	}
	n.Value = string(out)
	if blank {
		t.last = n
	} else if n.Value != "" {
		t.last = nil
	}
	n.Span = narrowed(n.Span, raw, n.Value)
}

// narrowed is a text's span without the white space at its edges that was left out.
func narrowed(s pipeline.Span, raw, value string) pipeline.Span {
	lead := len(raw) - len(strings.TrimLeft(raw, " \t\r\n\f"))
	if lead > 0 && value != "" && !isSpace(value[0]) && lead < s.Len() {
		s.Start += lead
	}
	return s
}

// trim takes away the space at the end of what was read so far.
func (t *tidier) trim() {
	if t.last != nil {
		if trimmed := len(t.last.Value) - 1; t.last.Value[trimmed] == ' ' || t.last.Value[trimmed] == '\n' {
			t.last.Value = t.last.Value[:trimmed]
		}
	}
	t.last = nil
}

// withoutEmpty leaves out text of which nothing is left.
func withoutEmpty(nodes []*Node) []*Node {
	out := nodes[:0]
	for _, n := range nodes {
		if n.Type == "text" && n.Value == "" {
			continue
		}
		n.Children = withoutEmpty(n.Children)
		out = append(out, n)
	}
	return out
}
