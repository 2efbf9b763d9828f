package markdown

import (
	"strings"

	"copydesk/pipeline/markup"

	"golang.org/x/net/html"
)

// attributes notes those that say something.
func (f *lossFinder) attributes(n *html.Node) {
	before := len(f.found)
	for _, a := range n.Attr {
		switch {
		case a.Val != "" && says(n, a.Key), f.Attrs == All && isExtra(n, a):
			f.lose(n, "%s=%s of <%s>", a.Key, quoted(a.Val), n.Data)
		case a.Key == "reversed" && n.Data == "ol":
			f.lose(n, "reversed of <ol>")
		}
	}
	f.attrs += len(f.found) - before
}

// says tells whether an attribute that is not carried says something to readers.
func says(n *html.Node, name string) bool {
	switch name {
	case "title":
		return n.Data != "a" && n.Data != "img" || n.Data == "a" && !hasAttr(n, "href")
	case "lang", "xml:lang", "dir", "cite", "datetime", "longdesc", "usemap", "hreflang":
		return n.Data != "html" && n.Data != "body"
	case "value":
		return n.Data == "li" || n.Data == "data"
	case "type":
		kind, _ := attr(n, name)
		return n.Data == "ol" && kind != "1"
	case "abbr":
		return n.Data == "th"
	case "label":
		return n.Data == "track" || n.Data == "optgroup"
	}
	return false
}

func hasAttr(n *html.Node, name string) bool {
	_, ok := attr(n, name)
	return ok
}

// isExtra tells whether an attribute is one that Markdown has no place for.
func isExtra(n *html.Node, a html.Attribute) bool {
	if !isName(a.Key) || a.Key == placeAttr || n.Data == "html" || n.Data == "body" {
		return false
	}
	if isOfNotes(n, a) {
		return false
	}
	switch n.Data + " " + a.Key {
	case "a href", "a title", "img src", "img alt", "img title", "ol start", "td align", "th align", "td colspan", "th colspan", "td rowspan", "th rowspan":
		return false
	case "td style", "th style":
		return !isAlignment(a.Val)
	case "pre class", "code class", "pre data-lang", "code data-lang", "pre data-language", "code data-language":
		return languageOf(n) == "" || len(strings.Fields(a.Val)) > 1
	case "h1 id", "h2 id", "h3 id", "h4 id", "h5 id", "h6 id":
		return !isGivenID(n, a.Val)
	}
	return true
}

// isAlignment tells whether a style says nothing but how text is aligned.
func isAlignment(style string) bool {
	value, ok := strings.CutPrefix(strings.TrimSuffix(strings.ToLower(strings.Join(strings.Fields(style), "")), ";"), "text-align:")
	return ok && (value == "left" || value == "center" || value == "right")
}

// isGivenID tells whether an id is one that Markdown gives a heading anyway.
func isGivenID(n *html.Node, id string) bool {
	var text strings.Builder
	for c := range n.Descendants() {
		if alt, _ := attr(c, "alt"); c.Data == "img" {
			text.WriteString(alt)
		} else if c.Type == html.TextNode {
			text.WriteString(c.Data)
		}
	}
	rest, ok := strings.CutPrefix(id, new(markup.HeadingIDs).Next(text.String()))
	number, numbered := strings.CutPrefix(rest, "-")
	return ok && (rest == "" || numbered && number != "" && strings.Trim(number, "0123456789") == "")
}

// isOfNotes tells whether an attribute belongs to footnotes as Markdown renders them.
func isOfNotes(n *html.Node, a html.Attribute) bool {
	switch n.Data {
	case "a":
		class, _ := attr(n, "class")
		return hasWord(class, "footnote-ref") || hasWord(class, "footnote-backref")
	case "sup":
		return a.Key == "id" && strings.HasPrefix(a.Val, "fnref")
	case "li":
		return a.Key == "id" && strings.HasPrefix(a.Val, "fn:")
	case "div", "section":
		return isFootnotes(n)
	}
	return false
}
