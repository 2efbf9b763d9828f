package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"copydesk/pipeline"
	"copydesk/pipeline/report"
)

// reporter prints what a run finds, in the order of the source.
type reporter struct {
	printers []report.Printer
	files    []*os.File
	stop     context.CancelCauseFunc
	errors   io.Writer // where failures are told when no printer shows them
	progress *progress
	verbose  bool
	missed   int // pictures that could not be made
}

// newReporter opens the reports that the flags ask for.
func newReporter(f *shared, b batch, out *output, s Streams, bar *progress) (*reporter, error) {
	r := &reporter{progress: bar, verbose: f.verbose, errors: s.Err}
	target := s.Err
	if b.lint && !out.stdout {
		target = s.Out
	}
	wanted, quiet := f.report, false
	if len(wanted) == 0 {
		wanted = []string{"concise"}
		if b.lint {
			wanted = []string{"text"}
		}
		quiet = f.quiet && !b.lint // What was repaired is information; findings of lint are the product.
	}
	for _, spec := range wanted {
		format, path, toFile := strings.Cut(spec, ":")
		w := target
		if toFile {
			file, err := os.Create(path)
			if err != nil {
				return nil, &usageError{err}
			}
			r.files = append(r.files, file)
			w = file
		} else {
			r.errors = nil
		}
		options := report.Options{Color: useColor(f.color, w), Width: terminalWidth(w), InText: b.fix && out.inPlace, Quiet: quiet}
		p, err := report.New(format, r.progress.through(w), options)
		if err != nil {
			return nil, &usageError{err}
		}
		r.printers = append(r.printers, p)
	}
	return r, nil
}

// observe prints one document's findings.
func (r *reporter) observe(d *pipeline.Document) {
	for _, found := range d.Diagnostics {
		if found.Code == "IM009" && found.Severity == pipeline.Error {
			r.missed++
		}
	}
	if errors.Is(d.Failed, context.Canceled) || errors.Is(d.Failed, pipeline.ErrCarried) {
		return
	}
	r.progress.step()
	r.print(d)
}

func (r *reporter) print(d *pipeline.Document) {
	for _, p := range r.printers {
		if err := p.Print(d); err != nil {
			r.stop(&pipeline.StopError{Err: err})
			return
		}
	}
	if d.Failed != nil && r.errors != nil {
		fmt.Fprintf(r.errors, "%s: error: %s\n", report.Quote(d.Name), report.Quote(d.Failed.Error()))
	}
	if fault := (*pipeline.PanicError)(nil); r.verbose && r.errors != nil && errors.As(d.Failed, &fault) {
		fmt.Fprintf(r.errors, "%s\n", fault.Stack)
	}
}

// close ends the reports.
func (r *reporter) close() error {
	var errs []error
	for _, p := range r.printers {
		errs = append(errs, p.Close())
	}
	r.progress.stop()
	for _, file := range r.files {
		errs = append(errs, file.Close())
	}
	return errors.Join(errs...)
}

// terminal tells whether w is a terminal.
func terminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd())) && os.Getenv("TERM") != "dumb"
}

// terminalWidth is the number of cells in a line of w; 0 where that is unknown.
func terminalWidth(w io.Writer) int {
	if file, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(int(file.Fd())); err == nil {
			return width
		}
	}
	return 0
}

// useColor decides by --color, then NO_COLOR (no-color.org), then FORCE_COLOR, then by looking.
func useColor(flag string, w io.Writer) bool {
	switch {
	case flag != "auto":
		return flag == "always"
	case os.Getenv("NO_COLOR") != "":
		return false
	case os.Getenv("FORCE_COLOR") != "" && os.Getenv("FORCE_COLOR") != "0":
		return true
	default:
		return terminal(w)
	}
}
