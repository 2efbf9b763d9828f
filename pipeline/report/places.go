package report

import (
	"bytes"
	"unicode/utf8"

	"copydesk/pipeline"
)

// places gives the positions of offsets in one text. It remembers the last one and counts
// from there, so that many findings, asked for in order, cost one pass, on one very long line too.
type places struct {
	text   []byte
	lines  *pipeline.Lines // nil until somebody asks
	ahead  bool            // lines end with LF alone
	offset int             // the last position,
	start  int             // and where its line begins
	pipeline.Position
}

func newPlaces(text []byte) *places {
	return &places{text: text, ahead: bytes.IndexByte(text, '\r') < 0, Position: pipeline.Position{Line: 1, Column: 1}}
}

// at is the position of an offset in code points; an offset beyond the text means its end.
func (p *places) at(offset int) pipeline.Position {
	offset = min(max(offset, 0), len(p.text))
	if !p.ahead || offset < p.start {
		p.find(offset)
	} else if offset > p.offset {
		if i := bytes.LastIndexByte(p.text[p.offset:offset], '\n'); i >= 0 {
			p.Line += bytes.Count(p.text[p.offset:offset], []byte{'\n'})
			p.start = p.offset + i + 1
			p.offset, p.Column = p.start, 1
		}
	}
	switch {
	case offset >= p.offset:
		p.Column += utf8.RuneCount(p.text[p.offset:offset])
	case offset-p.start < p.offset-offset:
		p.Column = 1 + utf8.RuneCount(p.text[p.start:offset])
	default:
		p.Column -= utf8.RuneCount(p.text[offset:p.offset])
	}
	p.offset = offset
	return p.Position
}

// table is the line table of the text.
func (p *places) table() *pipeline.Lines {
	if p.lines == nil {
		p.lines = pipeline.NewLines(p.text)
	}
	return p.lines
}

// find goes to the beginning of the line of an offset, if that is another one.
func (p *places) find(offset int) {
	if number := p.table().Number(offset); number != p.Line {
		p.Line, p.start = number, p.table().Line(number).Start
		p.offset, p.Column = p.start, 1
	}
}
