package article

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// AppendMdast appends the tree of the document's body as mdast with GFM and footnotes and nothing else: an
// element that mdast has no name for is its tags, as nodes html, around what is in it; other attributes are in
// data.hProperties. Positions are unist's, in the Text: lines and columns from 1, offsets from 0, columns and
// offsets in UTF-16 code units. The error is a markup.LimitError.
func AppendMdast(dst []byte, d *pipeline.Document) ([]byte, error) {
	root, err := markup.Nodes(d)
	if err != nil {
		return nil, err
	}
	body := d.Body()
	m := mdast{body: body.Of(d.Text), html: d.BodyFormat() == pipeline.HTML}
	root = &markup.Node{Type: "root", Span: root.Span, Children: m.nodes(root.Children)}
	at := places(d.Text, body.Start, root)
	w := treeWriter{out: dst, behind: func(out []byte, n *markup.Node) []byte {
		if attrs := properties(n.Attrs); len(attrs) > 0 {
			out = append(appendAttrs(out, `,"data":{"hProperties":{`, attrs), '}')
		}
		if n.Span.Len() == 0 && n.Type != "root" {
			return out
		}
		out = at[n.Span.Start+body.Start].append(append(out, `,"position":{"start":`...))
		out = at[n.Span.End+body.Start].append(append(out, `,"end":`...))
		return append(out, '}')
	}}
	w.node(root)
	return w.out, nil
}

// properties are attributes by the names that hast has for them.
func properties(attrs []markup.Attr) []markup.Attr {
	out := slices.Clone(attrs)
	for i := range out {
		switch out[i].Name {
		case "class":
			out[i].Name = "className"
		case "for":
			out[i].Name = "htmlFor"
		}
	}
	return out
}

// mdast makes nodes that mdast has of those that it lacks.
type mdast struct {
	body []byte
	html bool // it is HTML
}

func (m *mdast) nodes(nodes []*markup.Node) []*markup.Node {
	out := make([]*markup.Node, 0, len(nodes))
	for _, n := range nodes {
		out = append(out, m.node(n)...)
	}
	return out
}

func (m *mdast) node(n *markup.Node) []*markup.Node {
	if !m.html {
		return []*markup.Node{m.copy(n)} // Markdown has nothing that mdast lacks.
	}
	if isHidden(n) && n.Type != "listItem" && n.Span.Len() > 0 {
		return []*markup.Node{m.raw(n)} // Whoever knows no attributes would show it.
	}
	switch n.Type {
	case "embed", "html":
		return []*markup.Node{{Type: "html", Value: oneBlock(n.Value), Span: n.Span}}
	case "span":
		if n.Name == "textarea" {
			return []*markup.Node{m.raw(n)}
		}
	case "table":
		if !simpleTable(n) {
			return []*markup.Node{m.raw(n)}
		}
	case "container":
		if n.Name == "pre" || n.Name == "listing" || n.Name == "table" {
			return []*markup.Node{m.raw(n)}
		}
	}
	if name := elementOf(n); name != "" {
		out := append([]*markup.Node{{Type: "html", Value: startTag(name, n.Attrs)}}, m.nodes(n.Children)...)
		if name != "wbr" && name != "source" && name != "input" && name != "col" && name != "param" && name != "track" && name != "area" {
			out = append(out, &markup.Node{Type: "html", Value: "</" + name + ">"})
		}
		return out
	}
	c := m.copy(n)
	if n.Type == "tableCell" || n.Type == "heading" {
		tagBreaks(c.Children)
	}
	if len(c.Children) > 0 && !isBlock(n.Type) || n.Type == "paragraph" || n.Type == "heading" {
		tagEdges(c.Children)
	}
	if n.Type == "paragraph" {
		return withoutLead(c)
	}
	return []*markup.Node{c}
}

// copy is a node that mdast has, with its children made anew.
func (m *mdast) copy(n *markup.Node) *markup.Node {
	c := *n
	c.Name = ""
	c.Children = m.nodes(n.Children)
	return &c
}

// withoutLead takes HTML from the beginning of a paragraph that Markdown would take for a block, all of its line
// with it.
func withoutLead(paragraph *markup.Node) []*markup.Node {
	var out []*markup.Node
	rest := paragraph.Children
	for len(rest) > 0 && rest[0].Type == "html" && opensBlock(rest[0].Value) {
		out = append(out, rest[0])
		rest = rest[1:]
	}
	if len(out) == 0 {
		return []*markup.Node{paragraph}
	}
	if len(rest) > 0 {
		paragraph.Children = rest
		out = append(out, paragraph)
	}
	return out
}

// opensBlock tells whether HTML begins as a block of Markdown, which may hold more than a tag.
func opensBlock(html string) bool {
	for _, start := range []string{"<!", "<?", "<script", "<style", "<textarea", "<iframe", "<link", "<title", "<base", "<template", "<noframes"} {
		if len(html) >= len(start) && strings.EqualFold(html[:len(start)], start) {
			return true
		}
	}
	return false
}

// raw is the HTML of a node as it stands in the body.
func (m *mdast) raw(n *markup.Node) *markup.Node {
	return &markup.Node{Type: "html", Value: oneBlock(string(n.Span.Of(m.body))), Span: n.Span}
}

// oneBlock is HTML in which no blank line ends the block that Markdown takes it for.
func oneBlock(html string) string {
	switch {
	case strings.HasPrefix(html, "<!--"):
		if len(html) < len("<!---->") || !strings.HasSuffix(html, "-->") {
			html += "-->" // The end of the body cut it off.
		}
	case strings.HasPrefix(html, "<!"), strings.HasPrefix(html, "<?"), strings.HasPrefix(html, "</"): // What browsers take for a comment.
		return "<!--" + strings.ReplaceAll(strings.Trim(html[2:], ">"), "-", "\u2010") + "-->"
	}
	for _, whole := range []string{"<script", "<style", "<pre", "<textarea", "<!", "<?"} {
		if len(html) >= len(whole) && strings.EqualFold(html[:len(whole)], whole) {
			return html
		}
	}
	lines := strings.Split(html, "\n")
	for i, line := range lines {
		if i < len(lines)-1 && strings.Trim(line, " \t\r") == "" {
			lines[i] = "&#10;"
		}
	}
	return strings.Join(lines, "\n")
}

// elementOf is the element that a node is, where mdast has no node for it.
func elementOf(n *markup.Node) string {
	switch n.Type {
	case "container", "span":
		return n.Name
	case "figure", "details", "summary", "sub", "sup", "mark", "kbd", "ins":
		return n.Type
	case "caption":
		return "figcaption"
	case "definitionList":
		return "dl"
	case "definitionTerm":
		return "dt"
	case "definitionDescription":
		return "dd"
	}
	return ""
}

// startTag writes the start tag of an element.
func startTag(name string, attrs []markup.Attr) string {
	var b strings.Builder
	b.WriteString("<" + name)
	for _, a := range attrs {
		if strings.ContainsAny(a.Name, "\"'<>=`") {
			continue // Markdown takes no tag with such a name.
		}
		b.WriteString(" " + a.Name + `="` + strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;", "\n", "&#10;", "\r", "&#13;").Replace(a.Value) + `"`)
	}
	b.WriteString(">")
	return b.String()
}

// tagBreaks makes line breaks tags, where Markdown has none.
func tagBreaks(nodes []*markup.Node) {
	for _, n := range nodes {
		if n.Type == "break" {
			n.Type, n.Value, n.Attrs = "html", "<br>", nil
		}
		tagBreaks(n.Children)
	}
}

// tagEdges makes line breaks tags where nothing comes before or behind them, where Markdown has none.
func tagEdges(nodes []*markup.Node) {
	for i := 0; i < len(nodes) && nodes[i].Type == "break"; i++ {
		tagBreaks(nodes[i : i+1])
	}
	for i := len(nodes) - 1; i >= 0 && nodes[i].Type == "break"; i-- {
		tagBreaks(nodes[i : i+1])
	}
}

// simpleTable tells whether a table is one of Markdown's: rows of the same length, cells of text.
func simpleTable(table *markup.Node) bool {
	for _, row := range table.Children {
		if row.Type != "tableRow" || isHidden(row) || len(row.Children) != len(table.Children[0].Children) {
			return false
		}
		for _, cell := range row.Children {
			if len(cell.Children) > 0 && isBlock(cell.Children[0].Type) || cell.Name == "th" && row != table.Children[0] {
				return false
			}
			for _, a := range cell.Attrs {
				if a.Name == "colspan" || a.Name == "rowspan" || a.Name == "hidden" {
					return false
				}
			}
		}
	}
	return len(table.Children[0].Children) > 0
}

func isHidden(n *markup.Node) bool {
	return slices.ContainsFunc(n.Attrs, func(a markup.Attr) bool { return a.Name == "hidden" })
}

func isBlock(kind string) bool {
	switch kind {
	case "paragraph", "heading", "thematicBreak", "blockquote", "list", "code", "table", "container", "figure", "caption",
		"details", "summary", "definitionList", "definitionTerm", "definitionDescription", "footnoteDefinition":
		return true
	}
	return false
}

// A unistPlace is a point of unist.
type unistPlace struct{ line, column, offset int }

func (p unistPlace) append(dst []byte) []byte {
	dst = strconv.AppendInt(append(dst, `{"line":`...), int64(p.line), 10)
	dst = strconv.AppendInt(append(dst, `,"column":`...), int64(p.column), 10)
	dst = strconv.AppendInt(append(dst, `,"offset":`...), int64(p.offset), 10)
	return append(dst, '}')
}

// places are the points of all nodes of a tree, whose spans count from start, by their bytes.
func places(text []byte, start int, root *markup.Node) map[int]unistPlace {
	var wanted []int
	var collect func(*markup.Node)
	collect = func(n *markup.Node) {
		wanted = append(wanted, n.Span.Start+start, n.Span.End+start)
		for _, c := range n.Children {
			collect(c)
		}
	}
	collect(root)
	slices.Sort(wanted)
	out := make(map[int]unistPlace, len(wanted))
	at, now := 0, unistPlace{1, 1, 0}
	for _, want := range slices.Compact(wanted) {
		for at < want {
			r, n := utf8.DecodeRune(text[at:])
			units := 1
			if r > 0xFFFF {
				units = 2
			}
			now.offset += units
			now.column += units
			if r == '\n' || r == '\r' && !bytes.HasPrefix(text[at+1:], []byte("\n")) {
				now.line, now.column = now.line+1, 1
			}
			at += n
		}
		out[want] = now
	}
	return out
}
