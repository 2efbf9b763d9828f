package commands

import (
	"strings"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
	"copydesk/pipeline/steps"
)

func runCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "run", Usage: "several steps in one pass: a named pipeline of copydesk.yaml, or steps named here",
		UsageText: "copydesk run [flags] NAME PATH...\n   copydesk run --step STEP [--step STEP...] [flags] PATH...",
		Description: `Each article goes through all steps before it is written, and findings are told in the order of
the articles. A STEP is a name, with options behind it: --step 'images widths=320,640'.
"copydesk steps" lists the steps and their options.`,
		Flags: append([]cli.Flag{
			&cli.StringSliceFlag{Name: "step", Category: "Steps", Usage: "do `STEP`, a name with options behind it (repeatable, in order)"},
			&cli.StringFlag{Name: "assets", Category: "Steps", EnvVars: env("assets"), Usage: "`FOLDER` for the pictures that the step images makes"},
			failOnFlag("never"),
			&cli.BoolFlag{Name: "fetch", Category: "Steps", Usage: "have the step images download pictures of other hosts (its other options go to --step)"},
			cacheFlag(),
		}, batchFlags()...),
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action: func(c *cli.Context) error {
			paths, name := c.Args().Slice(), ""
			chain := c.StringSlice("step")
			if len(chain) == 0 {
				if len(paths) == 0 {
					return usage("name a pipeline of copydesk.yaml, or steps with --step")
				}
				name, paths = paths[0], paths[1:]
			}
			f, err := readShared(c, s, paths)
			if err != nil {
				return err
			}
			list, err := runSteps(f, name, chain)
			if err != nil {
				return &usageError{err}
			}
			if err := setAssets(list, c.String("assets")); err != nil {
				return err
			}
			if err := setFetch(c, list); err != nil {
				return err
			}
			failOn, err := readFailOn(c)
			if err != nil {
				return err
			}
			return runBatch(c.Context, s, f, batch{command: "run", steps: list, judged: true, failOn: failOn, maxWarnings: -1,
				pictures: hasStep(list, "images"), assets: c.IsSet("assets") || strings.Contains(strings.Join(chain, " "), " assets=")})
		},
	}
}

// runSteps makes the steps of a named pipeline or of a chain.
func runSteps(f *shared, name string, chain []string) ([]pipeline.Step, error) {
	if name != "" {
		return f.config.Pipeline(name)
	}
	var list []pipeline.Step
	for _, text := range chain {
		step, err := f.config.ParseStep(text)
		if err != nil {
			return nil, err
		}
		list = append(list, step)
	}
	return list, nil
}

func hasStep(list []pipeline.Step, name string) bool {
	for _, s := range list {
		if s.Name() == name {
			return true
		}
	}
	return false
}

// setAssets gives the images steps another folder for pictures.
func setAssets(list []pipeline.Step, folder string) error {
	if folder == "" {
		return nil
	}
	found := false
	for _, s := range list {
		if p, ok := s.(*steps.Images); ok {
			p.Assets, found = folder, true
		}
	}
	if !found {
		return usage("--assets is for the step images, which is not among these")
	}
	return nil
}

// setFetch lets the images steps download, which no config can.
func setFetch(c *cli.Context, list []pipeline.Step) error {
	if c.Bool("fetch") {
		if !hasStep(list, "images") {
			return usage("--fetch is for the step images, which is not among these")
		}
		for _, s := range list {
			if p, ok := s.(*steps.Images); ok {
				p.Fetch = true
			}
		}
	}
	return useCache(c, list)
}
