package lint

import (
	"bytes"
	"fmt"
	"slices"
	"sort"
	"strconv"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

// findSuppressions returns the suppressions of a document in the order of their place.
func findSuppressions(d *pipeline.Document) []*Suppression {
	m := matter.Of(d)
	body := d.Body()
	var list []*Suppression
	if m.Format != matter.None {
		list = htmlSuppressions(d.Text[:m.Fence.Start], 0, false)
		list = append(list, matterSuppressions(m)...)
	}
	text := body.Of(d.Text)
	switch {
	case !bytes.Contains(text, marker):
		return list
	case d.BodyFormat() == pipeline.HTML:
		return append(list, htmlSuppressions(text, body.Start, true)...)
	default:
		return append(list, markdownSuppressions(text, body.Start)...)
	}
}

// matterSuppressions finds those in comments of YAML and TOML: outside of scalars and keys.
func matterSuppressions(m *matter.Matter) (list []*Suppression) {
	if m.Root == nil || m.Format == matter.JSON || !bytes.Contains(m.Raw.Of(m.Text), marker) {
		return nil
	}
	taken := scalars(m)
	for at := m.Raw.Start; at < m.Raw.End; {
		i := bytes.Index(m.Text[at:m.Raw.End], marker)
		if i < 0 {
			break
		}
		start := len(bytes.TrimRight(m.Text[:at+i], " \t")) - 1
		at += i + len(marker)
		if start < m.Raw.Start || m.Text[start] != '#' || inside(taken, start) ||
			m.Format == matter.YAML && start > m.Raw.Start && !bytes.ContainsRune([]byte(" \t\r\n"), rune(m.Text[start-1])) {
			continue
		}
		end := m.Raw.End
		if i := bytes.IndexAny(m.Text[at:end], "\r\n"); i >= 0 {
			end = at + i
		}
		if s, ok := newSuppression(pipeline.Span{Start: start, End: end}, m.Text[start+1:end], start+1, false); ok {
			list = append(list, s)
		}
		at = end
	}
	return list
}

// scalars are the spans of all keys and scalars in their order. Of a block scalar of YAML,
// the line of its indicator is left out, since a comment may follow that.
func scalars(m *matter.Matter) []pipeline.Span {
	var spans []pipeline.Span
	for n := range m.Root.All() {
		for _, e := range n.Entries {
			spans = append(spans, e.KeySpan)
		}
		if n.Kind == matter.Mapping || n.Kind == matter.Sequence {
			continue
		}
		s := n.Span
		if text := s.Of(m.Text); m.Format == matter.YAML && len(text) > 0 && (text[0] == '|' || text[0] == '>') {
			s.Start += max(bytes.IndexAny(text, "\r\n"), 0)
		}
		spans = append(spans, s)
	}
	slices.SortFunc(spans, func(a, b pipeline.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return a.End - b.End
	})
	return spans
}

// inside tells whether one of the spans, which are sorted and apart from each other, contains the offset.
func inside(spans []pipeline.Span, offset int) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].Start > offset })
	return i > 0 && spans[i-1].Contains(offset)
}

// htmlSuppressions finds those in the comments of HTML that begins at an offset.
func htmlSuppressions(html []byte, base int, inBody bool) (list []*Suppression) {
	if !bytes.Contains(html, marker) {
		return nil
	}
	for t := range markup.Scan(html, base) {
		if t.Kind != markup.Comment {
			continue
		}
		if content, ok := uncommented(t.Span.Shift(-base).Of(html)); ok {
			if s, ok := newSuppression(t.Span, content, t.Span.Start+len("<!--"), inBody); ok {
				list = append(list, s)
			}
		}
	}
	return list
}

// uncommented is what stands between <!-- and -->.
func uncommented(comment []byte) ([]byte, bool) {
	content, opened := bytes.CutPrefix(comment, []byte("<!--"))
	content, closed := bytes.CutSuffix(content, []byte("-->"))
	return content, opened && closed
}

// markdownSuppressions finds those in the comments of a Markdown body. What is a comment there is what is one
// in the HTML that the body becomes. To find it again, each marker is replaced by a number of its length.
func markdownSuppressions(body []byte, base int) (list []*Suppression) {
	numbered := slices.Clone(body)
	var starts []int
	for at := 0; ; {
		i := bytes.Index(body[at:], marker)
		if i < 0 {
			break
		}
		before := bytes.TrimRight(body[:at+i], " \t\r\n")
		if bytes.HasSuffix(before, []byte("<!--")) {
			copy(numbered[at+i:], fmt.Sprintf("%0*d", len(marker), len(starts)))
			starts = append(starts, len(before)-len("<!--"))
		}
		at += i + len(marker)
	}
	html, err := markup.Render(numbered)
	if err != nil {
		return nil // It is beyond the limits of what is read at all.
	}
	end := 0
	for _, n := range numbersOfComments(html, len(starts)) {
		if starts[n] < end {
			continue
		}
		length := bytes.Index(body[starts[n]:], []byte("-->"))
		if length < 0 {
			break
		}
		end = starts[n] + length + len("-->")
		comment := pipeline.Span{Start: starts[n], End: end}.Shift(base)
		content := body[starts[n]+len("<!--") : end-len("-->")]
		if s, ok := newSuppression(comment, content, comment.Start+len("<!--"), true); ok {
			list = append(list, s)
		}
	}
	return list
}

// numbersOfComments returns the numbers below count that comments of html begin with, in their order.
func numbersOfComments(html []byte, count int) (numbers []int) {
	for t := range markup.Scan(html, 0) {
		if t.Kind != markup.Comment {
			continue
		}
		content, ok := uncommented(t.Span.Of(html))
		content = bytes.TrimLeft(content, " \t\r\n")
		if !ok || len(content) < len(marker) {
			continue
		}
		if n, err := strconv.Atoi(string(content[:len(marker)])); err == nil && n >= 0 && n < count {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}
