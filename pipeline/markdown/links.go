package markdown

import (
	"slices"
	"strings"

	"copydesk/pipeline/markup"

	"golang.org/x/net/html"
)

// hasText tells whether there is any text in an element.
func hasText(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.Type == html.TextNode && !isBlank(c.Data) {
			return true
		}
	}
	return false
}

// hasAlt tells whether a picture in an element has a text.
func hasAlt(n *html.Node) bool {
	for c := range n.Descendants() {
		if alt, _ := attr(c, "alt"); c.Data == "img" && strings.TrimSpace(alt) != "" {
			return true
		}
	}
	return false
}

func (b *builder) image(n *html.Node) {
	src, _ := attr(n, "src")
	if src = address(src); src == "" {
		return
	}
	b.place(n)
	alt, _ := attr(n, "alt")
	title, _ := attr(n, "title")
	b.segs = append(b.segs, seg{kind: image, text: collapsed(alt), src: src, title: collapsed(title), marks: b.marks &^ code, link: b.link, at: b.at()})
}

// collapsed is a text with single spaces, and none at its ends.
func collapsed(s string) string { return strings.Join(strings.FieldsFunc(s, blank), " ") }

// address is a URL as Markdown renders it. One with a stray % stays as it is, since it means another
// place once that is encoded; it can't be told in Markdown (see isPlainURL).
func address(url string) string {
	url = strings.Trim(url, " \t\n\r\f")
	if strings.ContainsAny(url, "\t\n\r") {
		url = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(url)
	}
	if hasStrayPercent(url) {
		return url
	}
	return markup.EscapeURL(url)
}

// hasStrayPercent tells whether a % in a URL does not begin an encoded byte.
func hasStrayPercent(url string) bool {
	for i := range len(url) {
		if url[i] == '%' && (i+2 >= len(url) || !isHex(url[i+1]) || !isHex(url[i+2])) {
			return true
		}
	}
	return false
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

func (b *builder) anchor(n *html.Node) {
	b.place(n)
	href, ok := attr(n, "href")
	if !ok || b.link != nil {
		b.children(n)
		return
	}
	b.link = b.linkTo(n, href)
	before, blocks := len(b.segs), len(b.out)
	b.children(n)
	if len(b.out) == blocks && !shows(b.segs[min(before, len(b.segs)):]) {
		b.segs = append(b.segs, seg{kind: hollow, link: b.link})
	}
	b.link = nil
}

// linkTo is the link of an element to an address.
func (b *builder) linkTo(n *html.Node, href string) *link {
	title, _ := attr(n, "title")
	l := link{address(href), collapsed(title)}
	if b.links[l] == nil {
		b.links[l] = &l
	}
	return b.links[l]
}

// shows tells whether there is anything to see in the segments.
func shows(segs []seg) bool {
	return slices.ContainsFunc(segs, func(s seg) bool {
		return s.kind != anchor && s.kind != lineBreak && (s.kind != text || !isBlank(s.text))
	})
}
