package commands

import (
	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
	"copydesk/pipeline/fetch"
	"copydesk/pipeline/steps"
)

func cacheFlag() cli.Flag {
	return &cli.StringFlag{Name: "cache-dir", Category: groupRun, EnvVars: env("cache-dir"), Usage: "keep downloads for later runs in `DIR` (copydesk in the user's folder of caches)"}
}

// useCache gives the steps that download something the folder in which it is kept between runs.
func useCache(c *cli.Context, list []pipeline.Step) (err error) {
	folder := c.String("cache-dir")
	for _, step := range list {
		p, ok := step.(*steps.Images)
		if !ok || !p.Fetch || c.Bool("no-cache") {
			continue
		}
		if folder == "" {
			if folder, err = fetch.DefaultFolder(); err != nil {
				return usage("%w", err)
			}
		}
		p.UseCache(folder)
	}
	return nil
}
