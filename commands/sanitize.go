package commands

import (
	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
)

func sanitizeCommand(s Streams) *cli.Command {
	return stepCommand(s, "sanitize", []cli.Flag{stagedFlag("--write")}, func(c *cli.Context, f *shared, step pipeline.Step) error {
		if err := f.readChanges(c, nil); err != nil {
			return err
		}
		return runBatch(c.Context, s, f, batch{command: "sanitize", steps: []pipeline.Step{step}})
	})
}
