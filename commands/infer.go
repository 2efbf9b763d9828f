package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
	"copydesk/pipeline/lint/rules"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"
)

func inferCommand(s Streams) *cli.Command {
	defaults := schema.DefaultInferOptions()
	flags := []cli.Flag{
		&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Category: "Schema", Usage: "write the schema to `FILE` (standard output)"},
		&cli.BoolFlag{Name: "closed", Category: "Schema", Usage: "forbid keys that no article has"},
		&cli.IntFlag{Name: "max-enum", Category: "Schema", Value: defaults.MaxEnum,
			Usage: fmt.Sprintf("take texts for an enumeration up to `N` values, 0 for none (%d)", defaults.MaxEnum)},
		&cli.IntFlag{Name: "required", Category: "Schema", Value: defaults.Required,
			Usage: fmt.Sprintf("require keys that `PERCENT` of the articles have, 0 for none (%d); below 100, articles that lack them are findings", defaults.Required)},
	}
	return &cli.Command{
		Name: "infer", Usage: "write a JSON Schema of the front matter of articles",
		UsageText: "copydesk schema infer [flags] PATH...",
		Description: `The schema (draft 2020-12) accepts each article that it was made from. It says which keys there are
and which of them are in all articles, the types of their values, formats, the values of keys that
have few, and in $comment what was counted: how often each stands, which layouts dates have, which values.
A key has an enumeration if its texts are words, were seen ten times, repeat four times on the average,
and one in four at the most was seen only once. Up to 500 keys of a mapping and 2,000 in all are
described, whatever the size of the archive; more are accepted as they are. Articles without front
matter, or with one that can't be read, are left out and counted.`,
		Flags:        append(flags, withoutOutput(batchFlags())...),
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action: func(c *cli.Context) error {
			o := schema.InferOptions{Closed: c.Bool("closed"), MaxEnum: c.Int("max-enum"), Required: c.Int("required")}
			if o.MaxEnum < 0 || o.MaxEnum > schema.MaxEnum {
				return usage("--max-enum is a number from 0 to %d, not %d", schema.MaxEnum, o.MaxEnum)
			}
			if o.Required < 0 || o.Required > 100 {
				return usage("--required is a percentage from 0 to 100, not %d", o.Required)
			}
			f, err := readShared(c, s, c.Args().Slice())
			if err != nil {
				return err
			}
			learner := &learner{options: o, out: s.Out}
			if err := learner.open(f.out.to); err != nil {
				return &usageError{err}
			}
			f.out = outputFlags{}
			defer learner.discard()
			return runBatch(c.Context, s, f, batch{command: "schema infer", steps: []pipeline.Step{readMatter{ruleCodes()}}, sink: learner, sumUp: learner.sumUp})
		},
	}
}

// withoutOutput leaves out the flags that say where articles go.
func withoutOutput(flags []cli.Flag) []cli.Flag {
	return slices.DeleteFunc(flags, func(f cli.Flag) bool {
		c, ok := f.(cli.CategorizableFlag)
		return ok && c.GetCategory() == groupOutput
	})
}

// readMatter is the step that parses front matter, of several articles at once, and says where it can't be read.
type readMatter struct{ codes map[string]string }

// ruleCodes are the codes of rules by their names.
func ruleCodes() map[string]string {
	codes := map[string]string{}
	for _, r := range rules.All() {
		codes[r.Name] = r.Code
	}
	return codes
}

// Name is the step's name.
func (readMatter) Name() string { return "infer" }

// Apply reads the front matter.
func (r readMatter) Apply(_ context.Context, d *pipeline.Document) error {
	f := broken(matter.Of(d))
	if f == nil {
		return nil
	}
	rule := string(f.Kind)
	if r.codes[rule] == "" {
		rule = string(matter.Syntax)
	}
	d.Report(pipeline.Diagnostic{Span: f.Span, Severity: pipeline.Warning, Code: r.codes[rule], Rule: rule,
		Message: f.Message + "; the article is left out"})
	return nil
}

// broken is the fault that keeps front matter from being read as a mapping, or nil.
func broken(m *matter.Matter) *matter.Fault {
	for i, f := range m.Faults {
		if f.Unreadable() || f.Kind == matter.Unclosed && m.Lost || f.Kind == matter.NotMapping && !f.Prose {
			return &m.Faults[i]
		}
	}
	return nil
}

// A learner is the sink that makes a schema of what comes to it, in the order of the source.
type learner struct {
	options schema.InferOptions
	out     io.Writer
	file    *files.Pending // that the schema goes to; nil for out

	inference schema.Inference
	without   int // articles that have no front matter
	broken    int // articles whose front matter can't be read
}

// Write learns from one article.
func (l *learner) Write(_ context.Context, d *pipeline.Document) error {
	if d.Failed != nil {
		return nil
	}
	switch m := matter.Of(d); {
	case l.inference.Add(m):
	case broken(m) != nil:
		l.broken++
	default:
		l.without++
	}
	return nil
}

// open begins the file that the schema goes to, so that one which can't be written is told of before the work.
func (l *learner) open(path string) (err error) {
	if path != "" && path != "-" {
		l.file, err = files.Create(path)
	}
	return err
}

// discard leaves no trace of a file that was not finished.
func (l *learner) discard() {
	if l.file != nil {
		_ = l.file.Abort() // It is an empty file of a run that has failed already.
	}
}

// Close writes the schema.
func (l *learner) Close() error {
	if l.inference.Articles() == 0 {
		return errors.New("no article has front matter to learn from, so there is no schema")
	}
	text := l.inference.Schema(l.options)
	if l.file == nil {
		_, err := l.out.Write(text)
		return err
	}
	if _, err := l.file.Write(text); err != nil {
		return err
	}
	file := l.file
	l.file = nil
	return file.Commit()
}

// Abort leaves no schema: one of a part of the articles would promise too much.
func (l *learner) Abort() error { return nil }

// sumUp says what was learned, and from how many articles.
func (l *learner) sumUp(sum pipeline.Summary) string {
	parts := []string{count(sum.Documents, "article")}
	if n := l.inference.Keys(); n > 0 {
		parts[0] = count(n, "key") + " in " + parts[0]
	}
	if l.without > 0 {
		parts = append(parts, fmt.Sprintf("%d without front matter", l.without))
	}
	if l.broken > 0 {
		parts = append(parts, fmt.Sprintf("%d whose front matter can't be read", l.broken))
	}
	return strings.Join(parts, ", ")
}
