package repair

import (
	"bytes"
	"slices"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

var dropEmpty = Repair{
	Name: "drop-empty", Code: "HT009", Rule: "empty-element",
	Before: "<p>It rained.</p>\n<p><br></p>\n<p>Then it <b></b>stopped.</p>\n",
	After:  "<p>It rained.</p>\n<p>Then it stopped.</p>\n",
	blocks: true,
	on:     func(o *Options) bool { return o.DropEmpty },
	find: func(b *markup.Body, _ *Set) (out []Found) {
		for _, e := range Empty(b) {
			out = append(out, e.Found)
		}
		return out
	},
}

// An EmptyElement is an element of HTML without content. Plain tells that it holds nothing but white space and elements, and
// that none of these and not itself has attributes, or breaks a line.
type EmptyElement struct {
	Found
	Plain bool
}

// Empty finds elements without content, the outermost of those that stand in each other. What stands
// between two texts and parts them is none.
func Empty(b *markup.Body) (out []EmptyElement) {
	if !isHTML(b) || b.Err != nil || !slices.ContainsFunc(b.Elements, func(e markup.Element) bool { return mayBeEmpty(b, &e) }) {
		return nil
	}
	filled := contents(b)
	for i := 0; i < len(b.Elements); i++ {
		e := &b.Elements[i]
		if filled[i] || e.SelfEnds || e.Name == "br" || !isBlock(e.Name) && e.Parent >= 0 && b.Elements[e.Parent].Name == "head" {
			continue
		}
		found := EmptyElement{Plain: len(e.Attrs) == 0, Found: Found{Span: e.Span, Message: "this " + e.Name + " is empty", Title: "remove it"}}
		s := whole(e)
		for i+1 < len(b.Elements) && b.Elements[i+1].Span.Start < s.End {
			i++
			found.Plain = found.Plain && len(b.Elements[i].Attrs) == 0 && b.Elements[i].Name != "br"
		}
		inside := pipeline.Span{Start: e.Span.End, End: e.End.Start}.Of(b.Text)
		found.Plain = found.Plain && !bytes.ContainsAny(inside, "\u00a0\u3000&")
		switch {
		case isBlock(e.Name):
			if !atBreak(b, s) || string(s.Of(b.Text)) == "<p></p>" && s.Start == b.Span.Start {
				continue
			}
			found.Edits = []pipeline.Edit{cut(b, s)}
		case bytes.ContainsAny(inside, " \t\r\n\f"):
			found.Edits = []pipeline.Edit{{Start: s.Start, End: s.End, Text: " "}}
		default:
			found.Edits = []pipeline.Edit{cut(b, s)}
		}
		out = append(out, found)
	}
	return out
}

// atBreak tells whether a block begins or ends, or the body does, right before or behind a span: then what
// stands there starts on a line of its own, with it or without.
func atBreak(b *markup.Body, s pipeline.Span) bool {
	before := bytes.TrimRight(b.Text[b.Span.Start:s.Start], " \t\r\n\f")
	behind := bytes.TrimLeft(b.Text[s.End:b.Span.End], " \t\r\n\f")
	if len(before) == 0 || len(behind) == 0 {
		return true
	}
	if open := bytes.LastIndexByte(before, '<'); open >= 0 && before[len(before)-1] == '>' && blockTag(before[open:]) {
		return true
	}
	return blockTag(behind)
}

// blockTag tells whether text begins with a tag of a block.
func blockTag(text []byte) bool {
	name := bytes.TrimPrefix(bytes.TrimPrefix(text, []byte("<")), []byte("/"))
	if len(name) == len(text) {
		return false
	}
	n := 0
	for n < len(name) && n < 12 && name[n] > ' ' && name[n] != '>' && name[n] != '/' {
		n++
	}
	return isBlock(string(bytes.ToLower(name[:n])))
}
