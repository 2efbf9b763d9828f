package markdown

import (
	"iter"
	"strings"

	"golang.org/x/net/html"
)

// Footnotes are read where they have the shape that Markdown renders them in, and that alone:
//
//	<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" …>1</a></sup>
//	<div class="footnotes" …><hr><ol><li id="fn:1">… <a href="#fnref:1" class="footnote-backref" …>

// isFootnotes tells whether an element holds the footnotes of a document.
func isFootnotes(n *html.Node) bool {
	if n.Data != "div" && n.Data != "section" {
		return false
	}
	if class, _ := attr(n, "class"); !hasWord(class, "footnotes") {
		return false
	}
	var ol *html.Node
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode && isBlank(c.Data), c.Type == html.ElementNode && c.Data == "hr":
		case c.Type == html.ElementNode && c.Data == "ol" && ol == nil:
			ol = c
		default:
			return false
		}
	}
	if ol == nil {
		return false
	}
	found := false
	for c := range ol.ChildNodes() {
		if c.Type == html.ElementNode {
			if c.Data != "li" || noteLabel(c) == "" {
				return false
			}
			found = true
		}
	}
	return found
}

func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

// footnotes gives the footnotes in such an element.
func footnotes(n *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for li := range n.Descendants() {
			if li.Type == html.ElementNode && li.Data == "li" && noteLabel(li) != "" && !yield(li) {
				return
			}
		}
	}
}

// noteLabel is the label of a footnote, "" for what is none.
func noteLabel(li *html.Node) string {
	id, _ := attr(li, "id")
	label, ok := strings.CutPrefix(id, "fn:")
	if !ok || label == "" || strings.Trim(label, "0123456789") != "" {
		return ""
	}
	return label
}

// reference is the label of the footnote that an element refers to.
func (b *builder) reference(n *html.Node) (string, bool) {
	if len(b.labels) == 0 || n.Data != "sup" || n.FirstChild == nil || n.FirstChild != n.LastChild {
		return "", false
	}
	a := n.FirstChild
	class, _ := attr(a, "class")
	href, _ := attr(a, "href")
	label, ok := strings.CutPrefix(href, "#fn:")
	return label, ok && a.Data == "a" && hasWord(class, "footnote-ref") && b.labels[label]
}

// footnotes reads the footnotes of a document.
func (b *builder) footnotes(n *html.Node) {
	for li := range footnotes(n) {
		var back []*html.Node
		for a := range li.Descendants() {
			if class, _ := attr(a, "class"); a.Data == "a" && hasWord(class, "footnote-backref") {
				back = append(back, a)
			}
		}
		for _, a := range back {
			if t := a.PrevSibling; t != nil && t.Type == html.TextNode {
				t.Data = strings.TrimSuffix(t.Data, "\u00A0")
			}
			a.Parent.RemoveChild(a)
		}
		b.notes = append(b.notes, &block{kind: note, text: noteLabel(li), kids: b.inside(li, false)})
	}
}
