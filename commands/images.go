package commands

import (
	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
)

func imagesCommand(s Streams) *cli.Command {
	return stepCommand(s, "images", nil, func(c *cli.Context, f *shared, step pipeline.Step) error {
		return runBatch(c.Context, s, f, batch{command: "images", steps: []pipeline.Step{step}, pictures: true, assets: c.IsSet("assets")})
	})
}
