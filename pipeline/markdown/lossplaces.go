package markdown

import (
	"fmt"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"

	"golang.org/x/net/html"
)

// losses gives what the tree of a body has no place for. What only sets the look of an element or talks to
// programs (class, style, width, data-…), and what no browser shows (scripts, styles, templates), is no loss.
//
// Parsed HTML has no places. What is lost is looked for in the body by its number among the elements of its name, and
// where these are not the start tags of the name one by one, the body is parsed once more, with the place of each start
// tag in an attribute of its own.
func losses(doc *html.Node, body []byte, o Options) *lossFinder {
	first := lossesIn(doc, o)
	if len(first.found) == 0 || first.number(doc, body) {
		return first
	}
	placed, err := markup.Tree(withPlaces(body))
	if err != nil {
		return first // It was within the limits without the attributes.
	}
	return lossesIn(placed, o)
}

// placeAttr holds the offset of a start tag.
const placeAttr = "copydesk-at"

func withPlaces(body []byte) []byte {
	out := make([]byte, 0, len(body)+len(body)/4)
	at := 0
	for t := range markup.Scan(body, 0) {
		switch t.Kind {
		case markup.StartTag:
			name := t.Span.Start + len("<") // The name as it is written; t.Name may have other bytes.
			for name < t.Span.End && !blank(rune(body[name])) && body[name] != '/' && body[name] != '>' {
				name++
			}
			out = fmt.Appendf(append(out, body[at:name]...), ` %s="%d-%d"`, placeAttr, t.Span.Start, t.Span.End)
			at = name
		case markup.Comment:
			if rest := t.Span.Of(body); strings.HasPrefix(string(rest[:min(4, len(rest))]), "<!--") {
				out = fmt.Appendf(append(out, body[at:t.Span.Start]...), "<!--%s %d-%d-->", placeAttr, t.Span.Start, t.Span.End)
				at = t.Span.Start
			}
		}
	}
	return append(out, body[at:]...)
}

// spanOf is the place that withPlaces noted for a node, or for the nearest one around it that has any.
func spanOf(n *html.Node) (span pipeline.Span) {
	if n.Type == html.CommentNode && n.PrevSibling != nil && n.PrevSibling.Type == html.CommentNode {
		if place, ok := strings.CutPrefix(n.PrevSibling.Data, placeAttr+" "); ok {
			_, _ = fmt.Sscanf(place, "%d-%d", &span.Start, &span.End)
			return span
		}
	}
	for ; n != nil; n = n.Parent {
		if span, ok := placeOf(n); ok {
			return span
		}
	}
	return span
}

// placeOf is the place that withPlaces noted for an element.
func placeOf(n *html.Node) (span pipeline.Span, ok bool) {
	place, ok := attr(n, placeAttr)
	if !ok {
		return span, false
	}
	_, _ = fmt.Sscanf(place, "%d-%d", &span.Start, &span.End)
	return span, true
}

// number finds the places of what was lost by the numbers that the elements have among those of their names. It is false
// where the elements of a tree are not the start tags of the body.
func (f *lossFinder) number(doc *html.Node, body []byte) bool {
	wanted := map[*html.Node]pipeline.Span{}
	for _, n := range f.nodes {
		wanted[n] = pipeline.Span{}
	}
	numbers := map[string]map[int]*html.Node{} // those that are wanted, by name and number
	elements := map[string]int{}               // name -> how many there are
	for n := doc; n != nil; n = following(n) {
		name := nodeName(n)
		if name == "" {
			continue
		}
		if _, ok := wanted[n]; ok {
			if numbers[name] == nil {
				numbers[name] = map[int]*html.Node{}
			}
			numbers[name][elements[name]] = n
		}
		elements[name]++
	}
	tags := map[string]int{}
	for t := range markup.ScanLean(body, 0) {
		name := t.Name
		switch t.Kind {
		case markup.StartTag:
		case markup.Comment:
			name = commentName
		default:
			continue
		}
		if n := numbers[name][tags[name]]; n != nil {
			if !isTagOf(n, t.Span.Of(body)) {
				return false
			}
			wanted[n] = t.Span
		}
		tags[name]++
	}
	for name := range numbers {
		if tags[name] != elements[name] {
			return false
		}
	}
	for i, n := range f.nodes {
		f.found[i].Span = wanted[n]
	}
	return true
}

const commentName = "!--"

// nodeName is what nodes are counted by.
func nodeName(n *html.Node) string {
	switch n.Type {
	case html.ElementNode:
		return n.Data
	case html.CommentNode:
		return commentName
	}
	return ""
}

// isTagOf tells whether a start tag, or a comment, is that of a node.
func isTagOf(n *html.Node, tag []byte) bool {
	if n.Type == html.CommentNode {
		return string(tag) == "<!--"+n.Data+"-->"
	}
	attrs := map[string]string{}
	for t := range markup.Scan(tag, 0) {
		for _, a := range t.Attrs {
			if _, twice := attrs[a.Name]; !twice {
				attrs[a.Name] = a.Value
			}
		}
		break
	}
	for _, a := range n.Attr {
		if value, ok := attrs[a.Key]; !ok || value != a.Val {
			return false
		}
	}
	return len(attrs) == len(n.Attr)
}
