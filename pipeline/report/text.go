package report

import (
	"fmt"
	"io"
	"strconv"

	"copydesk/pipeline"
)

// text prints findings for people: the header line, the place in the source, what can be done
// about it, and what else it speaks of; an empty line after each.
type text struct {
	w   io.Writer
	opt Options
	ink ink
	buf []byte

	window window
	gutter int // cells of the line number of the finding at hand
}

func newText(w io.Writer, o Options) Printer {
	return &text{w: w, opt: o, ink: newInk(o.Color)}
}

func (p *text) Print(d *pipeline.Document) error {
	found, source := p.opt.view(d)
	if len(found) == 0 && d.Failed == nil {
		return nil
	}
	p.buf = p.buf[:0]
	if len(found) > 0 {
		at := newPlaces(source)
		for _, f := range found {
			p.finding(f, at)
		}
	}
	if d.Failed != nil {
		p.buf = append(p.ink.failure(p.buf, d), '\n')
	}
	_, err := p.w.Write(p.buf)
	return err
}

func (p *text) Close() error { return nil }

func (p *text) finding(f pipeline.Diagnostic, at *places) {
	place := at.at(f.Span.Start)
	p.buf, p.gutter = p.ink.header(p.buf, f, place), max(gutter, len(strconv.Itoa(place.Line)))
	if len(at.text) > 0 {
		p.frame(f, at)
	}
	if f.Replaced && !p.opt.InText && f.Span.Len() > 0 {
		p.note("note: these bytes were written in this run, in place of the ones marked")
	}
	for _, fix := range f.Fixes {
		p.note(fixLine(fix))
	}
	for _, r := range f.Related {
		other := at.at(r.Span.Start)
		p.note(fmt.Sprintf("see: %s:%d:%d: %s", Quote(f.Path), other.Line, other.Column, Quote(r.Message)))
	}
	p.buf = append(p.buf, '\n')
}

func (p *text) note(line string) { p.buf = fmt.Appendf(p.buf, "%*s = %s\n", p.gutter, "", line) }

// fixLine says what a fix does and who may apply it.
func fixLine(fix pipeline.Fix) string {
	switch fix.Safety {
	case pipeline.Safe:
		return fmt.Sprintf("fix: %s (safe, --fix)", Quote(fix.Title))
	case pipeline.Unsafe:
		return fmt.Sprintf("fix: %s (unsafe, --fix --unsafe-fixes)", Quote(fix.Title))
	}
	return fmt.Sprintf("hint: %s", Quote(fix.Title))
}

// frame appends the source line around the finding, and carets below what it speaks of.
func (p *text) frame(f pipeline.Diagnostic, at *places) {
	start := at.at(f.Span.Start)
	line := at.table().Line(start.Line)
	width := p.opt.Width
	if width <= 0 {
		width = defaultWidth
	}
	shown, before, marked := p.window.show(at.text, line, f.Span, max(width-p.gutter-len(" | "), minWindow))
	if shown != "" {
		shown = " " + shown
	}
	p.buf = fmt.Appendf(p.buf, "%*d |%s\n%*s | ", p.gutter, start.Line, shown, p.gutter, "")
	p.buf = appendRepeated(p.buf, ' ', before)
	carets := appendRepeated([]byte{'^'}, '~', marked-1)
	p.buf = p.ink.mark.append(p.buf, string(carets))
	if end := at.at(f.Span.End); end.Line > start.Line && f.Span.End > f.Span.Start && line.End < f.Span.End-1 {
		p.buf = fmt.Appendf(p.buf, " to %d:%d", end.Line, end.Column)
	}
	p.buf = append(p.buf, '\n')
}

const (
	gutter       = 4   // cells of a line number, where it takes no more
	defaultWidth = 120 // cells, where nothing is known of the terminal
	minWindow    = 24  // cells of source that are shown at least
)

func appendRepeated(dst []byte, b byte, n int) []byte {
	for range n {
		dst = append(dst, b)
	}
	return dst
}
