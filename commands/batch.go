package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"copydesk/pipeline"
	"copydesk/pipeline/feed"
	"copydesk/pipeline/memory"
	"copydesk/pipeline/report"
	"copydesk/pipeline/steps"
)

// batch is what a command asks of the engine.
type batch struct {
	command string
	steps   []pipeline.Step
	lint    bool              // findings are the product
	fix     bool              // files are repaired
	judged  bool              // findings decide on the exit status:
	failOn  pipeline.Severity // those of this severity or above
	// maxWarnings is how many warnings are let pass where failOn is above them; below 0: any number.
	maxWarnings int
	statistics  bool // findings are counted, and listed only in reports that are asked for
	reports     []reportSpec
	record      bool // the baseline is written
	ignore      bool // suppressions are added, and nothing is repaired
	pictures    bool // assets are made
	assets      bool // the user says where they go
	carry       feed.Carry
	strict      bool // a loss is exit status 1
	converts    bool // all documents are written in another format

	sheet *contactSheet            // of pictures; nil without
	watch func(*pipeline.Document) // sees each document at its end, in source order; nil for nobody
	// sink, where it is set, takes all documents, whatever the output flags say; sumUp then says in one line
	// what the run did.
	sink  pipeline.Sink
	sumUp func(pipeline.Summary) string
}

// runBatch takes articles through steps: the one engine of all batch commands. Its error carries the exit status.
func runBatch(ctx context.Context, s Streams, f *shared, b batch) error {
	var err error
	if b.reports, err = reportSpecs(f, b, s); err != nil {
		return err
	}
	input, err := f.changes.open(ctx, f.in.paths, s.In, feed.Options{
		From: pipeline.Format(f.in.from), Output: f.out.folder(), Exclude: f.in.exclude, ForceExclude: f.in.forceExclude, ShowSkipped: f.in.showFiles,
		StdinName: f.in.stdinName, Encoding: f.in.encoding, MaxSize: f.in.maxSize,
		Reports:     append(reportFiles(b.reports), b.sheet.files()...),
		TellSkipped: b.lint && f.out.to == "",
	})
	if err != nil {
		return &usageError{err}
	}
	if err := spare(b.reports, input); err != nil {
		return err
	}
	out, err := chooseOutput(f.out, b, input, s)
	if err != nil {
		return err
	}
	for _, step := range b.steps {
		switch step := step.(type) {
		case *steps.Lint:
			step.UseBaseline(steps.BaselineUse{Record: b.record, Prune: out.inPlace || out.changes != nil, Named: input.Named})
		case *steps.Images:
			step.AtOnce(f.jobs)
		}
	}
	defer runtime.KeepAlive(memory.Tune(b.work(input, f.in.paths)))
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	seen, err := newReporter(f, b, out, s, startProgress(ctx, f.bar, s.Err, input))
	if err != nil {
		return err
	}
	if err := b.sheet.begin(f, input); err != nil {
		seen.abandon()
		return errors.Join(err, abort(out.sink))
	}
	seen.stop = cancel
	sum, err := pipeline.Run(ctx, input, b.steps, out.sink, pipeline.Options{
		Jobs: f.jobs, TimeLimit: f.timeLimit, MaxFailures: f.maxFailures, Observe: seen.observe,
	})
	if wrong := (*pipeline.PrepareError)(nil); errors.As(err, &wrong) {
		seen.abandon()
		return errors.Join(&usageError{wrong}, b.sheet.end(err))
	}
	err = errors.Join(err, seen.close())
	err = errors.Join(err, b.sheet.end(err))
	if f.in.showFiles && !f.quiet {
		for _, skip := range input.Skipped() {
			fmt.Fprintf(s.Err, "left out %s: %s\n", report.Quote(skip.Path), skip.Reason)
		}
	}
	if errors.Is(err, context.Canceled) && !f.quiet {
		fmt.Fprint(s.Err, "interrupted; ")
	}
	f.tellLeft(s.Err, out)
	if !f.quiet && !errors.Is(err, syscall.EPIPE) && (sum.Documents > 0 || !f.changes.mayBeNone()) {
		summarize(s.Err, b, out, sum, skippedFiles(input))
	}
	return outcome(err, b, out, sum, seen.missed)
}

// skippedFiles counts what was left out of a walk.
func skippedFiles(in *feed.Input) (n int) {
	for _, c := range in.SkipCounts() {
		n += c.Number
	}
	return n
}

// work is what the batch has to do with what is read from the paths.
func (b batch) work(in *feed.Input, paths []string) memory.Work {
	switch {
	case b.pictures:
		return memory.Pictures
	case !single(in):
		return memory.Articles
	case isSmall(paths):
		return memory.OneArticle
	case b.lint && !b.fix:
		return memory.LargeArticle
	}
	return memory.LargeEdit
}

// isSmall tells of one path that it leads to an article whose memory needs no care.
func isSmall(paths []string) bool {
	if len(paths) != 1 {
		return false
	}
	info, err := os.Stat(paths[0])
	return err == nil && info.Size() <= 32<<10
}

// outcome turns the end of a run into an exit status.
func outcome(err error, b batch, out *output, sum pipeline.Summary, missed int) error {
	switch {
	case errors.Is(err, syscall.EPIPE):
		return statusError(exitFailures) // Whoever read the output has gone: nobody to tell.
	case errors.Is(err, context.Canceled):
		return statusError(exitInterrupted)
	case err != nil:
		return err
	case sum.Failed > 0 || missed > 0 || sum.Carried > 0 && !out.stream:
		return statusError(exitFailures)
	case out.changes != nil && !b.fix && out.changes() > 0:
		return statusError(exitFindings)
	}
	if b.strict && lossy(b.steps) > 0 {
		return statusError(exitFindings)
	}
	for severity := b.failOn; b.judged && out.changes == nil && severity < never; severity++ {
		if sum.Found[severity] > 0 {
			return statusError(exitFindings)
		}
	}
	if b.judged && out.changes == nil && b.maxWarnings >= 0 && sum.Found[pipeline.Warning] > b.maxWarnings {
		return statusError(exitFindings)
	}
	return nil
}

// summarize says in one line what a run did, and nothing when there is nothing to say.
func summarize(w io.Writer, b batch, out *output, sum pipeline.Summary, skipped int) {
	articles := count(sum.Documents, "article")
	var parts []string
	switch {
	case b.sumUp != nil && sum.Documents > 0:
		fmt.Fprintln(w, joinNotEmpty(", ", b.sumUp(sum), failed(sum)))
	case sum.Documents == 0:
		line := "0 articles: nothing was done"
		if skipped > 0 {
			line += fmt.Sprintf("; %s left out, --show-files says why", count(skipped, "file"))
		}
		fmt.Fprintln(w, line)
		return
	case b.lint:
		for severity := pipeline.Error; severity >= pipeline.Info; severity-- {
			if n := sum.Found[severity]; n > 0 {
				parts = append(parts, count(n, severity.String()))
			}
		}
		known := lintNotes(b.steps, out.changes != nil && !b.fix)
		if len(parts) == 0 && sum.Failed == 0 && sum.Changed == 0 && known == nil {
			return
		}
		line := strings.Join(parts, ", ") + " in " + articles
		if len(parts) == 0 {
			line = articles
		}
		var more []string
		if sum.Fixable > 0 && !b.fix && out.changes == nil {
			more = append(more, fmt.Sprintf("%d can be fixed with --fix", sum.Fixable))
		}
		switch {
		case b.ignore:
		case sum.Changed > 0 && out.changes != nil:
			more = append(more, fmt.Sprintf("%d would be repaired", sum.Changed))
		case sum.Changed > 0:
			more = append(more, fmt.Sprintf("%d repaired", sum.Changed))
		}
		fmt.Fprintln(w, joinNotEmpty("; ", line, strings.Join(more, ", "), strings.Join(known, "; "), failed(sum)))
	case b.converts && (sum.Documents > 1 || sum.Failed > 0):
		fmt.Fprintln(w, converted(b, out, sum))
	case sum.Documents > 1 || sum.Failed > 0 || pictures(b.steps) != nil:
		if sum.Changed > 0 {
			parts = append(parts, fmt.Sprintf("%d changed", sum.Changed))
		}
		if sum.Dropped > 0 {
			parts = append(parts, fmt.Sprintf("%d dropped", sum.Dropped))
		}
		parts = append(parts, removed(b.steps)...)
		parts = append(parts, pictures(b.steps)...)
		parts = append(parts, lintNotes(b.steps, false)...)
		fmt.Fprintln(w, joinNotEmpty(", ", articles, strings.Join(parts, ", "), failed(sum)))
	}
}

// lintNotes says what was ignored, and what became of the baselines of a run.
func lintNotes(list []pipeline.Step, preview bool) (parts []string) {
	for _, step := range list {
		l, ok := step.(*steps.Lint)
		if !ok {
			continue
		}
		if n := l.Ignored(); n > 0 {
			how := " ignored from now on"
			if preview {
				how = " would be ignored"
			}
			parts = append(parts, count(n, "finding")+how)
		}
		switch r := l.BaselineResult(); {
		case r.Wrote:
			parts = append(parts, fmt.Sprintf("wrote %s in %s to %s", count(r.Findings, "known finding"), count(r.Articles, "article"), report.Quote(r.Path)))
		case r.LeftOut > 0:
			parts = append(parts, fmt.Sprintf("%s left out by %s", count(r.LeftOut, "known finding"), report.Quote(r.Path)))
		}
	}
	return parts
}

// removed tells what the steps sanitize among those given repaired and took away.
func removed(list []pipeline.Step) (parts []string) {
	for _, step := range list {
		c, ok := step.(*steps.Sanitize)
		if !ok {
			continue
		}
		if n := c.Repaired(); n > 0 {
			parts = append(parts, count(int(n), "repair"))
		}
		if c.Removed().String() != "" {
			parts = append(parts, c.Removed().String()+" removed")
		}
	}
	return parts
}

func failed(sum pipeline.Summary) string {
	if sum.Failed == 0 {
		return ""
	}
	return grouped(sum.Failed) + " failed"
}

func joinNotEmpty(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// count is a number with its noun: "1 article", "3 articles".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return grouped(n) + " " + noun
}

// grouped is a number with commas between its thousands.
func grouped(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
