package report

import (
	"unicode/utf8"

	"copydesk/pipeline"
)

// places gives the positions of offsets in one text. It remembers the last one and counts
// from there, so that many findings on one very long line, asked for in order, cost one pass.
type places struct {
	text   []byte
	lines  *pipeline.Lines
	line   pipeline.Span // the line of the last position, with its number
	number int
	offset int // the last position
	column int
}

func newPlaces(text []byte) *places {
	return &places{text: text, lines: pipeline.NewLines(text)}
}

// at is the position of an offset in code points; an offset beyond the text means its end.
func (p *places) at(offset int) pipeline.Position {
	offset = min(max(offset, 0), len(p.text))
	if number := p.lines.Number(offset); number != p.number {
		p.number, p.line = number, p.lines.Line(number)
		p.offset, p.column = p.line.Start, 1
	}
	switch {
	case offset >= p.offset:
		p.column += utf8.RuneCount(p.text[p.offset:offset])
	case offset-p.line.Start < p.offset-offset:
		p.column = 1 + utf8.RuneCount(p.text[p.line.Start:offset])
	default:
		p.column -= utf8.RuneCount(p.text[offset:p.offset])
	}
	p.offset = offset
	return pipeline.Position{Line: p.number, Column: p.column}
}
