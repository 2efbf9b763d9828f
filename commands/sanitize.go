package commands

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
)

func sanitizeCommand(s Streams) *cli.Command {
	show := &cli.StringFlag{Name: "show-policy", Category: "Sanitize", Usage: "only print the policy `NAME` as YAML, to begin one of your own with in copydesk.yaml"}
	c := stepCommand(s, "sanitize", []cli.Flag{show, stagedFlag("--write")}, func(c *cli.Context, f *shared, step pipeline.Step) error {
		if err := f.readChanges(c, nil); err != nil {
			return err
		}
		return runBatch(c.Context, s, f, batch{command: "sanitize", steps: []pipeline.Step{step}})
	})
	c.UsageText += "\n   copydesk sanitize --show-policy NAME"
	clean := c.Action
	c.Action = func(c *cli.Context) error {
		if c.IsSet(show.Name) {
			return showPolicy(c, s, c.String(show.Name))
		}
		return clean(c)
	}
	return c
}

// showPolicy prints a policy as copydesk.yaml would define it.
func showPolicy(c *cli.Context, s Streams, name string) error {
	if c.NArg() > 0 {
		return usage("--show-policy takes no PATH")
	}
	loaded, err := readConfig(c, ".")
	if err != nil {
		return err
	}
	text, err := loaded.Policies().Show(name)
	if err != nil {
		return &usageError{err}
	}
	_, err = fmt.Fprint(s.Out, text)
	return err
}
