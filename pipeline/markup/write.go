package markup

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// An output is a buffer with a limit, which goldmark writes to without another one between.
type output struct {
	bytes.Buffer
	room int
	err  error // a LimitError
}

// fits tells whether n bytes more may be written. Once they may not, none may.
func (o *output) fits(n int) bool {
	if o.err == nil && o.Len()+n > o.room {
		o.err = &LimitError{"bytes of HTML", o.room, 0}
	}
	return o.err == nil
}

// Write implements io.Writer; the error is a LimitError.
func (o *output) Write(p []byte) (int, error) {
	if !o.fits(len(p)) {
		return 0, o.err
	}
	return o.Buffer.Write(p)
}

// WriteString is as Write.
func (o *output) WriteString(s string) (int, error) {
	if !o.fits(len(s)) {
		return 0, o.err
	}
	return o.Buffer.WriteString(s)
}

// WriteByte is as Write.
func (o *output) WriteByte(c byte) error {
	if !o.fits(1) {
		return o.err
	}
	return o.Buffer.WriteByte(c)
}

// WriteRune is as Write.
func (o *output) WriteRune(r rune) (int, error) {
	if !o.fits(utf8.UTFMax) {
		return 0, o.err
	}
	return o.Buffer.WriteRune(r)
}

// Buffered implements util.BufWriter: all has been written.
func (o *output) Buffered() int { return 0 }

// Flush implements util.BufWriter; the error is that of the first write that had one.
func (o *output) Flush() error { return o.err }

// An escaper writes text as goldmark's own writer does, in one piece where nothing is to be escaped.
type escaper struct{ html.Writer }

// textWriter writes all text of Markdown.
var textWriter = escaper{html.DefaultWriter}

// Write implements html.Writer.
func (e escaper) Write(w util.BufWriter, text []byte) {
	escapes := false
	for _, c := range text {
		switch escapeClasses[c] {
		case 1:
			escapes = true
		case 2:
			e.Writer.Write(w, text)
			return
		}
	}
	if escapes {
		e.RawWrite(w, text)
		return
	}
	_, _ = w.Write(text)
}

// RawWrite implements html.Writer.
func (e escaper) RawWrite(w util.BufWriter, text []byte) {
	done := 0
	for i, c := range text {
		if escapeClasses[c] == 0 || c == '\\' {
			continue
		}
		_, _ = w.Write(text[done:i])
		_, _ = w.Write(util.EscapeHTMLByte(c))
		done = i + 1
	}
	_, _ = w.Write(text[done:])
}

// escapeClasses are 1 for characters that are written otherwise in HTML, 2 for those that mean something in Markdown, too.
var escapeClasses = [256]byte{'<': 1, '>': 1, '"': 1, '&': 2, '\\': 2, 0: 2}
