package markup

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Shown gives the tree of the HTML that Render gives, less the ids of headings and white space between blocks. It is made
// of Markdown's own tree; only what holds raw HTML, and what follows as long as its tags are open, is rendered and
// parsed.
func (r *Renderer) Shown(body []byte) (*html.Node, error) {
	source := trimBOM(body)
	if err := checkMarkdown(source); err != nil {
		return nil, err
	}
	s := &shower{Renderer: r, source: source, out: output{room: max(minOutput, outputPerInput*len(body))}}
	p := newParse(source)
	p.ends = nil
	doc := p.run(r.goldmark)
	root := &html.Node{Type: html.DocumentNode}
	if last := doc.LastChild(); bytes.ContainsAny(source, "\r\x00") || last != nil && last.Kind() == extension.KindFootnoteList {
		if err := s.render(doc); err != nil {
			return nil, err
		}
		_, err := s.parse(root)
		return root, err
	}
	into := root
	for n := doc.FirstChild(); n != nil; {
		if s.block(into, n) {
			n = n.NextSibling()
			continue
		}
		var err error
		if n, err = s.run(n); err == nil {
			into, err = s.parse(into)
		}
		if err != nil {
			return nil, err
		}
	}
	return root, nil
}

// Shown gives the tree of what Render gives, as the method of a Renderer does.
func Shown(body []byte) (*html.Node, error) { return (&Renderer{markdown()}).Shown(body) }

// A shower makes HTML's tree of Markdown's.
type shower struct {
	*Renderer
	source []byte
	out    output
}

func (s *shower) element(parent *html.Node, a atom.Atom, attrs ...html.Attribute) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: a.String(), DataAtom: a, Attr: attrs}
	parent.AppendChild(n)
	return n
}

func (s *shower) text(parent *html.Node, text string) {
	if last := parent.LastChild; last != nil && last.Type == html.TextNode {
		last.Data += text
		return
	}
	parent.AppendChild(&html.Node{Type: html.TextNode, Data: text})
}

// all makes what is in a node, and is false where there is something that it does not know. What was made of the rest
// is taken away again.
func (s *shower) all(parent *html.Node, n ast.Node, make func(*html.Node, ast.Node) bool) bool {
	last := parent.LastChild
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if !make(parent, c) {
			for parent.LastChild != last {
				parent.RemoveChild(parent.LastChild)
			}
			return false
		}
	}
	return true
}

// in makes an element and what is in it: what make makes of each node, or text.
func (s *shower) in(parent, element *html.Node, n ast.Node, make func(*html.Node, ast.Node) bool) bool {
	parent.AppendChild(element)
	if make == nil && s.phrase(element, n) || make != nil && s.all(element, n, make) {
		return true
	}
	parent.RemoveChild(element)
	return false
}

// phrase makes the text in a node. Plain tags of marks in it are elements where they nest.
func (s *shower) phrase(parent *html.Node, n ast.Node) bool {
	at := parent
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		raw, isTag := c.(*ast.RawHTML)
		if !isTag {
			if !s.inline(at, c) {
				return false
			}
			continue
		}
		tag := raw.Segments.Value(s.source)
		name, end, ok := plainTag(tag)
		element := atom.Lookup(name)
		switch {
		case !ok || len(tag) > len("</")+len(name)+1 || !isPhrase(element):
			return false
		case !end:
			at = s.element(at, element)
		case at == parent || at.DataAtom != element:
			return false
		default:
			at = at.Parent
		}
	}
	return at == parent
}

// isPhrase tells whether an element is a mark in text and no more, which the parser of HTML leaves where it stands.
func isPhrase(a atom.Atom) bool {
	switch a {
	case atom.Strong, atom.Em, atom.Del, atom.Code, atom.Sup, atom.Sub, atom.Kbd, atom.U, atom.Ins, atom.Mark, atom.Small, atom.Abbr, atom.Q, atom.B, atom.I, atom.S:
		return true
	}
	return false
}

func newElement(a atom.Atom, attrs ...html.Attribute) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: a.String(), DataAtom: a, Attr: attrs}
}

var headings = [...]atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}

// block makes a block; false where it is, or holds, something else than Markdown.
func (s *shower) block(parent *html.Node, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Paragraph:
		return s.in(parent, newElement(atom.P), n, nil)
	case *ast.TextBlock:
		return s.phrase(parent, n)
	case *ast.Heading:
		return s.in(parent, newElement(headings[n.Level-1]), n, nil)
	case *ast.ThematicBreak:
		s.element(parent, atom.Hr)
	case *ast.CodeBlock:
		s.code(parent, n, nil)
	case *ast.FencedCodeBlock:
		s.code(parent, n, n.Language(s.source))
	case *ast.Blockquote:
		return s.in(parent, newElement(atom.Blockquote), n, s.block)
	case *ast.List:
		list := newElement(atom.Ul)
		if n.IsOrdered() {
			list = newElement(atom.Ol)
			if n.Start != 1 {
				list.Attr = []html.Attribute{{Key: "start", Val: strconv.Itoa(n.Start)}}
			}
		}
		return s.in(parent, list, n, s.block)
	case *ast.ListItem:
		return s.in(parent, newElement(atom.Li), n, s.block)
	case *ast.LinkReferenceDefinition:
	case *extension.Table:
		return s.in(parent, newElement(atom.Table), n, s.row)
	default:
		return false
	}
	return true
}

func (s *shower) code(parent *html.Node, n ast.Node, language []byte) {
	code := s.element(s.element(parent, atom.Pre), atom.Code)
	if language != nil {
		code.Attr = []html.Attribute{{Key: "class", Val: "language-" + unescape(language)}}
	}
	if lines := n.Lines(); lines.Len() > 0 {
		s.text(code, string(lines.Value(s.source)))
	}
}

// row makes a row of a table; its head is a row, too.
func (s *shower) row(table *html.Node, n ast.Node) bool {
	part, cell := atom.Tbody, atom.Td
	if n.Kind() == extension.KindTableHeader {
		part, cell = atom.Thead, atom.Th
	}
	section := table.LastChild
	if section == nil || section.DataAtom != part {
		section = s.element(table, part)
	}
	return s.in(section, newElement(atom.Tr), n, func(row *html.Node, n ast.Node) bool {
		c, ok := n.(*extension.TableCell)
		if !ok {
			return false
		}
		td := newElement(cell)
		if c.Alignment != extension.AlignNone {
			td.Attr = []html.Attribute{{Key: "style", Val: "text-align:" + c.Alignment.String()}}
		}
		return s.in(row, td, n, nil)
	})
}

// inline makes what stands in text; false where that is something else than Markdown.
func (s *shower) inline(parent *html.Node, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Text:
		s.plain(parent, n)
	case *ast.CodeSpan:
		return s.codeSpan(parent, n)
	case *ast.Emphasis:
		tag := atom.Em
		if n.Level == 2 {
			tag = atom.Strong
		}
		return s.in(parent, newElement(tag), n, nil)
	case *extension.Strikethrough:
		return s.in(parent, newElement(atom.Del), n, nil)
	case *ast.Link:
		return s.in(parent, newElement(atom.A, target("href", n.Destination, n.Title)...), n, nil)
	case *ast.Image:
		if !s.hasPlainAlt(n) {
			return false
		}
		s.element(parent, atom.Img, append(target("src", n.Destination, n.Title), html.Attribute{Key: "alt", Val: plainText(n, s.source)})...)
	case *ast.AutoLink:
		url := string(util.URLEscape(n.URL(s.source), false))
		if n.AutoLinkType == ast.AutoLinkEmail && !hasFoldPrefix([]byte(url), "mailto:") {
			url = "mailto:" + url
		}
		s.text(s.element(parent, atom.A, html.Attribute{Key: "href", Val: url}), string(n.Label(s.source)))
	case *extension.TaskCheckBox:
		box := s.element(parent, atom.Input, html.Attribute{Key: "disabled"}, html.Attribute{Key: "type", Val: "checkbox"})
		if n.IsChecked {
			box.Attr = append(box.Attr, html.Attribute{Key: "checked"})
		}
		s.text(parent, " ")
	default:
		return false
	}
	return true
}

func (s *shower) plain(parent *html.Node, n *ast.Text) {
	value := n.Value(s.source)
	text := ""
	if n.IsRaw() {
		text = string(value)
	} else {
		text = unescape(value)
	}
	if text != "" {
		s.text(parent, text)
	}
	switch {
	case n.IsRaw():
	case n.HardLineBreak():
		s.element(parent, atom.Br)
	case n.SoftLineBreak():
		s.text(parent, "\n")
	}
}

func (s *shower) codeSpan(parent *html.Node, n *ast.CodeSpan) bool {
	var value []byte
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			return false
		}
		part := t.Value(s.source)
		if line, broken := bytes.CutSuffix(part, []byte("\n")); broken {
			value = append(append(value, line...), ' ')
		} else {
			value = append(value, part...)
		}
	}
	s.text(s.element(parent, atom.Code), string(value))
	return true
}

// target are the attributes that say where something leads to.
func target(name string, destination, title []byte) []html.Attribute {
	attrs := []html.Attribute{{Key: name, Val: string(util.URLEscape(destination, true))}}
	if title != nil {
		attrs = append(attrs, html.Attribute{Key: "title", Val: unescape(title)})
	}
	return attrs
}

// hasPlainAlt tells whether goldmark renders the same as the alt of an image as plainText gives.
func (s *shower) hasPlainAlt(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if c.HardLineBreak() {
				return false
			}
		case *ast.Emphasis, *ast.CodeSpan:
			if !s.hasPlainAlt(c) {
				return false
			}
		default:
			return false
		}
	}
	return true
}
