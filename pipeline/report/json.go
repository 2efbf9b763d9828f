package report

import (
	"io"

	"copydesk/pipeline"
)

// jsonPrinter prints findings as JSON: one array, an entry a line, or one object a line.
type jsonPrinter struct {
	w       io.Writer
	opt     Options
	array   bool
	entries int
	buf     []byte
}

func newJSON(w io.Writer, o Options) Printer  { return &jsonPrinter{w: w, opt: o, array: true} }
func newJSONL(w io.Writer, o Options) Printer { return &jsonPrinter{w: w, opt: o} }

func (p *jsonPrinter) Print(d *pipeline.Document) error {
	found, text := p.opt.view(d)
	if len(found) == 0 && d.Failed == nil {
		return nil
	}
	p.buf = p.buf[:0]
	if len(found) > 0 {
		at := newPlaces(text)
		for _, f := range found {
			p.begin()
			p.buf = appendDiagnostic(p.buf, f, at)
			p.end()
		}
	}
	if d.Failed != nil {
		p.begin()
		p.buf = appendFailure(p.buf, d)
		p.end()
	}
	_, err := p.w.Write(withoutCommands(p.buf))
	return err
}

func (p *jsonPrinter) begin() {
	if p.array {
		separator := ",\n"
		if p.entries == 0 {
			separator = "[\n"
		}
		p.buf = append(p.buf, separator...)
	}
	p.entries++
}

func (p *jsonPrinter) end() {
	if !p.array {
		p.buf = append(p.buf, '\n')
	}
}

func (p *jsonPrinter) Close() error {
	if !p.array {
		return nil
	}
	end := "\n]\n"
	if p.entries == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(p.w, end)
	return err
}
