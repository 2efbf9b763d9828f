package commands

import (
	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
)

func imagesCommand(s Streams) *cli.Command {
	return stepCommand(s, "images", []cli.Flag{cacheFlag()}, func(c *cli.Context, f *shared, step pipeline.Step) error {
		list := []pipeline.Step{step}
		if err := useCache(c, list); err != nil {
			return err
		}
		return runBatch(c.Context, s, f, batch{command: "images", steps: list, pictures: true, assets: c.IsSet("assets")})
	})
}
