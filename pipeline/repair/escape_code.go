package repair

import (
	"bytes"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var escapeCode = Repair{
	Name: "escape-code", Code: "HT020", Rule: "live-markup-in-pre",
	Before: "<pre><code><template>\n  <Tree @click=\"go\"/>\n</template></code></pre>\n",
	After:  "<pre><code>&lt;template&gt;\n  &lt;Tree @click=\"go\"/&gt;\n&lt;/template&gt;</code></pre>\n",
	blocks: true,
	on:     func(o *Options) bool { return o.EscapeCode },
	find: func(b *markup.Body, _ *Set) []Found {
		var out []Found
		for _, s := range Samples(b) {
			out = append(out, s.Found)
		}
		return out
	},
}

// A Sample is a pre that holds tags of a code sample, or that does not end before what stands in it.
type Sample struct {
	Found
	Elements []*markup.Element // in their order
}

// Samples finds the code samples that stand as tags in pre. Tags that colour code are none.
func Samples(b *markup.Body) []Sample {
	all := b.Elements
	if !slices.ContainsFunc(all, func(e markup.Element) bool { return e.Name == "pre" }) {
		return nil
	}
	in := make([]int, len(all)) // for each element the pre that it stands in, counted from 1
	live := map[int][]*markup.Element{}
	var pres []int
	for i := range all {
		e := &all[i]
		if e.Parent >= 0 {
			in[i] = in[e.Parent]
			if in[i] == 0 && all[e.Parent].Name == "pre" {
				in[i] = e.Parent + 1
			}
		}
		if in[i] == 0 && e.Name == "pre" {
			pres = append(pres, i)
		}
		if in[i] > 0 && !colours(e) && e.Span.Start < all[in[i]-1].End.Start && !markup.IsTemplate(b.Text, e) {
			live[in[i]-1] = append(live[in[i]-1], e)
		}
	}
	if len(live) == 0 {
		return nil
	}
	ends := map[int]bool{} // where the end tags of elements stand
	for i := range all {
		if end := all[i].End; end.Len() > 0 {
			ends[end.Start] = true
		}
	}
	var out []Sample
	for _, i := range pres {
		if found := live[i]; found != nil && !rendered(found) {
			out = append(out, sample(b, &all[i], found, ends))
		}
	}
	return out
}

// rendered tells whether the tags in a pre are what Markdown made of code that it took for text behind a blank line,
// as happens to HTML in Markdown files: nothing but such, with a paragraph or a block of code. Their text is the code.
func rendered(found []*markup.Element) bool {
	sign := false
	for _, e := range found {
		switch e.Name {
		case "p", "pre":
			sign = true
		case "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr", "table", "thead", "tbody", "tr", "th", "td":
		default:
			return false
		}
	}
	return sign
}

// sample tells of the live tags in one pre. ends are the places of end tags that end something.
func sample(b *markup.Body, pre *markup.Element, found []*markup.Element, ends map[int]bool) Sample {
	s := Sample{Found: Found{Span: found[0].Span, Title: "write the brackets as &lt; and &gt;"}, Elements: found}
	s.Message = "this " + found[0].Name + " in pre is markup to a browser, not a sample"
	if more := len(found) - 1; more > 0 {
		s.Message = "this " + found[0].Name + " and " + plural(more, "more element") + " in pre are markup to a browser, not a sample"
	}
	for _, e := range found {
		if inside := (pipeline.Span{Start: e.Span.End, End: e.End.Start}); isRaw(e.Name) && swallows(inside.Of(b.Text)) {
			s.Edits = brackets(e.Span) // What comes after it is not known before it is text.
			return s
		}
	}
	if pre.End.Len() == 0 {
		if at, ok := endOf(b, pre, found[0]); ok {
			s.Message = "this pre does not end before the " + found[0].Name + " in it"
			s.Title, s.Edits = "end it there", []pipeline.Edit{{Start: at, End: at, Text: "</pre>"}}
			return s
		}
		if !isHTML(b) {
			return s
		}
	}
	for _, e := range found {
		s.Edits = append(s.Edits, brackets(e.Span)...)
		if e.End.Len() > 0 {
			s.Edits = append(s.Edits, brackets(e.End)...)
		}
		if isRaw(e.Name) {
			s.Edits = append(s.Edits, asText(b.Text, pipeline.Span{Start: e.Span.End, End: e.End.Start})...)
		}
	}
	if isHTML(b) {
		s.Edits = append(s.Edits, remarks(b, pre, ends)...)
	}
	return s
}

// remarks make text of what stands in a sample beside its elements: comments, a doctype, end tags that end nothing.
func remarks(b *markup.Body, pre *markup.Element, ends map[int]bool) (edits []pipeline.Edit) {
	inside := pipeline.Span{Start: pre.Span.End, End: pre.End.Start}
	for t := range markup.Scan(inside.Of(b.Text), inside.Start) {
		switch {
		case t.Kind == markup.Comment && bytes.HasSuffix(t.Span.Of(b.Text), []byte(">")) && t.Span.Len() > len("<!---->"),
			t.Kind == markup.Doctype && bytes.HasSuffix(t.Span.Of(b.Text), []byte(">")),
			t.Kind == markup.EndTag && !ends[t.Span.Start] && !isColour(t.Name):
			edits = append(edits, brackets(t.Span)...)
			if inside := (pipeline.Span{Start: t.Span.Start + 1, End: t.Span.End - 1}); t.Kind == markup.Comment {
				edits = append(edits, asText(b.Text, inside)...)
			}
		}
	}
	return edits
}

// endOf tells where a pre without an end tag should have ended: behind its code, or before the first block in it. What is
// cut off in the middle of a sample ends where it ends.
func endOf(b *markup.Body, pre, first *markup.Element) (at int, ok bool) {
	if !isHTML(b) {
		return 0, false
	}
	for i := range b.Elements {
		e := &b.Elements[i]
		if e.Name == "code" && e.Span.Start > pre.Span.Start && e.Span.Start <= first.Span.Start && e.Parent >= 0 && &b.Elements[e.Parent] == pre {
			return e.End.End, e.End.Len() > 0 && e.End.End <= first.Span.Start
		}
	}
	return first.Span.Start, isBlock(first.Name)
}

// isRaw tells of the elements whose content is text to a browser, whatever it looks like.
func isRaw(name string) bool {
	switch name {
	case "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext":
		return true
	}
	return false
}

// swallows tells whether raw text goes beyond the pre that it began in.
func swallows(raw []byte) bool { return bytes.Contains(bytes.ToLower(raw), []byte("</pre")) }

// brackets make text of a tag.
func brackets(tag pipeline.Span) []pipeline.Edit {
	return []pipeline.Edit{{Start: tag.Start, End: tag.Start + 1, Text: "&lt;"}, {Start: tag.End - 1, End: tag.End, Text: "&gt;"}}
}

// asText makes text of raw text, in which neither tags nor character references were read.
func asText(text []byte, s pipeline.Span) (edits []pipeline.Edit) {
	for i := s.Start; i < s.End; i++ {
		switch text[i] {
		case '<':
			edits = append(edits, pipeline.Edit{Start: i, End: i + 1, Text: "&lt;"})
		case '&':
			edits = append(edits, pipeline.Edit{Start: i, End: i + 1, Text: "&amp;"})
		}
	}
	return edits
}

// colours tells whether an element is there to colour code, or to number its lines.
func colours(e *markup.Element) bool {
	if isColour(e.Name) {
		return true
	}
	class, ok := e.Attr("class")
	if !ok || isRaw(e.Name) || e.Name == "template" {
		return false
	}
	for name := range strings.FieldsSeq(class.Value) {
		for _, part := range []string{"line", "code", "highlight", "hljs", "token", "gutter", "lnt", "copy", "rouge", "chroma"} {
			if strings.HasPrefix(strings.ToLower(name), part) {
				return true
			}
		}
	}
	return false
}

func isColour(name string) bool {
	switch name {
	case "code", "span", "a", "b", "i", "em", "strong", "br", "mark", "kbd", "samp", "var", "u", "s", "del", "ins", "sub", "sup",
		"small", "tt", "wbr", "font", "big", "img":
		return true
	}
	return false
}
