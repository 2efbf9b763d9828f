package plain

import (
	"strconv"
	"strings"

	"copydesk/pipeline/markup"
)

// A writer writes blocks line by line.
type writer struct {
	out    []byte
	room   int    // bytes that may be written
	full   bool   // more would have been
	indent string // before each line
	next   string // before the next one: the indent, or the mark of an item
	due    bool   // a blank line comes first,
	gap    string // after this
}

// blocks writes blocks; tight ones have no blank line between them.
func (w *writer) blocks(nodes []*markup.Node, tight bool) {
	begun := len(w.out)
	for _, n := range nodes {
		if w.full {
			return
		}
		if len(w.out) > begun && !tight {
			w.due, w.gap = true, strings.TrimRight(w.indent, " ")
		}
		w.block(n)
	}
	w.due = false
}

func (w *writer) block(n *markup.Node) {
	if hidden(n) {
		return
	}
	switch n.Type {
	case "html":
	case "thematicBreak":
		w.line("----------")
	case "code":
		w.text(n.Value)
	case "list":
		w.list(n)
	case "blockquote":
		w.marked("> ", "> ", n.Children, false)
	case "definitionDescription":
		w.marked("    ", "    ", n.Children, false)
	case "definitionList":
		w.blocks(n.Children, true)
	case "table":
		w.table(n)
	case "footnoteDefinition":
		mark := "[" + n.Label + "] "
		w.marked(mark, strings.Repeat(" ", len(mark)), n.Children, false)
	case "container", "figure", "caption", "details", "summary", "definitionTerm":
		if n.Name == "pre" || n.Name == "listing" {
			w.paragraph(n.Children, true)
			return
		}
		w.blocks(n.Children, false)
	case "paragraph", "heading":
		w.paragraph(n.Children, false)
	default:
		w.paragraph([]*markup.Node{n}, false)
	}
}

// hidden tells whether an element says of itself that it is not shown.
func hidden(n *markup.Node) bool {
	for _, a := range n.Attrs {
		if a.Name == "hidden" {
			return true
		}
	}
	return false
}

func (w *writer) paragraph(nodes []*markup.Node, pre bool) {
	t := inliner{pre: pre}
	t.write(nodes)
	text := t.joined()
	if strings.Trim(text, " \n") == "" {
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		if !pre {
			line = strings.Trim(line, " ")
		}
		w.line(line)
	}
}

// text writes lines.
func (w *writer) text(lines string) {
	for line := range strings.SplitSeq(lines, "\n") {
		w.line(line)
	}
}

func (w *writer) line(line string) {
	size := len(w.next) + len(line) + len(w.gap) + 2
	if w.full = w.full || len(w.out)+size > w.room; w.full {
		return
	}
	if w.due {
		w.out = append(append(w.out, w.gap...), '\n')
		w.due = false
	}
	if line == "" {
		w.out = append(w.out, strings.TrimRight(w.next, " ")...)
	} else {
		w.out = append(append(w.out, w.next...), line...)
	}
	w.out = append(w.out, '\n')
	w.next = w.indent
}

// marked writes blocks behind a mark, and indented below it.
func (w *writer) marked(mark, indent string, nodes []*markup.Node, tight bool) {
	was := w.indent
	w.next += mark
	w.indent += indent
	begun, due, gap := len(w.out), w.due, w.gap
	w.blocks(nodes, tight)
	if len(w.out) == begun && strings.TrimSpace(mark) != ">" && strings.TrimSpace(mark) != "" {
		w.due, w.gap = due, gap
		w.line("")
	}
	w.indent, w.next = was, was
}

func (w *writer) list(n *markup.Node) {
	begun := len(w.out)
	for i, item := range n.Children {
		if w.full {
			return
		}
		mark := "- "
		if n.Ordered {
			mark = strconv.Itoa(n.Start+i) + ". "
		}
		width := strings.Repeat(" ", len(mark))
		switch item.Check {
		case 'x':
			mark += "[x] "
		case ' ':
			mark += "[ ] "
		}
		if len(w.out) > begun && n.Spread {
			w.due, w.gap = true, strings.TrimRight(w.indent, " ")
		}
		w.marked(mark, width, item.Children, !n.Spread)
	}
}

// table writes a row a line.
func (w *writer) table(n *markup.Node) {
	for _, row := range n.Children {
		if row.Type != "tableRow" {
			w.block(row)
			continue
		}
		var line strings.Builder
		for i, cell := range row.Children {
			if i > 0 {
				line.WriteByte('\t')
			}
			line.WriteString(flat(cell.Children))
		}
		if text := line.String(); strings.Trim(text, "\t") != "" {
			w.line(text)
		}
	}
}

// flat is the text of a cell on one line.
func flat(nodes []*markup.Node) string {
	if len(nodes) == 0 {
		return ""
	}
	if isPhrasing(nodes[0].Type) {
		t := inliner{}
		t.write(nodes)
		return strings.Join(strings.FieldsFunc(t.joined(), isBlank), " ")
	}
	inner := writer{room: minOutput}
	inner.blocks(nodes, true)
	return strings.Join(strings.FieldsFunc(string(inner.out), isBlank), " ")
}

func isBlank(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }

func isPhrasing(kind string) bool {
	switch kind {
	case "paragraph", "heading", "thematicBreak", "blockquote", "list", "code", "table", "container", "figure", "caption",
		"details", "summary", "definitionList", "definitionTerm", "definitionDescription", "footnoteDefinition":
		return false
	}
	return true
}
