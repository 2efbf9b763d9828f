// Package commands is the command line: one file per command, which turns flags into an options
// struct and calls a function; and what all commands share: input, output, reports, exit status.
package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"syscall"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline/config"
	"copydesk/pipeline/report"
	"copydesk/pipeline/schema"
)

// Streams are the standard streams of the process.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Exit status, as every --help tells it.
const (
	exitDone        = 0
	exitFindings    = 1
	exitUsage       = 2
	exitFailures    = 3
	exitInterrupted = 130
)

// statusError ends the program with a status and says nothing more.
type statusError int

func (e statusError) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// usageError is a mistake on the command line or in a config: exit status 2, nothing was touched.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usage(format string, args ...any) error { return &usageError{fmt.Errorf(format, args...)} }

// Main runs the command that args name (args[0] is the program's name) and returns its exit status.
func Main(ctx context.Context, args []string, s Streams) int {
	if s.In != nil {
		s.In = &interruptible{ctx: ctx, in: s.In}
	}
	app := newApp(s, args)
	ordered, err := reorder(app, args)
	switch {
	case errors.Is(err, errHelp):
		err = help(app, args, s.Out)
	case err == nil:
		err = app.RunContext(ctx, ordered)
	}
	name, _ := commandOf(app, args)
	return status(err, name, s.Err)
}

// status says on w what an error means and gives the exit status for it.
func status(err error, command string, w io.Writer) int {
	var code statusError
	var wrong *usageError
	var mistake *config.Mistake
	var flaw *schema.Mistake
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.Is(err, syscall.EPIPE):
		return exitFailures // Whoever read the output has gone: nobody to tell.
	case errors.As(err, &mistake), errors.As(err, &flaw):
		fmt.Fprintln(w, err)
		return exitUsage
	case errors.As(err, &wrong):
		fmt.Fprintf(w, "%s: %v\nRun '%s --help' for how to use it.\n", command, err, command)
		return exitUsage
	default:
		fmt.Fprintf(w, "%s: %v\n", command, err)
		return exitFailures
	}
}

// newApp is what runs args: with the command that they name, or with all.
func newApp(s Streams, args []string) *cli.App {
	app := &cli.App{
		Name:            "copydesk",
		Usage:           "check, clean and convert articles: front matter, bodies and pictures",
		UsageText:       "copydesk COMMAND [flags] PATH...",
		Version:         version(),
		HideVersion:     true, // The library's -v would take --verbose's letter.
		HideHelpCommand: true,
		Writer:          s.Out, ErrWriter: s.Err,
		DisableSliceFlagSeparator: true, // Commas stand in file names.
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError:              func(_ *cli.Context, err error, _ bool) error { return &usageError{err} },
		Flags:                     []cli.Flag{&cli.BoolFlag{Name: "version", Usage: "print the version"}},
		HideHelp:                  true,
		Commands:                  commandsFor(s, args),
		Action: func(c *cli.Context) error {
			if c.Bool("version") {
				fmt.Fprintln(s.Out, "copydesk", version())
				return nil
			}
			if c.Args().Present() {
				return unknownCommand(c.App.Commands, c.Args().First())
			}
			writeAppHelp(s.Err, c.App)
			return statusError(exitUsage)
		},
	}
	return app
}

// A maker makes the command of a name.
type maker struct {
	name    string
	command func(Streams) *cli.Command
}

// commandsFor makes the command that args name: all of them have so many flags that making them would take a tenth of the
// time of a run over one article. Where args name none, it makes all.
func commandsFor(s Streams, args []string) []*cli.Command {
	makers := []maker{
		{"lint", lintCommand}, {"sanitize", sanitizeCommand}, {"images", imagesCommand}, {"convert", convertCommand},
		{"run", runCommand}, {"rules", rulesCommand}, {"steps", stepsCommand}, {"schema", schemaCommand},
		{"config", configCommand}, {"init", initCommand},
	}
	if len(args) > 1 {
		if i := slices.IndexFunc(makers, func(m maker) bool { return m.name == args[1] }); i >= 0 {
			makers = makers[i : i+1]
		}
	}
	var made []*cli.Command
	for _, m := range makers {
		made = append(made, m.command(s))
	}
	return made
}

// help prints the help of the command that args name.
func help(app *cli.App, args []string, w io.Writer) error {
	if name, c := commandOf(app, args); c != nil {
		writeHelp(w, name, c)
	} else {
		writeAppHelp(w, app)
	}
	return nil
}

func unknownCommand(known []*cli.Command, name string) error {
	names := make([]string, 0, len(known))
	for _, c := range known {
		names = append(names, c.Names()...)
	}
	return usage("unknown command %q%s", name, didYouMean(name, names))
}

// didYouMean is the end of a message about an unknown word.
func didYouMean(word string, known []string) string {
	if near := report.Suggest(word, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
