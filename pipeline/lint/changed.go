package lint

import (
	"bytes"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/git"
)

// Changed is a Filter that leaves the findings on lines that have changed, given by the document's Name;
// in documents without an entry all findings count. A finding is on a changed line when its place, or
// a second one that it speaks of, shares a byte with the line. Where lines were taken out, findings
// count that reach over the gap.
//
// Front matter is a whole: where one of its lines has changed, or one was taken out, all findings in it
// count, since what is missing is told at its fence. Findings at the very start of a file, where those
// stand that are about all of it, go with the front matter, or else with the first line.
// In JSON articles and in UTF-16, whose lines are not those of the file, all findings count.
type Changed map[string][]git.Hunk

// Filter does what Changed says.
func (c Changed) Filter(d *pipeline.Document, found []pipeline.Diagnostic) []pipeline.Diagnostic {
	hunks, narrow := c[d.Name]
	if !narrow || len(found) == 0 || d.Form == pipeline.AsArticle || strings.HasPrefix(d.Encoding, "utf-16") {
		return found
	}
	changed := changedSpans(d.Source, hunks)
	front := frontMatter(d)
	inFront := slices.ContainsFunc(changed, func(s pipeline.Span) bool { return s.Start < front || s.Start == 0 })
	touched := func(text pipeline.Span) bool {
		at, _ := d.ToSource(text)
		if at.Start < front || at.Start == 0 {
			if inFront {
				return true
			}
		}
		return slices.ContainsFunc(changed, func(s pipeline.Span) bool { return touches(at, s, len(d.Source)) })
	}
	return slices.DeleteFunc(found, func(f pipeline.Diagnostic) bool {
		return !touched(f.Span) && !slices.ContainsFunc(f.Related, func(r pipeline.Related) bool { return touched(r.Span) })
	})
}

// frontMatter is the offset in the Source where the front matter has ended.
func frontMatter(d *pipeline.Document) int {
	end := d.Body().Start
	if end == 0 {
		return 0
	}
	last, _ := d.ToSource(pipeline.Span{Start: end - 1, End: end})
	return last.End
}

// changedSpans gives the bytes of changed lines; an empty span is where lines were taken out.
func changedSpans(source []byte, hunks []git.Hunk) []pipeline.Span {
	spans := make([]pipeline.Span, 0, len(hunks))
	line, at := 1, 0
	start := func(number int) int { // Hunks come in their order.
		for ; line < number; line++ {
			n := bytes.IndexByte(source[at:], '\n')
			if n < 0 {
				return len(source)
			}
			at += n + 1
		}
		return at
	}
	for _, h := range hunks {
		first := h.First
		if h.Count == 0 {
			first++
		}
		from := start(first)
		spans = append(spans, pipeline.Span{Start: from, End: start(first + h.Count)})
	}
	return spans
}

// touches tells whether a finding shares a byte with a changed line of a text of size bytes, or reaches
// over a gap. The end of the text belongs to its last line.
func touches(found, changed pipeline.Span, size int) bool {
	switch {
	case changed.Len() == 0:
		return found.Start < changed.Start && changed.Start < found.End || found.Len() == 0 && found.Start == changed.Start
	case found.Len() == 0:
		return changed.Contains(found.Start) || found.Start == size && changed.End == size
	}
	return found.Start < changed.End && changed.Start < found.End
}
