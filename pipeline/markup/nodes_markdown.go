package markup

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"copydesk/pipeline"
)

// readMarkdownNodes makes the tree of Markdown, which begins at base in the body.
func readMarkdownNodes(source []byte, base int) (*Node, error) {
	if err := checkMarkdown(source); err != nil {
		return nil, err
	}
	p := newParse(source)
	r := &markdownNodes{source: source, parse: p, labels: map[int]string{}, base: base}
	doc := p.run(markdown())
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := n.(*extension.Footnote); ok && entering {
			r.labels[f.Index] = string(f.Ref)
		}
		return ast.WalkContinue, nil
	})
	root := &Node{Type: "root", Children: r.blocks(doc)}
	if r.count > maxNodes {
		return nil, &LimitError{"nodes of the tree", maxNodes, 0}
	}
	root.Span = pipeline.Span{Start: 0, End: len(source)}
	r.shift(root)
	return root, nil
}

// markdownNodes makes nodes of goldmark's tree. Until shift, spans count in the source.
type markdownNodes struct {
	source []byte
	parse  *parse
	labels map[int]string // of footnotes, by their number
	quotes int            // that are open
	count  int
	base   int
}

// shift makes all places those in the body.
func (r *markdownNodes) shift(n *Node) {
	if n.Span.Len() > 0 || n.Type == "root" {
		n.Span = n.Span.Shift(r.base)
	}
	for _, c := range n.Children {
		r.shift(c)
	}
}

func (r *markdownNodes) blocks(parent ast.Node) []*Node {
	var out []*Node
	for c := parent.FirstChild(); c != nil && r.count <= maxNodes; c = c.NextSibling() {
		if list, ok := c.(*extension.FootnoteList); ok {
			out = append(out, r.blocks(list)...)
			continue
		}
		if n := r.block(c); n != nil {
			r.count++
			out = append(out, n)
		}
	}
	return out
}

func (r *markdownNodes) block(n ast.Node) *Node {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return r.paragraph(n)
	case *ast.Heading:
		w := &walker{source: r.source}
		return &Node{Type: "heading", Depth: n.Level, Children: r.inlines(n), Span: w.headingSpan(n)}
	case *ast.ThematicBreak:
		return &Node{Type: "thematicBreak", Span: r.toLineEnd(n.Pos())}
	case *ast.CodeBlock:
		return &Node{Type: "code", Value: r.code(n.Lines()), Span: r.lines(n.Lines())}
	case *ast.FencedCodeBlock:
		return r.fenced(n)
	case *ast.HTMLBlock:
		lines := htmlLines(n)
		return &Node{Type: "html", Value: r.code(lines), Span: r.lines(lines)}
	case *ast.LinkReferenceDefinition:
		return &Node{Type: "definition", Label: unescape(n.Label), URL: unescape(n.Destination), Title: unescape(n.Title), Span: r.lines(n.Lines())}
	case *mathBlock:
		at := r.lines(n.Lines())
		return &Node{Type: "paragraph", Span: at, Children: []*Node{{Type: "text", Value: r.code(n.Lines()), Span: at}}}
	case *extension.Table:
		return r.table(n)
	}
	return r.container(n)
}

// container makes a node of a block that holds blocks; nil of what is none.
func (r *markdownNodes) container(n ast.Node) *Node {
	out := &Node{}
	switch n := n.(type) {
	case *ast.Blockquote:
		out.Type = "blockquote"
		r.quotes++
		defer func() { r.quotes-- }()
	case *ast.List:
		out.Type, out.Ordered, out.Start, out.Spread = "list", n.IsOrdered(), n.Start, !n.IsTight
	case *ast.ListItem:
		out.Type, out.Check = "listItem", check(n)
		if l, ok := n.Parent().(*ast.List); ok {
			out.Spread = !l.IsTight
		}
	case *extension.Footnote:
		out.Type, out.Label = "footnoteDefinition", string(n.Ref)
	default:
		return nil
	}
	out.Children = r.blocks(n)
	out.Span = r.from(n, extent(out.Children))
	return out
}

// from is a span that begins where goldmark says that a node does.
func (r *markdownNodes) from(n ast.Node, children pipeline.Span) pipeline.Span {
	at := n.Pos()
	if _, ok := n.(*ast.List); ok {
		at = -1 // Its first item says it.
	}
	if at >= 0 && at < len(r.source) && children.Len() > 0 && at <= children.Start {
		children.Start = at
	}
	if children.Len() == 0 && n.FirstChild() == nil && at >= 0 {
		return r.toLineEnd(at)
	}
	return children
}

// check is the task that an item of a list is.
func check(item *ast.ListItem) byte {
	if first := item.FirstChild(); first != nil {
		if box, ok := first.FirstChild().(*extension.TaskCheckBox); ok {
			if box.IsChecked {
				return 'x'
			}
			return ' '
		}
	}
	return 0
}

func (r *markdownNodes) paragraph(n ast.Node) *Node {
	children := r.inlines(n)
	if len(children) == 0 && n.FirstChild() == nil {
		return nil
	}
	return &Node{Type: "paragraph", Children: children, Span: r.lines(n.Lines())}
}

// fenced makes code; its span ends with the closing fence, where there is one.
func (r *markdownNodes) fenced(n *ast.FencedCodeBlock) *Node {
	out := &Node{Type: "code", Value: r.code(n.Lines())}
	if n.Info != nil {
		info := strings.TrimSpace(unescape(n.Info.Value(r.source)))
		out.Lang = info
		if i := strings.IndexAny(info, " \t"); i > 0 {
			out.Lang, out.Meta = info[:i], strings.TrimSpace(info[i:])
		}
	}
	at := n.Pos()
	if at < 0 || at >= len(r.source) || r.source[at] != '`' && r.source[at] != '~' {
		return out
	}
	end := r.toLineEnd(at).End
	if lines := n.Lines(); lines.Len() > 0 {
		end = max(end, r.lines(lines).End)
	}
	out.Span = pipeline.Span{Start: at, End: end}
	if next := r.nextLine(end); next < len(r.source) && r.closes(next, r.source[at]) {
		out.Span.End = r.toLineEnd(next).End
	}
	return out
}

// nextLine is where the line behind the one of at begins.
func (r *markdownNodes) nextLine(at int) int {
	if i := bytes.IndexByte(r.source[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(r.source)
}

// closes tells whether the line at a place is a fence of the mark, in as many quotes as are open.
func (r *markdownNodes) closes(at int, mark byte) bool {
	quotes := 0
	for ; at < len(r.source); at++ {
		switch r.source[at] {
		case '>':
			quotes++
		case ' ', '\t':
		default:
			return quotes == r.quotes && bytes.HasPrefix(r.source[at:], []byte{mark, mark, mark})
		}
	}
	return false
}

func (r *markdownNodes) table(n *extension.Table) *Node {
	out := &Node{Type: "table"}
	for _, a := range n.Alignments {
		out.Align = append(out.Align, map[extension.Alignment]byte{extension.AlignLeft: 'l', extension.AlignRight: 'r', extension.AlignCenter: 'c'}[a])
	}
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		cells := &Node{Type: "tableRow"}
		if at := row.Pos(); at >= 0 {
			cells.Span = r.toLineEnd(at)
		}
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cell := &Node{Type: "tableCell", Children: r.inlines(c)}
			cell.Span = extent(cell.Children)
			cells.Children = append(cells.Children, cell)
			r.count++
		}
		out.Children = append(out.Children, cells)
		r.count++
	}
	out.Span = extent(out.Children)
	return out
}

// code is the text of lines without the line break at its end.
func (r *markdownNodes) code(lines *text.Segments) string {
	var out []byte
	for i := range lines.Len() {
		s := lines.At(i)
		out = append(out, s.Value(r.source)...)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// lines is the span of lines, without the line break at its end.
func (r *markdownNodes) lines(lines *text.Segments) pipeline.Span {
	if lines.Len() == 0 {
		return pipeline.Span{}
	}
	return r.trimmed(pipeline.Span{Start: lines.At(0).Start, End: lines.At(lines.Len() - 1).Stop})
}

// trimmed is a span without white space at its end.
func (r *markdownNodes) trimmed(s pipeline.Span) pipeline.Span {
	s.End = min(s.End, len(r.source))
	for s.Len() > 0 && (isBlank(r.source[s.End-1]) || r.source[s.End-1] == '\n' || r.source[s.End-1] == '\r') {
		s.End--
	}
	return s
}

// toLineEnd is from a place to the end of its line, without white space there.
func (r *markdownNodes) toLineEnd(at int) pipeline.Span {
	if at < 0 || at > len(r.source) {
		return pipeline.Span{}
	}
	end := len(r.source)
	if i := bytes.IndexByte(r.source[at:], '\n'); i >= 0 {
		end = at + i
	}
	return r.trimmed(pipeline.Span{Start: at, End: end})
}
