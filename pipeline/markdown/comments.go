package markdown

import (
	"strings"

	"golang.org/x/net/html"
)

// comment reads a comment that stands between the blocks of a document, as <!-- more --> does.
func (b *builder) comment(n *html.Node) {
	switch {
	case !saysComment(n.Data):
	case b.HTML == Never:
	case b.flat == 0 && standsApart(n):
		b.add(&block{kind: comment, text: collapsed(n.Data)})
	case b.HTML == Keep && isOneLine(n.Data):
		b.segs = append(b.segs, seg{kind: media, text: "<!-- " + collapsed(n.Data) + " -->", link: b.link})
	}
}

// saysComment tells whether a comment says anything that is not for one old browser. The writer itself uses
// empty ones.
func saysComment(text string) bool {
	text = strings.TrimLeft(text, " \t\n\r\f")
	return text != "" && !strings.HasPrefix(text, "[if ") && !strings.HasPrefix(text, "[endif]") && !strings.HasPrefix(text, "<![endif]") &&
		!strings.HasPrefix(text, placeAttr+" ")
}

// isOneLine tells whether a comment is one line that Markdown and HTML read alike.
func isOneLine(text string) bool {
	text = strings.Trim(text, " \t\n\r\f")
	return !strings.ContainsAny(text, "\n\r\x00") && !strings.Contains(text, "--") &&
		!strings.HasPrefix(text, ">") && !strings.HasPrefix(text, "-") && !strings.HasSuffix(text, "-") && !strings.HasSuffix(text, "!")
}

// standsApart tells whether a comment can stand on a line of its own in Markdown and read back: it is one line,
// and nothing but blocks stands beside it, or around it what says nothing itself.
func standsApart(n *html.Node) bool {
	if !isOneLine(n.Data) {
		return false
	}
	for up := n.Parent; up != nil && up.Type != html.DocumentNode; up = up.Parent {
		switch up.Data {
		case "html", "body", "div", "section", "article", "main", "center":
		default:
			return false
		}
		if isFootnotes(up) {
			return false
		}
	}
	before, after := n.PrevSibling, n.NextSibling
	for before != nil && passes(before) {
		before = before.PrevSibling
	}
	for after != nil && passes(after) {
		after = after.NextSibling
	}
	return endsText(before) && endsText(after)
}

// passes tells whether a node says nothing, so that what is beyond it is the neighbour.
func passes(n *html.Node) bool {
	switch n.Type {
	case html.TextNode:
		return isBlank(n.Data)
	case html.ElementNode:
		return isHidden(n.Data)
	}
	return true
}

func endsText(n *html.Node) bool { return n == nil || isBlock(n.Data) }
