package report

import (
	"io"
	"strconv"

	"copydesk/pipeline"
)

// grouped prints the path of a document once, and its findings indented below it, in columns.
type grouped struct {
	w   io.Writer
	opt Options
	ink ink
	buf []byte
}

func newGrouped(w io.Writer, o Options) Printer {
	return &grouped{w: w, opt: o, ink: newInk(o.Color)}
}

func (p *grouped) Print(d *pipeline.Document) error {
	found, text := p.opt.view(d)
	if len(found) == 0 && d.Failed == nil {
		return nil
	}
	p.buf = append(p.ink.path.append(p.buf[:0], Quote(name(d))), '\n')
	p.findings(found, text)
	if d.Failed != nil {
		p.buf = append(p.buf, "  "...)
		p.buf = append(p.ink.severity(p.buf, pipeline.Error), Quote(d.Failed.Error())...)
		p.buf = append(p.buf, '\n')
	}
	p.buf = append(p.buf, '\n')
	_, err := p.w.Write(p.buf)
	return err
}

func (p *grouped) Close() error { return nil }

func (p *grouped) findings(found []pipeline.Diagnostic, text []byte) {
	if len(found) == 0 {
		return
	}
	at := newPlaces(text)
	places, width := make([]string, len(found)), 0
	for i, f := range found {
		place := at.at(f.Span.Start)
		places[i] = strconv.Itoa(place.Line) + ":" + strconv.Itoa(place.Column)
		width = max(width, len(places[i]))
	}
	for i, f := range found {
		p.buf = appendRepeated(p.buf, ' ', 2+width-len(places[i]))
		p.buf = append(append(p.buf, places[i]...), ' ')
		p.buf = append(p.ink.severity(p.buf, f.Severity), Quote(f.Message)...)
		p.buf = append(p.ink.code.append(append(p.buf, ' '), "[", f.Code, " ", f.Rule, "]"), '\n')
	}
}
