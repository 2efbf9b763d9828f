package report

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"copydesk/pipeline"
)

// rdjsonl prints the Reviewdog Diagnostic Format, one JSON object a line
// (github.com/reviewdog/reviewdog, proto/rdf/reviewdog.proto).
type rdjsonl struct {
	w   io.Writer
	opt Options
	buf []byte
}

func newRDJSONL(w io.Writer, o Options) Printer { return &rdjsonl{w: w, opt: o} }

type rdDiagnostic struct {
	Message     jsonText       `json:"message"`
	Location    rdLocation     `json:"location"`
	Severity    string         `json:"severity"`
	Source      rdSource       `json:"source"`
	Code        *rdCode        `json:"code,omitempty"`
	Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	Related     []rdRelated    `json:"related_locations,omitempty"`
}

type rdRelated struct {
	Message  jsonText   `json:"message"`
	Location rdLocation `json:"location"`
}

type rdLocation struct {
	Path  jsonText `json:"path"`
	Range *rdRange `json:"range,omitempty"`
}

type rdRange struct {
	Start rdPosition `json:"start"`
	End   rdPosition `json:"end"` // exclusive
}

// rdPosition counts from 1, columns in bytes.
type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type rdSource struct {
	Name string `json:"name"`
}

type rdCode struct {
	Value jsonText `json:"value"`
}

type rdSuggestion struct {
	Range rdRange  `json:"range"`
	Text  jsonText `json:"text"`
}

func (p *rdjsonl) Print(d *pipeline.Document) error {
	found, text := p.opt.view(d)
	p.buf = p.buf[:0]
	if len(found) > 0 {
		at := newPlaces(text)
		for _, f := range found {
			if err := p.entry(p.diagnostic(f, at)); err != nil {
				return err
			}
		}
	}
	if d.Failed != nil {
		if err := p.entry(rdDiagnostic{
			Message:  jsonText(d.Failed.Error()),
			Location: rdLocation{Path: jsonText(p.opt.file(name(d)))},
			Severity: "ERROR", Source: rdSource{toolName},
		}); err != nil {
			return err
		}
	}
	_, err := p.w.Write(withoutCommands(p.buf))
	return err
}

// toolName is this program's name in formats that tell the tools apart.
const toolName = "copydesk"

func (p *rdjsonl) Close() error { return nil }

func (p *rdjsonl) entry(e rdDiagnostic) (err error) {
	p.buf, err = appendJSON(p.buf, e)
	p.buf = append(p.buf, '\n')
	return err
}

func (p *rdjsonl) diagnostic(f pipeline.Diagnostic, at *places) rdDiagnostic {
	place := at.rdRange(f.Span)
	e := rdDiagnostic{
		Message:  jsonText(f.Message),
		Location: rdLocation{jsonText(p.opt.file(f.Path)), &place},
		Severity: strings.ToUpper(f.Severity.String()),
		Source:   rdSource{toolName},
		Code:     &rdCode{jsonText(f.Code)},
	}
	for _, fix := range f.Fixes {
		if span, text, ok := joined(fix.Edits, at.text); ok {
			e.Suggestions = append(e.Suggestions, rdSuggestion{at.rdRange(span), jsonText(text)})
		}
	}
	for _, r := range f.Related {
		place := at.rdRange(r.Span)
		e.Related = append(e.Related, rdRelated{jsonText(r.Message), rdLocation{e.Location.Path, &place}})
	}
	return e
}

func (p *places) rdRange(s pipeline.Span) rdRange {
	start, end := p.table().At(s.Start, pipeline.Bytes), p.table().At(s.End, pipeline.Bytes)
	return rdRange{rdPosition(start), rdPosition(end)}
}

// maxSuggestion is how many bytes one suggestion may replace.
const maxSuggestion = 4096

// joined makes one edit of the edits of a fix, of which none may be applied without the others, while
// each suggestion of this format stands alone. ok is false for a fix that is too long for that,
// that has no edits that fit, or whose text is not UTF-8.
func joined(edits []pipeline.Edit, text []byte) (_ pipeline.Span, replacement string, ok bool) {
	edits, err := pipeline.SortEdits(edits, len(text))
	if err != nil || len(edits) == 0 {
		return pipeline.Span{}, "", false
	}
	whole := pipeline.Span{Start: edits[0].Start, End: edits[len(edits)-1].End}
	if whole.Len() > maxSuggestion {
		return pipeline.Span{}, "", false
	}
	var b bytes.Buffer
	at := whole.Start
	for _, e := range edits {
		b.Write(text[at:e.Start])
		b.WriteString(e.Text)
		at = e.End
	}
	return whole, b.String(), utf8.Valid(b.Bytes())
}
