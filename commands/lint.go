package commands

import (
	"strings"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/steps"
)

func failOnFlag(value string) cli.Flag {
	return &cli.StringFlag{Name: "fail-on", Category: groupReport, Value: value, EnvVars: env("fail-on"),
		Usage: "exit 1 when findings of `SEVERITY` or above remain: error, warning, info or never"}
}

// never is a severity that nothing has.
const never = pipeline.Error + 1

func readFailOn(c *cli.Context) (pipeline.Severity, error) {
	value := c.String("fail-on")
	if err := oneOf("fail-on", value, []string{"error", "warning", "info", "never"}); err != nil {
		return 0, err
	}
	if value == "never" {
		return never, nil
	}
	return pipeline.ParseSeverity(value)
}

func lintCommand(s Streams) *cli.Command {
	flags := []cli.Flag{
		failOnFlag("error"),
		&cli.IntFlag{Name: "max-warnings", Category: groupReport, Value: -1, EnvVars: env("max-warnings"), Usage: "exit 1 when more than `N` warnings remain, too"},
		&cli.BoolFlag{Name: "write-baseline", Category: "Lint", Usage: "write all findings to the file of --baseline: they are known from then on"},
		&cli.BoolFlag{Name: "add-ignore", Category: "Lint", Usage: "add comments that suppress what is found (see with --diff first)"},
		&cli.StringFlag{Name: "reason", Category: "Lint", Usage: "the `TEXT` that --add-ignore gives as the reason"},
		&cli.BoolFlag{Name: "statistics", Category: groupReport, Usage: "count the findings by rule; list them only in reports that are asked for"},
	}
	return stepCommand(s, "lint", append(flags, changeFlags()...), func(c *cli.Context, f *shared, step pipeline.Step) error {
		if err := f.readChanges(c, step.(*steps.Lint)); err != nil {
			return err
		}
		b, err := lintBatch(c, f, step.(*steps.Lint))
		if err != nil {
			return err
		}
		return runBatch(c.Context, s, f, b)
	})
}

// lintBatch reads what only lint has, and refuses what does not go together.
func lintBatch(c *cli.Context, f *shared, step *steps.Lint) (batch, error) {
	failOn, err := readFailOn(c)
	if err != nil {
		return batch{}, err
	}
	preview := f.out.list || f.out.diff
	b := batch{command: "lint", steps: []pipeline.Step{step}, lint: true, fix: step.Fix, judged: true, failOn: failOn,
		maxWarnings: c.Int("max-warnings"), statistics: c.Bool("statistics"), record: c.Bool("write-baseline")}
	switch ignore := c.Bool("add-ignore"); {
	case b.record && step.Baseline == "":
		return b, usage("--write-baseline goes with --baseline FILE, the file to write")
	case b.record && preview && !step.Fix:
		return b, usage("--write-baseline writes what is found now, and --list and --diff show what would be")
	case c.IsSet("reason") && !ignore:
		return b, usage("--reason goes with --add-ignore")
	case step.UnsafeFixes && !step.Fix && (ignore || !preview):
		return b, usage("--unsafe-fixes goes with --fix, --diff or --list")
	case ignore && f.changes != nil:
		return b, usage("--add-ignore is for whole files, and goes with neither --changed-since nor --staged")
	case ignore:
		if err := lint.ReasonFault(c.String("reason")); err != nil {
			return b, usage("--reason: %v", err)
		}
		step.AddIgnore(strings.TrimSpace(c.String("reason")))
		b.ignore, b.fix = !step.Fix, b.fix || !preview
	case f.out.write && !step.Fix:
		return b, usage("lint writes files only to repair them: use --fix")
	case preview:
		step.Fix = true // To know what would change.
	}
	return b, nil
}
