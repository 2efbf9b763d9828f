package markdown

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// An htmlWriter writes blocks as HTML on one line, as they stand in Markdown at last. Line breaks of
// listings are character references, since a blank line would end the HTML.
type htmlWriter struct {
	out []byte
}

func (h *htmlWriter) add(text string) { h.out = append(h.out, text...) }

// tag is the element of a block.
func (b *block) tag() string {
	switch b.kind {
	case paragraph:
		if slices.ContainsFunc(b.segs, func(s seg) bool { return s.tall }) {
			return "div"
		}
		return "p"
	case heading:
		return "h" + strconv.Itoa(b.level)
	case list:
		if b.ordered {
			return "ol"
		}
		return "ul"
	case item:
		return "li"
	case quote:
		return "blockquote"
	case rule:
		return "hr"
	case row:
		return "tr"
	case cell:
		return "td"
	case caption:
		return "figcaption"
	case definitions:
		return "dl"
	case term:
		return "dt"
	case definition:
		return "dd"
	case division:
		return "div"
	case container:
		return b.name
	}
	return [...]string{pre: "pre", table: "table", figure: "figure", details: "details", summary: "summary", notes: "div", note: "div"}[b.kind]
}

// openTag is the start tag of a block.
func (b *block) openTag() string {
	open := "<" + b.tag() + b.attrs
	switch b.kind {
	case list:
		if b.ordered && b.level != 1 {
			open += fmt.Sprintf(` start="%d"`, b.level)
		}
	case cell:
		if b.columns > 1 {
			open += fmt.Sprintf(` colspan="%d"`, b.columns)
		}
		if b.rows > 1 {
			open += fmt.Sprintf(` rowspan="%d"`, b.rows)
		}
	}
	return open + ">"
}

func (h *htmlWriter) block(b *block) {
	switch b.kind {
	case rule:
		h.add("<hr>")
		return
	case pre:
		h.listing(b)
		return
	case table:
		h.table(b)
		return
	}
	h.add(b.openTag())
	if b.kind == item && b.check != 0 {
		h.add(`<input type="checkbox"`)
		if b.check == 'x' {
			h.add(" checked")
		}
		h.add(" disabled> ")
	}
	h.text(b.segs)
	h.kids(b)
	h.add("</" + b.tag() + ">")
}

// kids writes the blocks in a block. A paragraph stands without tags where it is alone and need not
// be told apart.
func (h *htmlWriter) kids(b *block) {
	for i, k := range b.kids {
		bare := k.kind == paragraph && (len(b.kids) == 1 && b.kind != quote && b.kind != figure && b.kind != details ||
			b.kind == item && (i == 0 || b.kids[i-1].kind != paragraph))
		if b.kind == item && k.apart {
			bare = false
		}
		if bare {
			h.text(k.segs)
		} else {
			h.block(k)
		}
	}
}

func (h *htmlWriter) listing(b *block) {
	h.add("<pre>")
	if b.lang != "" {
		h.add(`<code class="language-` + attribute(b.lang) + `">`)
	}
	code := html.EscapeString(b.text)
	if strings.HasPrefix(code, "\n") && b.lang == "" {
		code = "\n" + code // The parser drops the first.
	}
	if strings.HasSuffix(code, "\n") {
		code += "\n" // The last one does not count.
	}
	h.add(strings.NewReplacer("\n", "&#10;", "\r", "&#13;").Replace(code))
	if b.lang != "" {
		h.add("</code>")
	}
	h.add("</pre>")
}

func (h *htmlWriter) table(b *block) {
	h.add("<table>")
	for _, r := range b.kids {
		if r.kind == caption {
			h.add("<caption>")
			h.kids(r)
			h.add("</caption>")
			continue
		}
		h.row(r)
	}
	h.add("</table>")
}

func (h *htmlWriter) row(r *block) {
	h.add("<tr>")
	for i, c := range r.kids {
		open, end := c.cellTags(r, i)
		h.add(open)
		h.kids(c)
		h.add(end)
	}
	h.add("</tr>")
}

// cellTags are the tags of a cell in a row, the first being 0.
func (b *block) cellTags(r *block, number int) (open, end string) {
	open, end = b.openTag(), "</td>"
	if r.head {
		open, end = "<th"+open[len("<td"):], "</th>"
	}
	if number < len(r.aligns) && r.aligns[number] != 0 {
		align := map[byte]string{'l': "left", 'c': "center", 'r': "right"}[r.aligns[number]]
		open = open[:len(open)-1] + ` align="` + align + `">`
	}
	return open, end
}

// text writes segments with tags for marks and links.
func (h *htmlWriter) text(segs []seg) {
	t := textWriter{w: &writer{prover: &prover{}, out: h.out}, segs: segs, rung: rawHTML, oneLine: true, html: true}
	t.write()
	h.out = t.w.out
}

// attribute spells the value of an attribute between double quotes, on one line.
func attribute(value string) string {
	if !strings.ContainsAny(value, "&<>\"\n\r\t|") {
		return value
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\r", "&#13;", "\t", "&#9;", "|", "&#124;").Replace(value)
}

// outer is the HTML of an element on one line. With exact it has all attributes, and white space between tags.
func outer(n *html.Node, exact bool) string {
	o := outerWriter{exact: exact}
	o.node(n)
	return o.out.String()
}

type outerWriter struct {
	out   strings.Builder
	exact bool
}

func (o *outerWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		o.text(n)
	case html.ElementNode:
		if n.Data == "script" || n.Data == "style" || n.Data == "template" {
			return
		}
		o.openTag(n)
		for c := range n.ChildNodes() {
			o.node(c)
		}
		switch n.Data {
		case "embed", "source", "track", "img", "br", "param", "wbr", "hr", "input", "area", "col":
		default:
			o.out.WriteString("</" + n.Data + ">")
		}
	}
}

func (o *outerWriter) text(n *html.Node) {
	switch blank := isBlank(n.Data); {
	case n.Parent != nil && n.Parent.Data == "iframe": // Its content is nothing but text that no browser shows.
	case blank && o.exact:
		o.out.WriteString(blankText(n))
	case blank:
	default:
		o.out.WriteString(lineBreaks.Replace(html.EscapeString(n.Data)))
	}
}

func (o *outerWriter) openTag(n *html.Node) {
	o.out.WriteString("<" + n.Data)
	o.attributes(n)
	o.out.WriteByte('>')
	if c := n.FirstChild; c != nil && (n.Data == "pre" || n.Data == "textarea") && c.Type == html.TextNode && strings.HasPrefix(c.Data, "\n") {
		o.out.WriteString("&#10;") // The parser drops the first.
	}
}

func (o *outerWriter) attributes(n *html.Node) {
	for _, a := range n.Attr {
		if !isName(a.Key) || !o.exact && isPresentation(a.Key) {
			continue
		}
		o.out.WriteString(" " + a.Key)
		if a.Val != "" {
			o.out.WriteString(`="` + attribute(a.Val) + `"`)
		}
	}
}

// isName tells whether an attribute's name is one that can be written.
func isName(name string) bool {
	for i := range len(name) {
		if c := name[i] | 0x20; (c < 'a' || c > 'z') && (name[i] < '0' || name[i] > ':') && name[i] != '-' && name[i] != '_' && name[i] != '.' {
			return false
		}
	}
	return name != ""
}

// isPresentation tells whether an attribute says how something looks, and no more.
func isPresentation(name string) bool {
	switch name {
	case "style", "class", "align", "border", "frameborder", "scrolling", "marginwidth", "marginheight", "hspace", "vspace", "bgcolor":
		return true
	}
	return false
}
