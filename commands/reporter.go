package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"copydesk/pipeline"
	"copydesk/pipeline/lint/rules"
	"copydesk/pipeline/report"
)

// reporter prints what a run finds, in the order of the source.
type reporter struct {
	printers []*openReport
	files    []reportFile
	begun    bool // old reports were emptied
	stop     context.CancelCauseFunc
	errors   io.Writer // where failures are told when no printer shows them
	progress *progress
	verbose  bool
	missed   int // pictures that could not be made
	watch    func(*pipeline.Document)
}

// A reportFile is a file that a report goes to. It is emptied when the first article comes, so that a
// mistake which is found before leaves it as it was.
type reportFile struct {
	*os.File
	path     string
	old, end bool // it was there before; it is written at its end
}

// An openReport is one that is being written.
type openReport struct {
	report.Printer
	to     io.Writer
	broken bool // it could not be written; that was told
}

// newReporter opens the reports of the batch.
func newReporter(f *shared, b batch, out *output, s Streams, bar *progress) (*reporter, error) {
	r := &reporter{progress: bar, verbose: f.verbose, errors: s.Err, watch: b.watch}
	if err := r.openAll(f, b, out, s); err != nil {
		r.abandon()
		return nil, err
	}
	return r, nil
}

func (r *reporter) openAll(f *shared, b batch, out *output, s Streams) error {
	target := s.Err
	if b.lint && !out.stdout {
		target = s.Out
	}
	counted := target // Where the statistics go: beside a report that a program reads they would be in the way.
	for _, spec := range b.reports {
		w, err := r.writer(spec, target)
		if err != nil {
			return err
		}
		if w == counted && report.Whole(spec.format) {
			counted = s.Err
		}
		// What was repaired is information; findings of lint are the product.
		options := report.Options{Color: useColor(f.color, w), Width: terminalWidth(w), InText: b.fix && out.inPlace,
			Quiet: f.quiet && !b.lint && len(f.report) == 0, Version: version()}
		if len(f.report) > 0 {
			if options, err = r.forPrograms(options, spec.format); err != nil {
				return err
			}
		}
		to := gather(r.progress.through(w), terminal(w))
		p, err := report.New(spec.format, to, options)
		if err != nil {
			return &usageError{err}
		}
		r.printers = append(r.printers, &openReport{Printer: p, to: to})
	}
	if b.statistics {
		r.printers = append(r.printers, &openReport{Printer: report.NewStatistics(counted)})
	}
	return nil
}

// writer is where a report goes: the file or stream that it names, or the target of all that name none.
func (r *reporter) writer(spec reportSpec, target io.Writer) (io.Writer, error) {
	switch {
	case spec.stream != nil:
		target = spec.stream
	case spec.path != "":
		return r.open(spec.path, 0)
	}
	r.errors = nil
	return target, nil
}

// open opens a file that a report goes to.
func (r *reporter) open(path string, how int) (*os.File, error) {
	_, missing := os.Stat(path)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|how, 0o666)
	if err != nil {
		return nil, &usageError{err}
	}
	r.files = append(r.files, reportFile{File: file, path: path, old: missing == nil, end: how&os.O_APPEND != 0})
	return file, nil
}

// begin empties the files of old reports.
func (r *reporter) begin() error {
	if r.begun {
		return nil
	}
	r.begun = true
	for _, f := range r.files {
		if info, err := f.Stat(); err != nil || f.end || !info.Mode().IsRegular() {
			continue
		}
		if err := f.Truncate(0); err != nil {
			return err
		}
	}
	return nil
}

// abandon leaves all files as they were before.
func (r *reporter) abandon() {
	r.progress.stop()
	for _, f := range r.files {
		f.Close()
		if !f.old {
			_ = os.Remove(f.path) // It is empty, and the mistake is told.
		}
	}
}

// forPrograms adds what reports for other programs tell beside findings: where the repository is,
// which rules there are, and for GitHub the summary of the step.
func (r *reporter) forPrograms(o report.Options, format string) (report.Options, error) {
	working, err := os.Getwd()
	if err != nil {
		return o, err
	}
	o.Root, o.Folder = checkout(format, working)
	for _, rule := range rules.All() {
		short, long, _ := strings.Cut(rule.Doc, "\n")
		o.Rules = append(o.Rules, report.RuleInfo{Code: rule.Code, Name: rule.Name, Severity: rule.Severity,
			Short: short, Long: strings.TrimSpace(long), Bad: rule.Bad, Good: rule.Good})
	}
	if path := os.Getenv("GITHUB_STEP_SUMMARY"); path != "" && format == "github" {
		file, err := r.open(path, os.O_APPEND)
		if err != nil {
			return o, err
		}
		o.Summary = file
	}
	return o, nil
}

// checkout is the folder that a format tells paths relative to, and the way from there to the working folder:
// where the CI system that reads the format says that the repository is, if that is above it, else the working folder.
func checkout(format, working string) (root, folder string) {
	where := map[string]string{"github": "GITHUB_WORKSPACE", "sarif": "GITHUB_WORKSPACE", "gitlab": "CI_PROJECT_DIR"}[format]
	if root = os.Getenv(where); root != "" && filepath.IsAbs(root) {
		if rel, err := filepath.Rel(root, working); err == nil && filepath.IsLocal(rel) {
			return root, filepath.ToSlash(rel)
		}
	}
	return working, "."
}

// observe prints one document's findings.
func (r *reporter) observe(d *pipeline.Document) {
	if r.watch != nil {
		r.watch(d)
	}
	for _, found := range d.Diagnostics {
		if found.Code == "IM009" && found.Severity == pipeline.Error {
			r.missed++
		}
	}
	if errors.Is(d.Failed, context.Canceled) || errors.Is(d.Failed, pipeline.ErrCarried) {
		return
	}
	r.progress.step()
	if err := r.begin(); err != nil {
		r.stop(&pipeline.StopError{Err: err})
		return
	}
	r.print(d)
}

func (r *reporter) print(d *pipeline.Document) {
	for _, p := range r.printers {
		if err := p.Print(d); err != nil {
			p.broken = true
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
	errs := []error{r.begin()}
	for _, p := range r.printers {
		if !p.broken {
			errs = append(errs, p.Close(), passOn(p.to))
		}
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
