package report

import (
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"copydesk/pipeline"
)

// github prints workflow commands, which GitHub Actions shows as annotations. A step may have ten of
// each kind, so the worst are printed, and the rest is written to Options.Summary
// (docs.github.com/actions/reference/workflow-commands-for-github-actions).
type github struct {
	w     io.Writer
	opt   Options
	kept  [kinds][]annotation // printed by Close, at most annotationLimit of a kind
	count int                 // of all that was found
	page  summaryPage
	buf   []byte
}

func newGitHub(w io.Writer, o Options) Printer {
	return &github{w: w, opt: o, page: summaryPage{w: o.Summary}}
}

// Kinds of annotations, the worst first. Failures are errors for GitHub.
const (
	failures = iota
	errorKind
	warningKind
	noticeKind
	kinds
)

const annotationLimit = 10

// An annotation is what is printed of a finding: as a workflow command or as a line of the summary.
type annotation struct{ command, line string }

func (p *github) Print(d *pipeline.Document) error {
	found, text := p.opt.view(d)
	if len(found) > 0 {
		at := newPlaces(text)
		for _, f := range found {
			kind := [...]int{pipeline.Info: noticeKind, pipeline.Warning: warningKind, pipeline.Error: errorKind}[f.Severity]
			if err := p.add(kind, func() annotation { return p.finding(f, at) }); err != nil {
				return err
			}
		}
	}
	if d.Failed == nil {
		return nil
	}
	return p.add(failures, func() annotation {
		b := appendCommand([]byte("::error file="), p.opt.file(name(d)), true)
		b = appendCommand(append(b, ",title="+failedCheck+"::"...), d.Failed.Error(), false)
		return annotation{string(b), string(ink{}.failure(nil, d))}
	})
}

// add keeps an annotation, or passes it on to the summary where its kind has enough already.
func (p *github) add(kind int, made func() annotation) error {
	p.count++
	if len(p.kept[kind]) < annotationLimit {
		p.kept[kind] = append(p.kept[kind], made())
		return nil
	}
	if p.page.full() {
		p.page.missing++
		return nil
	}
	return p.page.add(made().line)
}

func (p *github) finding(f pipeline.Diagnostic, at *places) annotation {
	start, end, last := at.at(f.Span.Start), at.at(f.Span.End), at.lastLine(f.Span)
	b := append(p.buf[:0], "::"...)
	b = append(b, [...]string{pipeline.Info: "notice", pipeline.Warning: "warning", pipeline.Error: "error"}[f.Severity]...)
	b = appendCommand(append(b, " file="...), p.opt.file(f.Path), true)
	b = strconv.AppendInt(append(b, ",line="...), int64(start.Line), 10)
	b = strconv.AppendInt(append(b, ",endLine="...), int64(last), 10)
	if last == start.Line { // GitHub takes columns of a single line only.
		b = strconv.AppendInt(append(b, ",col="...), int64(start.Column), 10)
		if end.Line == last {
			b = strconv.AppendInt(append(b, ",endColumn="...), int64(end.Column), 10)
		}
	}
	b = appendCommand(append(b, ",title="...), f.Code+" "+f.Rule, true)
	p.buf = appendCommand(append(b, "::"...), f.Message, false)
	return annotation{string(p.buf), string(ink{}.header(nil, f, start))}
}

// appendCommand appends the data of a workflow command, or the value of one of its properties,
// escaped as GitHub's runner decodes it. What a log must not show is written as Quote does.
func appendCommand(dst []byte, s string, property bool) []byte {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '%', r == '\n', r == '\r', property && (r == ':' || r == ','):
			dst = fmt.Appendf(dst, "%%%02X", r)
		case r == utf8.RuneError && n == 1, hidden(r):
			dst = append(dst, escape(r, s[i])...)
		default:
			dst = append(dst, s[i:i+n]...)
		}
		i += n
	}
	return dst
}

// Close prints the annotations, the worst first, and a notice that tells of the rest.
func (p *github) Close() error {
	room := [kinds]int{annotationLimit, annotationLimit - len(p.kept[failures]), annotationLimit, annotationLimit}
	shown := 0
	for kind, kept := range p.kept {
		shown += min(len(kept), room[kind])
	}
	rest := p.count > shown
	if rest && len(p.kept[noticeKind]) == annotationLimit {
		room[noticeKind]-- // For the notice that tells of the rest.
		shown--
	}
	p.buf = p.buf[:0]
	for kind, kept := range p.kept {
		n := min(len(kept), room[kind])
		for _, a := range kept[:n] {
			p.buf = append(append(p.buf, a.command...), '\n')
		}
		for _, a := range kept[n:] {
			if err := p.page.add(a.line); err != nil {
				return err
			}
		}
	}
	if rest {
		p.buf = fmt.Appendf(p.buf, "::notice title=%s::findings without an annotation, since GitHub shows %d of a kind: %d of %d%s\n",
			toolName, annotationLimit, p.count-shown, p.count, p.page.where())
	}
	if _, err := p.w.Write(p.buf); err != nil {
		return err
	}
	return p.page.close()
}
