package lint

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

// A fingerprint is what a finding is known by in its file when lines were moved, added or removed around it,
// indented otherwise, or end in another way: the code of the rule, the front matter value that it
// speaks of, and a hash of what it points at. Several findings of a file may have the same.
type fingerprint struct {
	code string
	at   string // a JSON pointer with * for the numbers of items; empty outside of values
	hash uint64
}

// fingerprints gives those of findings whose spans count in d.Text, in their order.
func fingerprints(d *pipeline.Document, found []pipeline.Diagnostic) []fingerprint {
	m, body := matter.Of(d), d.Body().Start
	tags := tagTexts(d, found)
	prints := make([]fingerprint, len(found))
	for i, f := range found {
		prints[i].code = f.Code
		if f.Span.Start < body {
			prints[i].at = pointerTo(m.Root, f.Span.Start)
		}
		text := tags[f.Span.Start]
		switch {
		case text != "":
		case m.Format != matter.None && f.Span.Start == m.Fence.Start:
			text = "---" // However it is spelled: what is missing is reported here.
		default:
			text = pointedAt(d, f.Span)
		}
		sum := sha256.Sum256([]byte(text))
		prints[i].hash = binary.BigEndian.Uint64(sum[:8])
	}
	return prints
}

// pointedAt is the text of a span, with one blank for many; of one that is blank, and not at the end of the
// document, the line that it stands in.
func pointedAt(d *pipeline.Document, span pipeline.Span) string {
	words := bytes.Fields(span.Of(d.Text))
	if len(words) == 0 && len(bytes.TrimSpace(d.Text[span.Start:])) > 0 {
		words = bytes.Fields(report.Context(d.Text, lines.Of(d), span.Start))
	}
	return string(bytes.Join(words, []byte(" ")))
}

// pointerTo leads to the innermost value whose key or text is at an offset.
func pointerTo(n *matter.Node, offset int) string {
	if n == nil {
		return ""
	}
	for _, e := range n.Entries {
		if e.Span.Contains(offset) || e.KeySpan.Contains(offset) || e.Value.Span.Contains(offset) {
			return matter.Pointer("", e.Key) + pointerTo(e.Value, offset)
		}
	}
	for _, item := range n.Items {
		if item.Span.Contains(offset) {
			return "/*" + pointerTo(item, offset)
		}
	}
	return ""
}

// tagTexts gives for findings that point at a tag or an attribute what tells it from others, by offset:
// of a tag not its other attributes, which may be repaired, but what it shows or leads to.
func tagTexts(d *pipeline.Document, found []pipeline.Diagnostic) map[int]string {
	body := d.Body().Start
	texts := map[int]string{}
	for _, f := range found {
		if f.Span.Start >= body && f.Span.Len() > 0 {
			texts[f.Span.Start] = ""
		}
	}
	if len(texts) == 0 {
		return texts
	}
	elements := markup.Of(d).Elements
	for i := range elements {
		e := &elements[i]
		if _, wanted := texts[e.Span.Start]; wanted {
			texts[e.Span.Start] = tagText(e)
		}
		for _, a := range e.Attrs {
			if _, wanted := texts[a.NameSpan.Start]; wanted {
				texts[a.NameSpan.Start] = attrText(e.Name, a)
			}
		}
	}
	return texts
}

func tagText(e *markup.Element) string {
	text := e.Name
	for _, a := range e.Attrs {
		if slices.Contains([]string{"id", "name", "src", "href"}, a.Name) {
			text = attrText(text, a)
		}
	}
	return text
}

func attrText(before string, a markup.Attr) string {
	return before + " " + a.Name + "=" + strings.Join(strings.Fields(a.Value), " ")
}
