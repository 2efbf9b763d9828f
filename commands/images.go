package commands

import (
	"errors"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
	"copydesk/pipeline/steps"
)

func imagesCommand(s Streams) *cli.Command {
	return stepCommand(s, "images", []cli.Flag{pruneFlag(), cacheFlag()}, func(c *cli.Context, f *shared, step pipeline.Step) error {
		list := []pipeline.Step{step}
		if err := useCache(c, list); err != nil {
			return err
		}
		after, err := readPrune(c, f)
		if err != nil {
			return err
		}
		err = runBatch(c.Context, s, f, batch{command: "images", steps: list, pictures: true, assets: c.IsSet("assets")})
		if status := statusError(0); err != nil && (!errors.As(err, &status) || status == exitInterrupted) {
			return err
		}
		if failed := after.run(c.Context, s, f, step.(*steps.Images).Options); failed != nil {
			return failed
		}
		return err
	})
}
