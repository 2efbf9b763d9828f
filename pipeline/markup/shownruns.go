package markup

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// render adds what a node is rendered as.
func (s *shower) render(n ast.Node) error {
	if err := s.goldmark.Renderer().Render(&s.out, s.source, n); err != nil {
		return fmt.Errorf("render Markdown: %w", err)
	}
	return nil
}

// parse puts what was rendered into an element, and gives the one that goes on. A document begins with a run: the comments
// before its first element are not in its body.
func (s *shower) parse(parent *html.Node) (*html.Node, error) {
	if parent.Type == html.DocumentNode && parent.FirstChild == nil {
		return s.begin(parent)
	}
	nodes, err := html.ParseFragmentWithOptions(&s.out.Buffer, newElement(atom.Body), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, fmt.Errorf("read the rendered Markdown: %w", err)
	}
	for _, n := range nodes {
		parent.AppendChild(n)
	}
	return parent, nil
}

// begin puts what was rendered into a document, and gives its body.
func (s *shower) begin(root *html.Node) (*html.Node, error) {
	doc, err := html.ParseWithOptions(&s.out.Buffer, html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, fmt.Errorf("read the rendered Markdown: %w", err)
	}
	for n := doc.FirstChild; n != nil; n = doc.FirstChild {
		doc.RemoveChild(n)
		root.AppendChild(n)
	}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Body {
			return n, nil
		}
	}
	return root, nil
}

// run renders a node and those that follow until all tags are closed, and gives the next one; nil at the end.
func (s *shower) run(n ast.Node) (next ast.Node, err error) {
	s.out.Reset()
	b := balance{stack: newStack()}
	known := true // whether it is known what is open
	for ; n != nil; n = n.NextSibling() {
		from := s.out.Len()
		if err := s.render(n); err != nil {
			return nil, err
		}
		known = known && b.add(s.out.Bytes()[from:])
		if known && len(b.stack.open) == 0 {
			return n.NextSibling(), nil
		}
	}
	return nil, nil
}

// A balance tells when all tags of some HTML are closed.
type balance struct{ stack *stack }

// add reads on; it is false where what follows can't be told from what is open: in raw text, in a comment, behind
// formatting elements that something else closed.
func (b *balance) add(part []byte) bool {
	for t := range ScanLean(part, 0) {
		switch t.Kind {
		case Unfinished, Doctype:
			return false
		case Comment:
			if !bytes.HasSuffix(t.Span.Of(part), []byte(">")) {
				return false
			}
		case StartTag:
			if isUnwrapped(t.Name) || !b.closeTo(b.stack.implied(t.Name)) {
				return false
			}
			if !isVoid(t.Name) {
				b.stack.push(t.Name, 0)
			}
		case EndTag:
			if at := b.stack.closes(t.Name); at >= 0 && (!b.closeTo(at+1) || b.stack.pop().name != t.Name) {
				return false
			}
		}
	}
	for _, o := range b.stack.open {
		if rawElement(o.name) != "" || o.foreign {
			return false
		}
	}
	return true
}

// closeTo closes elements without their end tags.
func (b *balance) closeTo(keep int) bool {
	for len(b.stack.open) > keep {
		switch b.stack.pop().name {
		case "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
			return false
		}
	}
	return true
}
