package rules

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
)

// A commentRemover takes words out of suppressions, and whole ones, in a way that changes nothing else.
type commentRemover struct {
	text     []byte
	body     int
	lines    *pipeline.Lines
	markdown bool
	pre      []pipeline.Span // the contents of the outermost pre elements
	blocks   []int           // where the literal and folded blocks of the front matter end
}

func newCommentRemover(p *lint.Pass) *commentRemover {
	c := &commentRemover{text: p.Text(), body: p.Matter().Body.Start, lines: p.Lines(), markdown: p.Format() == pipeline.Markdown}
	for n := range p.Matter().Root.All() {
		if n.Quoted && n.Span.Len() > 0 && (c.text[n.Span.Start] == '|' || c.text[n.Span.Start] == '>') {
			c.blocks = append(c.blocks, n.Span.End)
		}
	}
	elements := p.Elements()
	for i := range elements {
		e := &elements[i]
		if n := len(c.pre); keepsBlanks(e) && (n == 0 || e.Span.Start >= c.pre[n-1].End) {
			c.pre = append(c.pre, pipeline.Span{Start: e.Span.End, End: max(e.Span.End, e.End.Start)})
		}
	}
	return c
}

// keepsBlanks tells of an element whose line breaks are shown, or may be.
func keepsBlanks(e *markup.Element) bool {
	style, styled := e.Attr("style")
	return e.Name == "pre" || styled && strings.Contains(style.Value, "pre")
}

// edits take words out of one suppression, and out of those that end its ranges.
func (c *commentRemover) edits(words []*lint.Ignored) []pipeline.Edit {
	gone := map[*lint.Ignored]bool{}
	order := []*lint.Suppression{words[0].In}
	touched := map[*lint.Suppression]bool{words[0].In: true}
	for _, w := range words {
		gone[w] = true
		if w.Other != nil {
			gone[w.Other] = true
			if in := w.Other.In; !touched[in] {
				touched[in] = true
				order = append(order, in)
			}
		}
	}
	var edits []pipeline.Edit
	for _, s := range order {
		edits = append(edits, c.without(s, gone)...)
	}
	return edits
}

// without takes the words that are gone out of a suppression.
func (c *commentRemover) without(s *lint.Suppression, gone map[*lint.Ignored]bool) (edits []pipeline.Edit) {
	last := -1 // the last word that stays
	for i, r := range s.Rules {
		if !gone[r] {
			last = i
		}
	}
	if last < 0 {
		return []pipeline.Edit{c.remove(s)}
	}
	for i, r := range s.Rules[:last] {
		if gone[r] {
			edits = append(edits, pipeline.Edit{Start: r.Span.Start, End: s.Rules[i+1].Span.Start})
		}
	}
	if end := s.Rules[len(s.Rules)-1].Span.End; last < len(s.Rules)-1 {
		edits = append(edits, pipeline.Edit{Start: s.Rules[last].Span.End, End: end})
	}
	return edits
}

// remove takes a whole comment out, with its line if nothing else stands there. Where that could join
// what it keeps apart, an empty comment stays.
func (c *commentRemover) remove(s *lint.Suppression) pipeline.Edit {
	first := c.lines.Number(s.Span.Start)
	last := c.lines.Number(s.Span.End)
	line := pipeline.Span{Start: c.lines.Line(first).Start, End: c.lines.Line(last).End}
	before := c.text[line.Start:s.Span.Start]
	after := c.text[s.Span.End:line.End]
	inBody := s.Span.Start >= c.body
	whole := len(bytes.TrimSpace(before)) == 0 && len(bytes.TrimSpace(after)) == 0
	switch {
	case !inBody && whole && c.behindBlock(line.Start):
		return pipeline.Edit{Start: s.Span.Start + len("#"), End: s.Span.End}
	case inBody && c.inPre(s.Span.Start), c.markBehind(last):
		return c.remains(s)
	case whole && (!inBody || !c.markdown || len(before) == 0 && c.apart(first, last)):
		end := len(c.text)
		if last < c.lines.Count() {
			end = c.lines.Line(last + 1).Start
		}
		return pipeline.Edit{Start: line.Start, End: end}
	case whole && c.markdown && inBody:
		return c.remains(s)
	case len(bytes.TrimSpace(after)) == 0 && (!inBody || !c.markdown || c.blank(last+1) && endsText(before)):
		return pipeline.Edit{Start: line.Start + len(bytes.TrimRight(before, " \t")), End: s.Span.End}
	case !c.markdown && (len(before) == 0 || bytes.IndexByte([]byte(" \t>"), before[len(before)-1]) >= 0):
		return pipeline.Edit{Start: s.Span.Start, End: s.Span.End}
	}
	return c.remains(s)
}

// remains leaves an empty comment.
func (c *commentRemover) remains(s *lint.Suppression) pipeline.Edit {
	return pipeline.Edit{Start: s.Span.Start + len("<!--"), End: s.Span.End - len("-->"), Text: " "}
}

// behindBlock tells whether only comments and blank lines stand between a line and a block of YAML before it.
// The comment ends the block, which may go on behind it, or count the blank lines there as its own.
func (c *commentRemover) behindBlock(at int) bool {
	return slices.ContainsFunc(c.blocks, func(end int) bool {
		if end > at {
			return false
		}
		for line := range bytes.Lines(c.text[end:at]) {
			if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
				return false
			}
		}
		return true
	})
}

// markBehind tells whether the line behind the given one begins with a byte order mark, which would have
// another meaning at the beginning of the text.
func (c *commentRemover) markBehind(n int) bool {
	return n < c.lines.Count() && bytes.HasPrefix(c.lines.Line(n+1).Of(c.text), []byte("\uFEFF"))
}

func (c *commentRemover) inPre(offset int) bool {
	i := sort.Search(len(c.pre), func(i int) bool { return c.pre[i].Start > offset })
	return i > 0 && c.pre[i-1].Contains(offset)
}

// apart tells whether the lines of a comment in the first column can go from Markdown: a blank line stands
// before or behind them, and what comes next is a paragraph in the first column, which ends
// all lists and is no indented code whatever stands before it.
func (c *commentRemover) apart(first, last int) bool {
	if first > c.lines.Number(c.body) && !c.blank(first-1) && !c.blank(last+1) {
		return false
	}
	rest := bytes.TrimLeft(c.text[c.lines.Line(last).End:], "\r\n")
	if len(rest) == 0 {
		return true
	}
	return bytes.IndexByte([]byte(" \t-+*=0123456789"), rest[0]) < 0
}

// blank tells whether a line has nothing on it, or is not there.
func (c *commentRemover) blank(n int) bool {
	return n > c.lines.Count() || len(bytes.TrimSpace(c.lines.Line(n).Of(c.text))) == 0
}

// endsText tells whether the last line of a paragraph of Markdown reads the same when the comment
// at its end goes: whether it holds letters and ends with one, or with a mark that has no meaning there.
// Of a heading the comment would show in the id.
func endsText(before []byte) bool {
	text := bytes.TrimSpace(before)
	if len(text) == 0 || text[0] == '[' || bytes.ContainsAny(text, "|#") {
		return false
	}
	letter := func(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 }
	end := text[len(text)-1]
	return bytes.ContainsFunc(text, func(r rune) bool { return r >= 0x80 || letter(byte(r)) }) &&
		(letter(end) || end >= '0' && end <= '9' || bytes.IndexByte([]byte(".,;!?)\"'"), end) >= 0)
}
