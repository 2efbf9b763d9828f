package report

import (
	"fmt"
	"io"

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
	p.buf = p.ink.header(p.buf, f, at.at(f.Span.Start))
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
		place := at.at(r.Span.Start)
		p.note(fmt.Sprintf("see: %s:%d:%d: %s", Quote(f.Path), place.Line, place.Column, Quote(r.Message)))
	}
	p.buf = append(p.buf, '\n')
}

func (p *text) note(line string) { p.buf = fmt.Appendf(p.buf, "%s= %s\n", gutterBlank, line) }

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
	line := at.lines.Line(start.Line)
	width := p.opt.Width
	if width <= 0 {
		width = defaultWidth
	}
	shown, before, marked := p.window.show(at.text, line, f.Span, max(width-len(gutterBlank)-2, minWindow))
	if shown != "" {
		shown = " " + shown
	}
	p.buf = fmt.Appendf(p.buf, "%4d |%s\n", start.Line, shown)
	p.buf = append(p.buf, gutterBlank...)
	p.buf = append(p.buf, "| "...)
	p.buf = appendRepeated(p.buf, ' ', before)
	carets := appendRepeated([]byte{'^'}, '~', marked-1)
	p.buf = p.ink.mark.append(p.buf, string(carets))
	if end := at.at(f.Span.End); end.Line > start.Line && f.Span.End > f.Span.Start && line.End < f.Span.End-1 {
		p.buf = fmt.Appendf(p.buf, " to %d:%d", end.Line, end.Column)
	}
	p.buf = append(p.buf, '\n')
}

// gutterBlank stands below the line number; numbers of more than four digits push their bar right.
const gutterBlank = "     "

const (
	defaultWidth = 120 // cells, where nothing is known of the terminal
	minWindow    = 24  // cells of source that are shown at least
)

func appendRepeated(dst []byte, b byte, n int) []byte {
	for range n {
		dst = append(dst, b)
	}
	return dst
}
