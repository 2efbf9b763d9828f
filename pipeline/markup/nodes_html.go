package markup

import (
	"strconv"
	"strings"

	"copydesk/pipeline"
)

// readHTMLNodes makes the tree of HTML, which begins at base in the body.
func readHTMLNodes(source []byte, base int) (*Node, error) {
	doc, err := readParts(source)
	if err != nil {
		return nil, err
	}
	r := &htmlNodes{source: source, base: base}
	root := &Node{Type: "root", Children: r.flow(doc.kids), Span: pipeline.Span{Start: 0, End: len(source)}.Shift(base)}
	return root, nil
}

// htmlNodes makes nodes of elements.
type htmlNodes struct {
	source []byte
	base   int
	pre    int // within how many elements that keep white space
	inCode bool
}

func (r *htmlNodes) node(kind string, p *part) *Node {
	return &Node{Type: kind, Span: p.span.Shift(r.base)}
}

// raw is a node that holds the HTML of a part as it stands.
func (r *htmlNodes) raw(kind string, p *part) *Node {
	n := r.node(kind, p)
	n.Value = string(p.span.Of(r.source))
	return n
}

// flow makes blocks: text, and what stands in text, is a paragraph where it is not in one.
func (r *htmlNodes) flow(kids []*part) []*Node {
	var out []*Node
	text := 0 // where the text that is not in a block begins
	flush := func(end int) {
		out = append(out, r.loose(kids[text:end])...)
		text = end + 1
	}
	for i, k := range kids {
		if k.kind == StartTag && (k.blocks || isBlockElement(k.name)) {
			flush(i)
			out = append(out, r.block(k)...)
		}
	}
	flush(len(kids))
	return out
}

// loose makes a paragraph of text that stands between blocks. Comments alone are none.
func (r *htmlNodes) loose(kids []*part) []*Node {
	nodes := r.phrasing(kids)
	for _, n := range nodes {
		if n.Type != "html" {
			return []*Node{{Type: "paragraph", Children: nodes, Span: extent(nodes)}}
		}
	}
	return nodes
}

// block makes nodes of an element that is a block, or holds some.
func (r *htmlNodes) block(p *part) []*Node {
	n := r.node("container", p)
	n.Attrs = p.others()
	switch p.name {
	case "p":
		if !p.blocks {
			n.Type, n.Children = "paragraph", r.phrasing(p.kids)
			break
		}
		return []*Node{r.container(p)}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		n.Type, n.Depth, n.Children = "heading", int(p.name[1]-'0'), r.phrasing(p.kids)
	case "hr":
		n.Type = "thematicBreak"
	case "blockquote", "figure", "details", "summary":
		n.Type, n.Children = p.name, r.flow(p.kids)
	case "figcaption", "caption":
		n.Type, n.Children = "caption", r.flow(p.kids)
	case "pre", "listing", "xmp":
		return []*Node{r.listing(p)}
	case "ul", "ol", "menu", "dir":
		r.list(n, p)
	case "dl":
		n.Type, n.Children = "definitionList", r.flow(p.kids)
	case "dt":
		n.Type, n.Children = "definitionTerm", r.flow(p.kids)
	case "dd":
		n.Type, n.Children = "definitionDescription", r.flow(p.kids)
	case "table":
		return r.table(p)
	default:
		if notes, ok := r.footnotes(p); ok {
			return notes
		}
		if isHiddenElement(p.name) {
			return []*Node{r.raw("html", p)}
		}
		if isEmbed(p.name) {
			return []*Node{r.embed(p)}
		}
		return []*Node{r.container(p)}
	}
	return []*Node{n}
}

func (r *htmlNodes) container(p *part) *Node {
	n := r.node("container", p)
	n.Name, n.Attrs, n.Children = p.name, p.others(), r.flow(p.kids)
	return n
}

func (r *htmlNodes) embed(p *part) *Node {
	n := r.raw("embed", p)
	n.Name, n.Attrs = p.name, p.others()
	return n
}

// isHiddenElement tells whether no browser shows what is in an element.
func isHiddenElement(name string) bool {
	switch name {
	case "script", "style", "template", "title", "meta", "link", "base", "noembed", "noframes", "datalist":
		return true
	}
	return false
}

// isEmbed tells whether an element shows something of its own, in place of what is in it.
func isEmbed(name string) bool {
	switch name {
	case "iframe", "video", "audio", "embed", "object", "svg", "math", "canvas", "applet":
		return true
	}
	return false
}

// listing makes code of pre, or, where more than text is in it, a container that keeps white space.
func (r *htmlNodes) listing(p *part) *Node {
	var text strings.Builder
	if !plainCode(p, &text) {
		r.pre++
		defer func() { r.pre-- }()
		n := r.node("container", p)
		n.Name, n.Attrs, n.Children = p.name, p.others(), r.phrasing(p.kids)
		return n
	}
	n := r.node("code", p)
	n.Attrs = p.others()
	n.Value = strings.TrimSuffix(strings.TrimPrefix(newlines(text.String()), "\n"), "\n")
	n.Lang = language(p)
	for _, k := range p.kids {
		if n.Lang == "" && k.is("code") {
			n.Lang = language(k)
		}
	}
	return n
}

// newlines is text whose line breaks are line feeds.
func newlines(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// plainCode collects the text in an element; it returns false where more than text and the colours of
// highlighted code is in it.
func plainCode(p *part, text *strings.Builder) bool {
	for _, k := range p.kids {
		switch {
		case k.kind == Text:
			text.WriteString(k.text)
		case k.is("br"):
			text.WriteByte('\n')
		case k.kind == StartTag && !k.is("code", "span", "samp", "tt", "font"), k.kind == StartTag && !plainCode(k, text):
			return false
		}
	}
	return true
}

// language is the language that the class of an element names.
func language(p *part) string {
	class, _ := p.attr("class")
	for word := range strings.FieldsSeq(class) {
		for _, prefix := range []string{"language-", "lang-"} {
			if lang, ok := strings.CutPrefix(word, prefix); ok && lang != "" {
				return lang
			}
		}
	}
	return ""
}

// list makes a list. What stands in it outside of an item belongs to the item before it.
func (r *htmlNodes) list(n *Node, p *part) {
	n.Type, n.Ordered, n.Start = "list", p.name == "ol", 1
	if start, ok := p.attr("start"); ok && n.Ordered {
		if number, err := strconv.Atoi(strings.TrimSpace(start)); err == nil && number >= 0 {
			n.Start, n.Attrs = number, p.others("start")
		}
	}
	for i := 0; i < len(p.kids); i++ {
		k := p.kids[i]
		if k.is("li") {
			item := r.item(k)
			n.Spread = n.Spread || item.Spread
			n.Children = append(n.Children, item)
			continue
		}
		from := i
		for i+1 < len(p.kids) && !p.kids[i+1].is("li") {
			i++
		}
		stray := r.flow(p.kids[from : i+1])
		if len(stray) == 0 {
			continue
		}
		if len(n.Children) == 0 {
			n.Children = append(n.Children, &Node{Type: "listItem", Span: extent(stray)})
		}
		last := n.Children[len(n.Children)-1]
		last.Children = append(last.Children, stray...)
		last.Span.End = max(last.Span.End, extent(stray).End)
	}
}

func (r *htmlNodes) item(p *part) *Node {
	n := r.node("listItem", p)
	n.Attrs = p.others()
	kids := p.kids
	for i, k := range kids {
		if k.blank() {
			continue
		}
		if kind, _ := k.attr("type"); k.is("input") && strings.EqualFold(kind, "checkbox") {
			n.Check = ' '
			if _, on := k.attr("checked"); on {
				n.Check = 'x'
			}
			kids = kids[i+1:]
		}
		break
	}
	n.Children = r.flow(kids)
	for _, k := range kids {
		n.Spread = n.Spread || k.is("p")
	}
	return n
}

// footnotes makes definitions of what Markdown renders its footnotes as.
func (r *htmlNodes) footnotes(p *part) ([]*Node, bool) {
	if class, _ := p.attr("class"); !p.is("div", "section") || class != "footnotes" {
		return nil, false
	}
	var out []*Node
	for _, list := range p.kids {
		switch {
		case list.blank() || list.is("hr"):
			continue
		case !list.is("ol"):
			return nil, false
		}
		for _, li := range list.kids {
			if li.blank() {
				continue
			}
			id, _ := li.attr("id")
			label, ok := strings.CutPrefix(id, "fn:")
			if !li.is("li") || !ok || label == "" {
				return nil, false
			}
			n := r.node("footnoteDefinition", li)
			n.Label, n.Children = label, r.flow(li.kids)
			out = append(out, n)
		}
	}
	return out, len(out) > 0
}
