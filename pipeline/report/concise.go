package report

import (
	"io"
	"strconv"

	"copydesk/pipeline"
)

// concise prints one line a finding.
type concise struct {
	w   io.Writer
	opt Options
	ink ink
	buf []byte
}

func newConcise(w io.Writer, o Options) Printer {
	return &concise{w: w, opt: o, ink: newInk(o.Color)}
}

func (p *concise) Print(d *pipeline.Document) error {
	found, text := p.opt.view(d)
	if len(found) == 0 && d.Failed == nil {
		return nil
	}
	p.buf = p.buf[:0]
	if len(found) > 0 {
		at := newPlaces(text)
		for _, f := range found {
			p.buf = p.ink.header(p.buf, f, at.at(f.Span.Start))
		}
	}
	if d.Failed != nil {
		p.buf = p.ink.failure(p.buf, d)
	}
	_, err := p.w.Write(p.buf)
	return err
}

func (p *concise) Close() error { return nil }

// header appends the line that both concise and text have for a finding.
func (k ink) header(dst []byte, f pipeline.Diagnostic, at pipeline.Position) []byte {
	var number [2][20]byte
	line, column := strconv.AppendInt(number[0][:0], int64(at.Line), 10), strconv.AppendInt(number[1][:0], int64(at.Column), 10)
	dst = append(k.path.append(dst, Quote(f.Path), ":", string(line), ":", string(column), ":"), ' ')
	dst = append(k.severity(dst, f.Severity), Quote(f.Message)...)
	return append(k.code.append(append(dst, ' '), "[", f.Code, " ", f.Rule, "]"), '\n')
}

// failure appends the line of a document that could not be done.
func (k ink) failure(dst []byte, d *pipeline.Document) []byte {
	dst = append(k.path.append(dst, Quote(name(d)), ":"), ' ')
	return append(append(k.severity(dst, pipeline.Error), Quote(d.Failed.Error())...), '\n')
}
