package repair

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"copydesk/pipeline/markup"
)

// isBlock tells whether an element begins and ends lines.
func isBlock(name string) bool { return blockNames[name] }

var (
	blockNames = words("address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form " +
		"h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol p pre section summary table tbody td tfoot th thead tr ul")
	// emptiable are the elements that show nothing where they hold nothing.
	emptiable = words("p div h1 h2 h3 h4 h5 h6 blockquote section article aside header footer center address figure figcaption ul ol dl " +
		"span a b i u s em strong small big font tt sub sup del ins mark code kbd samp var q cite abbr bdi bdo label nobr")
	// keepers are the elements in which white space is shown, or whose content has its own rules.
	keepers = words("pre textarea listing xmp plaintext script style svg math select object iframe video audio canvas template noscript title")
)

// contents tells of each element of an HTML body whether it holds something: text, a picture, a remark, a place that
// links lead to. White space and line breaks alone are something in what stands in a line, and nothing in a block.
func contents(b *markup.Body) (filled []bool) {
	all := b.Elements
	filled = make([]bool, len(all))
	inKeeper := make([]bool, len(all))
	mark := func(i int) {
		for ; i >= 0 && !filled[i]; i = all[i].Parent {
			filled[i] = true
		}
	}
	soft := func(i int) {
		for ; i >= 0 && !filled[i] && !isBlock(all[i].Name); i = all[i].Parent {
			filled[i] = true
		}
	}
	places := linked(b)
	next, in := 0, -1
	scan := markup.NewScanner(b.Span.Of(b.Text), b.Span.Start)
	scan.SkipAttrs()
	for t, ok := scan.Next(); ok; t, ok = scan.Next() {
		for in >= 0 && t.Span.Start >= all[in].End.Start && (all[in].End.Len() == 0 || t.Span.Start >= all[in].End.End) {
			in = all[in].Parent
		}
		switch t.Kind {
		case markup.StartTag:
			if next == len(all) || all[next].Span.Start != t.Span.Start {
				continue // Beyond a limit.
			}
			e := &all[next]
			inKeeper[next] = keepers[e.Name] || e.Parent >= 0 && inKeeper[e.Parent]
			switch {
			case e.Name == "br" && !inKeeper[next]:
				soft(e.Parent)
			case inKeeper[next] || !emptiable[e.Name] || e.End.Len() == 0 || places.has(e) || !usable(b, e):
				mark(next)
			}
			if !e.SelfEnds {
				in = next
			}
			next++
		case markup.Text:
			switch raw := t.Span.Of(b.Text); {
			case blank(raw):
			case blankText(raw):
				soft(in)
			default:
				mark(in)
			}
		case markup.Comment, markup.Unfinished:
			mark(in)
		}
	}
	return filled
}

// mayBeEmpty tells at a glance whether an element can be one without content that holds no other such element.
func mayBeEmpty(b *markup.Body, e *markup.Element) bool {
	if e.End.Len() == 0 || !emptiable[e.Name] {
		return false
	}
	inside := bytes.TrimLeft(b.Text[e.Span.End:e.End.Start], " \t\r\n\f")
	if len(inside) < 2 || inside[0] == '&' {
		return true
	}
	if inside[0] == '<' {
		return strings.IndexByte("/!?bB", inside[1]) >= 0 // An end tag of nothing, or a line break.
	}
	first, _ := utf8.DecodeRune(inside)
	return strings.ContainsRune(blankRunes, first)
}

// places are the ids of a body's elements that something needs.
type places struct {
	ids      map[string]bool // that links of the body lead to
	scripted bool            // a script may fill any of them
}

func linked(b *markup.Body) places {
	p := places{ids: map[string]bool{}}
	for _, l := range b.Links {
		if id, ok := strings.CutPrefix(l.URL, "#"); ok && id != "" {
			p.ids[id] = true
		}
	}
	for i := range b.Elements {
		p.scripted = p.scripted || b.Elements[i].Name == "script"
	}
	return p
}

// leads tells whether a link of the body leads to an element.
func (p places) leads(e *markup.Element) bool {
	id, _ := e.Attr("id")
	name, _ := e.Attr("name")
	return id != nil && p.ids[id.Value] || name != nil && p.ids[name.Value]
}

// has tells whether an element without content is there for its id. In a line of text it always is: other pages
// may lead there.
func (p places) has(e *markup.Element) bool {
	_, id := e.Attr("id")
	_, name := e.Attr("name")
	return p.leads(e) || (id || name) && (p.scripted || !isBlock(e.Name))
}

// blankRunes show nothing, beside white space.
const blankRunes = "\u00a0\u3000\u200b\ufeff"

// blankText tells whether a text shows nothing: white space, spaces that do not break, ideographic spaces.
func blankText(raw []byte) bool {
	if bytes.IndexByte(raw, '&') >= 0 {
		raw = []byte(html.UnescapeString(string(raw)))
	}
	return strings.Trim(string(raw), " \t\r\n\f"+blankRunes) == ""
}
