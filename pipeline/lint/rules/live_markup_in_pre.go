package rules

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

var liveMarkupInPre = lint.Rule{
	Code: "HT020", Name: "live-markup-in-pre", Group: htmlGroup, Severity: pipeline.Warning,
	Presets: []string{"archive"}, Fix: "unsafe",
	Doc: `A code sample in pre stands as tags.

A browser takes them for markup: readers see what the sample does, or nothing, in place of the sample, and the sanitizer
removes what its policy does not allow. Tags that only colour code, such as span, a, b, i, em, strong, br and mark, are
not meant. The fix writes the brackets of the tags as &lt; and &gt;.`,
	Bad:  "<pre><code><article><h1>Rain</h1></article></code></pre>\n",
	Good: "<pre><code>&lt;article&gt;&lt;h1&gt;Rain&lt;/h1&gt;&lt;/article&gt;</code></pre>\n",
	New:  func() lint.Checker { return samples{} },
}

type samples struct{}

func (samples) Check(p *lint.Pass) {
	if strings.EqualFold(path.Ext(p.Path()), ".mdx") {
		return
	}
	all := p.Elements()
	if !slices.ContainsFunc(all, func(e markup.Element) bool { return e.Name == "pre" }) {
		return
	}
	in := make([]int, len(all)) // for each element the pre that it stands in, counted from 1
	live := map[int][]*markup.Element{}
	for i := range all {
		e := &all[i]
		if e.Parent >= 0 {
			in[i] = in[e.Parent]
			if in[i] == 0 && all[e.Parent].Name == "pre" {
				in[i] = e.Parent + 1
			}
		}
		if in[i] > 0 && !colours(e) && e.Span.Start < all[in[i]-1].End.Start && !isTemplate(p.Text(), e) {
			live[in[i]-1] = append(live[in[i]-1], e)
		}
	}
	if len(live) == 0 {
		return
	}
	gone := map[int]bool{}
	for _, r := range p.Removed() {
		gone[r.Span.Start] = gone[r.Span.Start] || strings.HasPrefix(r.What, "element ")
	}
	var edits []pipeline.Edit
	for _, found := range live {
		edits = append(edits, sampleEdits(found)...)
	}
	fixable := staysFormat(p, edits)
	for i := range all {
		if found := live[i]; found != nil {
			reportSample(p, found, gone, fixable)
		}
	}
}

// staysFormat tells whether the body, found to be HTML or Markdown by looking, is found to be the same after edits.
func staysFormat(p *lint.Pass, edits []pipeline.Edit) bool {
	body := p.Body().Span
	sorted, err := pipeline.SortEdits(edits, len(p.Text()))
	return err == nil && (markup.Detect(p.Path(), body.Of(p.Text())) != p.Format() ||
		markup.Detect(p.Path(), pipeline.ApplyEdits(p.Text(), sorted)[body.Start:]) == p.Format())
}

// sampleEdits make text of elements.
func sampleEdits(found []*markup.Element) (edits []pipeline.Edit) {
	for _, e := range found {
		edits = append(edits, bracketsAsText(e.Span)...)
		if e.End.Len() > 0 {
			edits = append(edits, bracketsAsText(e.End)...)
		}
	}
	return edits
}

// reportSample reports the tags in one pre; gone are the places of elements that the policy removes.
func reportSample(p *lint.Pass, found []*markup.Element, gone map[int]bool, fixable bool) {
	f := lint.Finding{Span: found[0].Span, Message: "this " + found[0].Name + " in pre is markup to a browser, not a sample"}
	if more := len(found) - 1; more > 0 {
		f.Message = "this " + found[0].Name + " and " + plural(more, "more element") + " in pre are markup to a browser, not a sample"
	}
	n := 0
	for _, e := range found {
		if gone[e.Span.Start] {
			n++
		}
	}
	if n > 0 {
		f.Message += fmt.Sprintf("; policy %s removes %d of them", p.Policy(), n)
	}
	if fixable {
		f.Fixes = []pipeline.Fix{{Title: "write the brackets as &lt; and &gt;", Safety: pipeline.Unsafe, Edits: sampleEdits(found)}}
	}
	p.Add(f)
}

// bracketsAsText makes text of a tag.
func bracketsAsText(tag pipeline.Span) []pipeline.Edit {
	return []pipeline.Edit{{Start: tag.Start, End: tag.Start + 1, Text: "&lt;"}, {Start: tag.End - 1, End: tag.End, Text: "&gt;"}}
}

// colours tells whether an element is there to colour code, or to number its lines.
func colours(e *markup.Element) bool {
	switch e.Name {
	case "code", "span", "a", "b", "i", "em", "strong", "br", "mark", "kbd", "samp", "var", "u", "s", "del", "ins", "sub", "sup",
		"small", "tt", "wbr", "font", "big", "img":
		return true
	}
	class, ok := e.Attr("class")
	if !ok {
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
