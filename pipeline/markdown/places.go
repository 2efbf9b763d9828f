package markdown

import (
	"strings"

	"copydesk/pipeline/markup"

	"golang.org/x/net/html"
)

// headingIDs makes anchors of the ids of headings that links lead to. Where all ids are those that
// Markdown gives to headings anyway, none is needed.
func (b *builder) headingIDs(root *block, rendered bool) {
	var ids markup.HeadingIDs
	own := true
	root.texts(func(h *block) {
		if h.kind == heading && h.text != "" { // HTML in Markdown gets none.
			own = own && ids.Next(plain(h.segs)) == h.text
		}
	})
	root.texts(func(h *block) {
		if h.kind != heading {
			return
		}
		if id := h.text; !own && !rendered && b.targets[id] {
			delete(b.targets, id)
			h.lead(seg{kind: anchor, text: id, at: int32(h.at)})
		}
		h.text = ""
	})
}

// plain is the text of segments.
func plain(segs []seg) string {
	var out strings.Builder
	for _, s := range segs {
		switch s.kind {
		case text, image:
			out.WriteString(s.text)
		case media:
			for part := range strings.SplitSeq(s.text, "<") {
				_, shown, _ := strings.Cut(part, ">")
				out.WriteString(html.UnescapeString(shown))
			}
		}
	}
	return out.String()
}

// targets are the ids that links of a document lead to.
func targets(doc *html.Node) map[string]bool {
	ids := map[string]bool{}
	for n := doc; n != nil; n = following(n) {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		if href, ok := attr(n, "href"); ok && len(href) > 1 && href[0] == '#' {
			ids[href[1:]] = true
		}
	}
	return ids
}

// following is the node behind another one in the order of the document; nil behind the last.
func following(n *html.Node) *html.Node {
	if n.FirstChild != nil {
		return n.FirstChild
	}
	for n != nil && n.NextSibling == nil {
		n = n.Parent
	}
	if n == nil {
		return nil
	}
	return n.NextSibling
}

// placed gives a block its kids, and the place that links lead to if the element is one.
func (b *builder) placed(n *html.Node, k *block, kids []*block) *block {
	k.kids = kids
	if id := b.wanted(n); id != "" && k.attrs == "" { // It stays with the others.
		b.visit(n)
		k.lead(seg{kind: anchor, text: id, at: b.at()})
	}
	return k
}

// lead puts a segment before the first text of the block.
func (k *block) lead(s seg) {
	for at := k; ; at = at.kids[0] {
		if at.kind == paragraph || at.kind == heading {
			at.segs = append([]seg{s}, at.segs...)
			return
		}
		if len(at.kids) == 0 || at.kids[0].kind == pre || at.kids[0].kind == rule {
			if at.kind != pre && at.kind != rule && at.kind != table && at.kind != row && at.kind != list {
				at.kids = append([]*block{{kind: paragraph, segs: []seg{s}}}, at.kids...)
			}
			return
		}
	}
}

// wanted is the id of an element when a link leads to it.
func (b *builder) wanted(n *html.Node) string {
	id, _ := attr(n, "id")
	if id == "" && n.Data == "a" {
		id, _ = attr(n, "name")
	}
	if id == "" || !b.targets[id] || strings.ContainsAny(id, "\x00\r\n") {
		return ""
	}
	delete(b.targets, id) // The first of several is the one that counts.
	return id
}

// place notes a place that links lead to.
func (b *builder) place(n *html.Node) {
	if id := b.wanted(n); id != "" {
		b.segs = append(b.segs, seg{kind: anchor, text: id, at: b.at()})
	}
}
