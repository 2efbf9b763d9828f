package markdown

import (
	"strconv"
	"strings"

	"copydesk/pipeline/markup"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// bare takes from a parsed body what Markdown has no spelling for but tags, and notes what is lost by it.
func (f *lossFinder) bare(doc *html.Node) {
	b := &barer{lossFinder: f}
	b.notes.survey(doc)
	b.children(doc, false)
}

type barer struct {
	*lossFinder
	notes builder // It knows the footnotes.
	cells int     // of the tables so far
}

// children bares what is in an element. oneLine is true in headings and cells, where no line can end.
func (b *barer) children(n *html.Node, oneLine bool) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch c.Type {
		case html.CommentNode:
			n.RemoveChild(c)
		case html.ElementNode:
			b.element(c, oneLine)
		}
		c = next
	}
}

// become makes an element another one, without attributes.
func become(n *html.Node, a atom.Atom) { n.Data, n.DataAtom, n.Attr = a.String(), a, placeOnly(n) }

// placeOnly is the attribute that says where an element is.
func placeOnly(n *html.Node) []html.Attribute {
	if at, ok := attr(n, placeAttr); ok {
		return []html.Attribute{{Key: placeAttr, Val: at}}
	}
	return nil
}

func (b *barer) element(n *html.Node, oneLine bool) {
	if isHidden(n.Data) {
		return
	}
	if _, ok := b.notes.reference(n); ok {
		return
	}
	switch n.Data {
	case "br":
		if oneLine {
			b.lose(n, "<br> in a line that can't end: a space stays")
			n.Type, n.Data = html.TextNode, " "
		}
		return
	case "iframe", "video", "audio", "embed", "object":
		b.embedded(n, oneLine)
		return
	case "noscript":
		if !hasText(n) && hasAlt(n) {
			become(n, atom.Span)
		}
	case "figure":
		become(n, atom.Div)
	case "details":
		b.lose(n, "<details>, whose parts stay, all shown")
		become(n, atom.Div)
	case "dl":
		b.lose(n, "<dl>, whose terms and definitions stay as paragraphs")
		become(n, atom.Div)
	case "figcaption", "summary":
		b.lose(n, "<%s>, whose text stays as a paragraph", n.Data)
		become(n, atom.Div)
	case "dt", "dd":
		become(n, atom.Div)
	case "table":
		b.table(n, oneLine)
		return
	case "h1", "h2", "h3", "h4", "h5", "h6":
		oneLine = true
	case "ol":
		b.start(n)
	case "a":
		b.address(n, "href")
	case "img":
		b.address(n, "src")
	case "q":
		n.InsertBefore(&html.Node{Type: html.TextNode, Data: "“"}, n.FirstChild)
		n.AppendChild(&html.Node{Type: html.TextNode, Data: "”"})
	}
	if m := markOf(n.Data); m != 0 && m&(strong|emphasis|deleted|code) == 0 {
		b.lose(n, "<%s>, whose text stays", n.Data)
		become(n, atom.Span)
	}
	b.children(n, oneLine)
}

// embedded leaves a link to what an element shows, or what stands in it for those who can't see that.
func (b *barer) embedded(n *html.Node, oneLine bool) {
	src := sourceOf(n)
	if src == "" {
		b.lose(n, "<%s>%s", n.Data, stays(n))
		become(n, atom.Span)
		b.children(n, oneLine)
		return
	}
	b.lose(n, "<%s>: a link to %s stays", n.Data, quoted(src))
	at := placeOnly(n)
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	become(n, atom.A)
	n.Attr = append(at, html.Attribute{Key: "href", Val: address(strings.ReplaceAll(src, "%", "%25"))})
	if !hasStrayPercent(src) {
		n.Attr[len(n.Attr)-1].Val = address(src)
	}
	n.AppendChild(&html.Node{Type: html.TextNode, Data: src})
}

// sourceOf is the address of what an element shows.
func sourceOf(n *html.Node) string {
	for _, name := range []string{"src", "data"} {
		if value, _ := attr(n, name); collapsed(value) != "" {
			return collapsed(value)
		}
	}
	for c := range n.Descendants() {
		if value, _ := attr(c, "src"); (c.Data == "source" || c.Data == "embed") && collapsed(value) != "" {
			return collapsed(value)
		}
	}
	return ""
}

// start takes away the first number of a list that Markdown can't have.
func (b *barer) start(n *html.Node) {
	const most = 999_999_999
	items := 0
	for c := range n.ChildNodes() {
		if c.Data == "li" {
			items++
		}
	}
	value, ok := attr(n, "start")
	at, err := strconv.Atoi(strings.TrimSpace(value))
	if ok && err == nil && (at < 0 || at > most-items) {
		b.lose(n, "start=%s of <ol>", quoted(value))
		n.Attr = placeOnly(n)
	}
}

// address spells an address that only a tag can hold.
func (b *barer) address(n *html.Node, name string) {
	for i, a := range n.Attr {
		if a.Key == name && hasStrayPercent(address(a.Val)) {
			b.lose(n, "%% in %s=%s of <%s> becomes %%25", name, quoted(a.Val), n.Data)
			n.Attr[i].Val = markup.EscapeURL(encodeStray(address(a.Val)))
		}
	}
}

// encodeStray encodes each % that does not begin an encoded byte.
func encodeStray(url string) string {
	var out strings.Builder
	for i := range len(url) {
		out.WriteByte(url[i])
		if url[i] == '%' && hasStrayPercent(url[i:min(len(url), i+3)]) {
			out.WriteString("25")
		}
	}
	return out.String()
}

// clear takes from a tree what is left that needs tags: places that links lead to, and blank lines of code in items.
func (p *prover) clear(b *block) {
	kids := b.kids[:0]
	for _, k := range b.kids {
		if k.kind == pre && b.kind == item {
			p.clearListing(k)
		}
		if k.check != 0 && (len(k.kids) == 0 || k.kids[0].kind != paragraph) {
			k.check = 0
			p.lose(int32(k.at), "the box of a task that no text follows")
		}
		had := len(k.segs)
		k.segs = p.withoutAnchors(k.segs)
		p.clear(k)
		if had == 0 || len(k.segs) > 0 || k.kind != paragraph {
			kids = append(kids, k)
		}
	}
	b.kids = kids
}

func (p *prover) withoutAnchors(segs []seg) []seg {
	kept := make([]seg, 0, len(segs))
	for _, s := range segs {
		if s.kind == anchor {
			p.lose(s.at, "id=%s, which links lead to", quoted(s.text))
		} else {
			kept = append(kept, s)
		}
	}
	if len(kept) < len(segs) {
		return normalized(kept) // What the place stood between is joined.
	}
	return segs
}

// clearListing empties the blank lines of code in an item of a list.
func (p *prover) clearListing(b *block) {
	lines := strings.Split(b.text, "\n")
	lost := false
	for i, line := range lines {
		if line != "" && strings.Trim(line, " \t") == "" {
			lines[i], lost = "", true
		}
	}
	if lost {
		p.lose(int32(b.at), "the spaces of blank lines of <pre> in a list")
		b.text = strings.Join(lines, "\n")
	}
}
