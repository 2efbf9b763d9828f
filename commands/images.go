package commands

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
	"copydesk/pipeline/feed"
	"copydesk/pipeline/images"
	"copydesk/pipeline/report"
	"copydesk/pipeline/steps"
)

func imagesCommand(s Streams) *cli.Command {
	more := []cli.Flag{
		&cli.StringFlag{Name: "contact-sheet", Category: "Images", Usage: "write a page to `FILE` that shows every picture before and after"},
		&cli.BoolFlag{Name: "dry-run", Category: "Images", Usage: "write nothing, and print what would be made of each picture"},
		pruneFlag(), cacheFlag(),
	}
	return stepCommand(s, "images", more, func(c *cli.Context, f *shared, step pipeline.Step) error {
		list, dry := []pipeline.Step{step}, c.Bool("dry-run")
		if dry && (f.out.list || f.out.diff) {
			return usage("--dry-run tells of pictures, --list and --diff of articles, and they exclude each other")
		}
		if err := useCache(c, list); err != nil {
			return err
		}
		after, err := readPrune(c, f)
		if err != nil {
			return err
		}
		b := batch{command: "images", steps: list, pictures: true, assets: c.IsSet("assets")}
		watchPictures(&b, s, step.(*steps.Images), c.String("contact-sheet"), dry)
		err = runBatch(c.Context, s, f, b)
		if status := statusError(0); err != nil && (!errors.As(err, &status) || status == exitInterrupted) {
			return err
		}
		after.delete = after.delete && !dry
		if failed := after.run(c.Context, s, f, step.(*steps.Images).Options); failed != nil {
			return failed
		}
		return err
	})
}

// watchPictures has a batch show what becomes of pictures: on a contact sheet, if that is wished, and in a dry run
// on standard output.
func watchPictures(b *batch, s Streams, step *steps.Images, sheet string, dry bool) {
	if sheet == "" && !dry {
		return
	}
	step.KeepOutcomes()
	if sheet != "" {
		b.sheet = &contactSheet{path: sheet, step: step, dry: dry}
	}
	if dry {
		b.sink = feed.Discard()
	}
	b.watch = func(d *pipeline.Document) {
		outcomes := step.Outcomes(d)
		if b.sheet != nil {
			b.sheet.add(d, outcomes)
		}
		if dry {
			printOutcomes(s.Out, d, outcomes)
		}
	}
}

// printOutcomes prints a line for each picture that would be made; what can't be made is a finding.
func printOutcomes(w io.Writer, d *pipeline.Document, outcomes []images.Outcome) {
	lines := pipeline.NewLines(d.Source)
	for _, o := range outcomes {
		if len(o.Made) == 0 {
			continue
		}
		made := make([]string, len(o.Made))
		for i, m := range o.Made {
			made[i] = fmt.Sprintf("%s %s", m.Path, byteSize(int64(len(m.Data))))
		}
		at := lines.At(o.At.Start, pipeline.CodePoints)
		fmt.Fprintf(w, "%s:%d:%d: %s, %s %dx%d, %s -> %s\n", report.Quote(d.Name), at.Line, at.Column, report.Quote(o.URL),
			o.From.Format, o.From.W, o.From.H, byteSize(int64(o.From.Size)), strings.Join(made, ", "))
	}
}
