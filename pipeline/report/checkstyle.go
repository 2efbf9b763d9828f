package report

import (
	"io"
	"strconv"

	"copydesk/pipeline"
)

// checkstyle prints the XML of Checkstyle's XMLLogger, a file element for each document that
// something was found in (checkstyle.org, com.puppycrawl.tools.checkstyle.XMLLogger).
type checkstyle struct {
	w     io.Writer
	opt   Options
	begun bool
	buf   []byte
}

func newCheckstyle(w io.Writer, o Options) Printer { return &checkstyle{w: w, opt: o} }

func (p *checkstyle) Print(d *pipeline.Document) error {
	found, text := p.opt.view(d)
	if len(found) == 0 && d.Failed == nil {
		return nil
	}
	p.begin()
	p.buf = append(appendAttribute(append(p.buf, "<file"...), "name", p.opt.file(name(d))), ">\n"...)
	if len(found) > 0 {
		at := newPlaces(text)
		for _, f := range found {
			p.finding(f, at.at(f.Span.Start))
		}
	}
	if d.Failed != nil { // Line 0 is what Checkstyle gives for a file that it can't read.
		p.buf = append(p.buf, `<error line="0" severity="error"`...)
		p.buf = appendAttribute(p.buf, "message", d.Failed.Error())
		p.buf = append(appendAttribute(p.buf, "source", toolName+"."+failedCheck), "/>\n"...)
	}
	_, err := p.w.Write(append(p.buf, "</file>\n"...))
	return err
}

func (p *checkstyle) begin() {
	p.buf = p.buf[:0]
	if !p.begun {
		p.buf = append(p.buf, xmlHeader+`<checkstyle version="10.0">`+"\n"...)
		p.begun = true
	}
}

func (p *checkstyle) finding(f pipeline.Diagnostic, at pipeline.Position) {
	p.buf = appendAttribute(append(p.buf, "<error"...), "line", strconv.Itoa(at.Line))
	p.buf = appendAttribute(p.buf, "column", strconv.Itoa(at.Column))
	p.buf = appendAttribute(p.buf, "severity", f.Severity.String())
	p.buf = appendAttribute(p.buf, "message", f.Message)
	p.buf = append(appendAttribute(p.buf, "source", toolName+"."+f.Code), "/>\n"...)
}

func (p *checkstyle) Close() error {
	p.begin()
	_, err := p.w.Write(append(p.buf, "</checkstyle>\n"...))
	return err
}
