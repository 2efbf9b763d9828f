package markup

import (
	"copydesk/pipeline"
)

// A Node is a node of a body's syntax tree. Its Type is one of mdast's, or one that mdast lacks and that is
// named after HTML: figure, caption, definitionList, definitionTerm, definitionDescription, details, summary,
// embed, sub, sup, mark, kbd, ins, and for all other elements container, which holds blocks, and span. Which of the
// fields count is as mdast has it for the type.
type Node struct {
	Type     string
	Span     pipeline.Span // in the body; empty where it can't be told
	Children []*Node

	Value      string // of text, inlineCode, code, html; of embed all of its HTML
	Depth      int    // of heading
	Ordered    bool   // of list
	Start      int    // of an ordered list
	Spread     bool   // of list and listItem
	Check      byte   // of listItem: 'x' or ' ' for a task, 0 for none
	Lang, Meta string // of code
	URL, Title string // of link, image, definition
	Alt        string // of image
	Align      []byte // of table: l, c, r or 0 for each column
	Label      string // of definition, footnoteReference, footnoteDefinition

	Name  string // the element, of container, span and embed; "th" of a tableCell that is one
	Attrs []Attr // of HTML: those that no other field has, each once, in source order
}

// maxNodes is how many nodes a tree has at most.
const maxNodes = 500_000

var nodesReading = pipeline.NewReading(func(d *pipeline.Document) tree {
	root, err := ReadNodes(d.Body().Of(d.Text), d.BodyFormat())
	return tree{root, err}
})

type tree struct {
	root *Node
	err  error
}

// Nodes is the tree of the document's body, as ReadNodes makes it.
func Nodes(d *pipeline.Document) (*Node, error) {
	d.BodyFormat() // Finding it may leave a reading: see DetectIn.
	t := nodesReading.Of(d)
	return t.root, t.err
}

// ReadNodes makes the syntax tree of a body. Its root is of the type root. Links and images that use a reference
// are as if they did not; raw HTML in Markdown is html, tag by tag. HTML elements nested deeper than 256 are
// flattened. The error is a LimitError for a body that Render or Tree would not read, and for 500,000 nodes.
func ReadNodes(body []byte, format pipeline.Format) (*Node, error) {
	source := trimBOM(body)
	base := len(body) - len(source)
	if format == pipeline.HTML {
		return readHTMLNodes(source, base)
	}
	return readMarkdownNodes(source, base)
}

// text is a node of text.
func textNode(value string, span pipeline.Span) *Node {
	return &Node{Type: "text", Value: value, Span: span}
}

// extent is all of the places of nodes; empty where that of the first or the last is not known.
func extent(nodes []*Node) pipeline.Span {
	if len(nodes) == 0 || nodes[0].Span.Len() == 0 || nodes[len(nodes)-1].Span.Len() == 0 {
		return pipeline.Span{}
	}
	all := nodes[0].Span
	for _, n := range nodes { // What stands in a table outside of its cells comes before it.
		if n.Span.Len() > 0 {
			all = pipeline.Span{Start: min(all.Start, n.Span.Start), End: max(all.End, n.Span.End)}
		}
	}
	return all
}
