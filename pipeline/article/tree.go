package article

import (
	"strconv"
	"unicode/utf8"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/report"
)

// appendTree appends the member tree where the document is to have it, and its body can be read. Places
// count in the body, which begins at start in the Text.
func appendTree(dst []byte, d *pipeline.Document, start int) []byte {
	if !d.Tree || !utf8.Valid(d.Text[start:]) {
		return dst
	}
	root, err := markup.Nodes(d)
	if err != nil {
		return dst
	}
	shift := d.Body().Start - start
	w := treeWriter{out: append(dst, `,"tree":`...), behind: func(out []byte, n *markup.Node) []byte {
		out = appendAttrs(out, `,"attrs":{`, n.Attrs)
		if n.Span.Len() == 0 && n.Type != "root" {
			return out
		}
		out = strconv.AppendInt(append(out, `,"src":[`...), int64(n.Span.Start+shift), 10)
		out = strconv.AppendInt(append(out, ','), int64(n.Span.End+shift), 10)
		return append(out, ']')
	}}
	w.node(root)
	return w.out
}

// appendAttrs appends attributes as the members of an object, in their order.
func appendAttrs(out []byte, open string, attrs []markup.Attr) []byte {
	for i, a := range attrs {
		if i == 0 {
			out = append(out, open...)
		} else {
			out = append(out, ',')
		}
		out = report.AppendString(append(report.AppendString(out, a.Name), ':'), a.Value)
	}
	if len(attrs) > 0 {
		out = append(out, '}')
	}
	return out
}

// A treeWriter writes nodes as mdast's JSON.
type treeWriter struct {
	out    []byte
	behind func([]byte, *markup.Node) []byte // appends what stands behind the other members
}

func (w *treeWriter) node(n *markup.Node) {
	w.out = report.AppendString(append(w.out, `{"type":`...), n.Type)
	w.fields(n)
	if isParent(n.Type) {
		w.out = append(w.out, `,"children":[`...)
		for i, c := range n.Children {
			if i > 0 {
				w.out = append(w.out, ',')
			}
			w.node(c)
		}
		w.out = append(w.out, ']')
	}
	w.out = append(w.behind(w.out, n), '}')
}

// isParent tells whether a node of a type has children, none maybe.
func isParent(kind string) bool {
	switch kind {
	case "text", "inlineCode", "code", "html", "break", "thematicBreak", "image", "definition", "footnoteReference", "embed":
		return false
	}
	return true
}

// fields writes the members that the type of a node has.
func (w *treeWriter) fields(n *markup.Node) {
	switch n.Type {
	case "text", "inlineCode", "html":
		w.string("value", n.Value)
	case "code":
		w.filled("lang", n.Lang)
		w.filled("meta", n.Meta)
		w.string("value", n.Value)
	case "heading":
		w.out = strconv.AppendInt(append(w.out, `,"depth":`...), int64(n.Depth), 10)
	case "list":
		w.bool("ordered", n.Ordered)
		if n.Ordered {
			w.out = strconv.AppendInt(append(w.out, `,"start":`...), int64(n.Start), 10)
		}
		w.bool("spread", n.Spread)
	case "listItem":
		w.bool("spread", n.Spread)
		if n.Check != 0 {
			w.bool("checked", n.Check == 'x')
		}
	case "link":
		w.string("url", n.URL)
		w.filled("title", n.Title)
	case "image":
		w.string("url", n.URL)
		w.filled("title", n.Title)
		w.string("alt", n.Alt)
	case "definition":
		w.string("identifier", n.Label)
		w.string("label", n.Label)
		w.string("url", n.URL)
		w.filled("title", n.Title)
	case "footnoteReference", "footnoteDefinition":
		w.string("identifier", n.Label)
		w.string("label", n.Label)
	case "table":
		w.align(n.Align)
	case "container", "span":
		w.string("name", n.Name)
	case "tableCell":
		w.filled("name", n.Name)
	case "embed":
		w.string("name", n.Name)
		w.string("value", n.Value)
	}
}

func (w *treeWriter) name(name string) {
	w.out = append(append(append(w.out, `,"`...), name...), `":`...)
}

func (w *treeWriter) string(name, value string) {
	w.name(name)
	w.out = report.AppendString(w.out, value)
}

// filled writes a member that is left out where it is empty.
func (w *treeWriter) filled(name, value string) {
	if value != "" {
		w.string(name, value)
	}
}

func (w *treeWriter) bool(name string, value bool) {
	w.name(name)
	w.out = strconv.AppendBool(w.out, value)
}

func (w *treeWriter) align(columns []byte) {
	w.out = append(w.out, `,"align":[`...)
	for i, c := range columns {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		switch c {
		case 'l':
			w.out = append(w.out, `"left"`...)
		case 'c':
			w.out = append(w.out, `"center"`...)
		case 'r':
			w.out = append(w.out, `"right"`...)
		default:
			w.out = append(w.out, "null"...)
		}
	}
	w.out = append(w.out, ']')
}
