package commands

import (
	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
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
		&cli.BoolFlag{Name: "statistics", Category: groupReport, Usage: "count the findings by rule; list them only in reports that are asked for"},
	}
	return stepCommand(s, "lint", append(flags, changeFlags()...), func(c *cli.Context, f *shared, step pipeline.Step) error {
		lint := step.(*steps.Lint)
		failOn, err := readFailOn(c)
		if err != nil {
			return err
		}
		if err := f.readChanges(c, lint); err != nil {
			return err
		}
		b := batch{command: "lint", steps: []pipeline.Step{step}, lint: true, fix: lint.Fix, judged: true, failOn: failOn,
			maxWarnings: c.Int("max-warnings"), statistics: c.Bool("statistics"), record: c.Bool("write-baseline")}
		switch {
		case b.record && lint.Baseline == "":
			return usage("--write-baseline goes with --baseline FILE, the file to write")
		case b.record && (f.out.list || f.out.diff && !lint.Fix):
			return usage("--write-baseline writes what is found now, and --list and --diff show what would be")
		case f.out.write && !lint.Fix:
			return usage("lint writes files only to repair them: use --fix")
		case lint.UnsafeFixes && !lint.Fix && !f.out.list && !f.out.diff:
			return usage("--unsafe-fixes goes with --fix, --diff or --list")
		case f.out.list || f.out.diff:
			lint.Fix = true // To know what would change.
		}
		return runBatch(c.Context, s, f, b)
	})
}
