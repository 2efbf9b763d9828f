package lint

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
)

// A placing is a way to find a place for a suppression.
type placing int

// The ways, in the order in which they are tried.
const (
	beside          placing = iota // above the line or at its end, or in the suppression that the line has
	besideOtherwise                // the other of the two
	around                         // a range about the paragraph or the value, from blank line to blank line
	inFile                         // for the whole file, in the front matter, or in the suppression that the file has
	inFileOtherwise                // at the beginning of the body
	inFileAtEnd                    // at the end of the body
)

// A form is how a suppression is written.
type form struct {
	hash  bool   // # and not <!-- -->
	file  bool   // for the whole file
	line  bool   // on a line of its own, with the indentation
	merge bool   // its rules go into one that is there,
	why   string // which has this reason
	span  bool   // one at the beginning of a range and one at its end
}

func (f form) kind() SuppressionKind {
	if f.file {
		return IgnoreFile
	}
	return IgnoreNext
}

// A spot is where a suppression is written, and how.
type spot struct {
	form
	offset int
	indent string
	end    string // the line break
	gap    string // what stands before the end of a range
	close  int    // of one that is there, where its bracket closes; of a range, where it ends
}

// edits write the suppression of some rules.
func (s spot) edits(codes map[string]bool, reason string) []pipeline.Edit {
	list := strings.Join(slices.Sorted(maps.Keys(codes)), ", ")
	insert := func(at int, text string) pipeline.Edit { return pipeline.Edit{Start: at, End: at, Text: text} }
	if s.merge {
		edits := []pipeline.Edit{insert(s.offset, ", "+list)}
		switch {
		case reason == "" || strings.Contains(s.why, reason):
		case s.why == "":
			edits = append(edits, insert(s.close+1, " "+reason))
		default:
			edits = append(edits, insert(s.close+1, " "+reason+";"))
		}
		return edits
	}
	if s.span {
		start, end := s.write(IgnoreStart, list, reason), s.write(IgnoreEnd, list, "")
		return []pipeline.Edit{insert(s.offset, start), insert(s.close, s.gap+end)}
	}
	return []pipeline.Edit{insert(s.offset, s.write(s.kind(), list, reason))}
}

// write is a suppression as it stands in the text, with its line or what parts it from what is before.
func (s spot) write(kind SuppressionKind, list, reason string) string {
	text := "copydesk: " + string(kind) + "[" + list + "]"
	if reason != "" {
		text += " " + reason
	}
	if s.hash {
		text = "# " + text
	} else {
		text = "<!-- " + text + " -->"
	}
	if s.line {
		return s.indent + text + s.end
	}
	return " " + text
}

// A placer finds places for suppressions in one document.
type placer struct {
	doc    *pipeline.Document
	matter *matter.Matter
	lines  *pipeline.Lines
	list   []*Suppression
	scopes []pipeline.Span // of those in list that are for one line, else empty
}

func newPlacer(d *pipeline.Document) *placer {
	p := &placer{doc: d, matter: matter.Of(d), lines: lines.Of(d)}
	if s := suppressionsOf(d); s != nil {
		p.list = s.list
	}
	b := scopeBuilder{doc: d}
	for _, s := range p.list {
		scope := pipeline.Span{}
		if s.Fault == "" && s.Kind == IgnoreNext {
			scope = b.line(s)
		}
		p.scopes = append(p.scopes, scope)
	}
	return p
}

// place finds a place for the suppression of what is found at an offset; ok is false when that way has none.
func (p *placer) place(way placing, offset int) (s spot, ok bool) {
	inMatter := p.hasComments() && p.matter.Raw.Start <= offset && offset < p.matter.Raw.End
	inBody := offset >= p.doc.Body().Start
	switch {
	case way > around:
		return p.file(way)
	case !inMatter && !inBody:
		return s, false
	case way == around && inMatter:
		return p.aroundValue(offset)
	case way == around:
		return p.aroundBlock(offset)
	}
	if way == beside {
		for n, scope := range p.scopes {
			if scope.Contains(offset) {
				return p.into(p.list[n])
			}
		}
	}
	number := p.lines.Number(offset)
	line := p.lines.Line(number)
	above := (way == beside) == (inMatter || p.doc.BodyFormat() == pipeline.HTML || p.blankBefore(number))
	s = spot{form: form{hash: inMatter, line: above}, end: p.lineBreak(number)}
	if !above {
		s.offset = line.Start + len(bytes.TrimRight(line.Of(p.doc.Text), " \t"))
		return s, s.offset > line.Start
	}
	blanks := " \t"
	if inBody && p.doc.BodyFormat() == pipeline.Markdown {
		blanks = " \t>"
	}
	text := line.Of(p.doc.Text)
	s.offset, s.indent = line.Start, string(text[:len(text)-len(bytes.TrimLeft(text, blanks))])
	return s, true
}

// aroundValue is the range of the top value of the front matter that is at an offset.
func (p *placer) aroundValue(offset int) (s spot, ok bool) {
	for _, e := range p.matter.Root.Entries {
		if !e.Span.Contains(offset) {
			continue
		}
		last := p.lines.Number(max(e.Span.End-1, offset))
		s = spot{form: form{hash: true, line: true, span: true}, offset: p.lines.Line(p.lines.Number(e.Span.Start)).Start, end: p.lineBreak(last)}
		if last < p.lines.Count() {
			s.close = p.lines.Line(last + 1).Start
		}
		return s, s.close > 0 && s.close <= p.matter.Raw.End
	}
	return s, false
}

// aroundBlock is the range of the lines of the body around an offset, up to blank ones.
func (p *placer) aroundBlock(offset int) (s spot, ok bool) {
	first := p.lines.Number(offset)
	last := first
	for !p.blankBefore(first) {
		first--
	}
	for last < p.lines.Count() && !p.empty(last+1) {
		last++
	}
	s = spot{form: form{line: true, span: true}, offset: p.lines.Line(first).Start, close: len(p.doc.Text), end: p.lineBreak(last)}
	s.gap = s.end
	if last < p.lines.Count() {
		s.close = p.lines.Line(last + 1).Start
	} else {
		s.gap += s.end
	}
	return s, s.offset >= p.doc.Body().Start
}

// hasComments tells whether the front matter can be read and can have comments.
func (p *placer) hasComments() bool {
	return p.matter.Root != nil && (p.matter.Format == matter.YAML || p.matter.Format == matter.TOML)
}

// file finds a place for the suppression of a whole file.
func (p *placer) file(way placing) (s spot, ok bool) {
	if way == inFile {
		for _, have := range p.list {
			if have.Fault == "" && have.Kind == IgnoreFile {
				return p.into(have)
			}
		}
		if !p.hasComments() {
			return s, false
		}
		at := p.matter.Raw.Start
		return spot{form: form{hash: true, file: true, line: true}, offset: at, end: p.lineBreak(p.lines.Number(max(at-1, 0)))}, true
	}
	s = spot{form: form{file: true, line: true}, offset: p.doc.Body().Start, end: p.lineBreak(1)}
	if way == inFileAtEnd {
		s.offset = len(p.doc.Text)
		if last := p.lines.Line(p.lines.Count()); last.Len() > 0 {
			s.indent = s.end
		}
	}
	return s, true
}

// into takes rules into a suppression that is there.
func (p *placer) into(have *Suppression) (s spot, ok bool) {
	if len(have.Rules) == 0 {
		return s, false
	}
	s.offset = have.Rules[len(have.Rules)-1].Span.End
	n := bytes.IndexByte(p.doc.Text[s.offset:], ']')
	if n < 0 {
		return s, false
	}
	s.close = s.offset + n
	s.merge, s.why, s.file = true, have.Reason, have.Kind == IgnoreFile
	return s, true
}

// blankBefore tells whether nothing stands on the line before that of a number, or that is not in the body.
func (p *placer) blankBefore(number int) bool {
	return number <= p.lines.Number(p.doc.Body().Start) || p.empty(number-1)
}

// empty tells whether nothing stands on a line, but for the marks of a quote.
func (p *placer) empty(number int) bool {
	return len(bytes.Trim(p.lines.Line(number).Of(p.doc.Text), " \t>")) == 0
}

// lineBreak is that of a line; of the last, that of the one before.
func (p *placer) lineBreak(number int) string {
	for ; number > 0; number-- {
		if number < p.lines.Count() {
			return string(p.doc.Text[p.lines.Line(number).End:p.lines.Line(number+1).Start])
		}
	}
	return "\n"
}
