package commands

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline/config"
)

func configCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "config", Usage: "check copydesk.yaml, or print its JSON Schema",
		UsageText:    "copydesk config check [FILE...]\n       copydesk config schema",
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action:       func(c *cli.Context) error { return usage("name what to do: check or schema") },
		Subcommands: []*cli.Command{
			{
				Name: "check", Usage: "tell what is wrong with a config file, each mistake with its place",
				UsageText:    "copydesk config check [FILE...]",
				HideHelp:     true,
				OnUsageError: onUsageError,
				Action:       func(c *cli.Context) error { return checkConfig(c, s) },
			},
			{
				Name: "schema", Usage: "print the JSON Schema of copydesk.yaml",
				UsageText:    "copydesk config schema",
				HideHelp:     true,
				OnUsageError: onUsageError,
				Action: func(*cli.Context) error {
					_, err := s.Out.Write(config.Schema())
					return err
				},
			},
		},
	}
}

func checkConfig(c *cli.Context, s Streams) error {
	paths := c.Args().Slice()
	if len(paths) == 0 {
		path, err := config.Find(".")
		if err != nil {
			return err
		}
		if path == "" {
			return usage("no %s here or in a folder above", config.FileName)
		}
		paths = []string{path}
	}
	var errs []error
	for _, path := range paths {
		loaded, err := config.Load(path)
		if err == nil {
			_, err = loaded.Schemas()
		}
		if err != nil {
			errs = append(errs, err)
			continue
		}
		fmt.Fprintf(s.Out, "%s: no mistakes; %s\n", path, count(len(loaded.Pipelines), "pipeline"))
	}
	return errors.Join(errs...)
}
