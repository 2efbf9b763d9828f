package report

import (
	"io"
	"strconv"

	"copydesk/pipeline"
)

// junit prints the XML that test reports have: a test suite for each document, and a test case for
// each finding in it. Errors and warnings are failures, of which the type tells the severity; what is
// for information passes, with the message as its output. A document without findings is one
// test case that passes, since consumers take a report without any for a fault
// (the schema is junit-10.xsd of Jenkins' xUnit plugin).
type junit struct {
	w     io.Writer
	opt   Options
	begun bool
	buf   []byte
}

func newJUnit(w io.Writer, o Options) Printer { return &junit{w: w, opt: o} }

func (p *junit) Print(d *pipeline.Document) error {
	found, text := p.opt.view(d)
	p.begin()
	p.suite(found, d)
	file := p.opt.file(name(d))
	if len(found) > 0 {
		at := newPlaces(text)
		for _, f := range found {
			p.finding(f, at.at(f.Span.Start))
		}
	} else if d.Failed == nil {
		p.testcase("no findings", file)
		p.buf = append(p.buf, "/>\n"...)
	}
	if d.Failed != nil {
		p.testcase(failedCheck, file)
		p.buf = appendAttribute(append(p.buf, ">\n<error"...), "type", failedCheck)
		p.buf = append(appendAttribute(p.buf, "message", d.Failed.Error()), '>')
		p.buf = append(appendXML(p.buf, file+": error: "+d.Failed.Error()), "</error>\n</testcase>\n"...)
	}
	_, err := p.w.Write(append(p.buf, "</testsuite>\n"...))
	return err
}

func (p *junit) begin() {
	p.buf = p.buf[:0]
	if !p.begun {
		p.buf = append(p.buf, xmlHeader+`<testsuites name="`+toolName+`">`+"\n"...)
		p.begun = true
	}
}

// suite opens the test suite of a document, with its counts.
func (p *junit) suite(found []pipeline.Diagnostic, d *pipeline.Document) {
	tests, failed, broken := len(found), 0, 0
	for _, f := range found {
		if f.Severity > pipeline.Info {
			failed++
		}
	}
	if d.Failed != nil {
		broken = 1
	}
	tests = max(tests+broken, 1)
	p.buf = appendAttribute(append(p.buf, "<testsuite"...), "name", p.opt.file(name(d)))
	p.buf = appendAttribute(p.buf, "tests", strconv.Itoa(tests))
	p.buf = appendAttribute(p.buf, "failures", strconv.Itoa(failed))
	p.buf = append(appendAttribute(p.buf, "errors", strconv.Itoa(broken)), ">\n"...)
}

func (p *junit) testcase(name, file string) {
	p.buf = appendAttribute(append(p.buf, "<testcase"...), "name", name)
	p.buf = appendAttribute(p.buf, "classname", file)
}

func (p *junit) finding(f pipeline.Diagnostic, at pipeline.Position) {
	file, place := p.opt.file(f.Path), strconv.Itoa(at.Line)+":"+strconv.Itoa(at.Column)
	p.testcase(f.Code+" "+f.Rule+" at "+place, file)
	end := "</system-out>\n</testcase>\n"
	if f.Severity > pipeline.Info {
		p.buf = appendAttribute(append(p.buf, ">\n<failure"...), "type", f.Severity.String())
		p.buf = append(appendAttribute(p.buf, "message", f.Message), '>')
		end = "</failure>\n</testcase>\n"
	} else {
		p.buf = append(p.buf, ">\n<system-out>"...)
	}
	p.buf = appendXML(p.buf, file+":"+place+": "+f.Severity.String()+": "+f.Message)
	for _, fix := range f.Fixes {
		p.buf = appendXML(append(p.buf, '\n'), fixLine(fix))
	}
	p.buf = append(p.buf, end...)
}

func (p *junit) Close() error {
	p.begin()
	_, err := p.w.Write(append(p.buf, "</testsuites>\n"...))
	return err
}
