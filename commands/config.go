package commands

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline/article"
	"copydesk/pipeline/config"
	"copydesk/pipeline/report"
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

func schemaCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "schema", Usage: "print a JSON Schema that copydesk knows",
		UsageText:    "copydesk schema show [NAME]",
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action:       func(c *cli.Context) error { return usage("name what to do: show") },
		Subcommands: []*cli.Command{{
			Name: "show", Usage: "print a schema: article (a JSON article), config (copydesk.yaml) or findings (--report json); without a name, list them",
			UsageText:    "copydesk schema show [NAME]",
			HideHelp:     true,
			OnUsageError: onUsageError,
			Action: func(c *cli.Context) error {
				switch name := c.Args().First(); name {
				case "":
					fmt.Fprintln(s.Out, "article   an article as JSON, one line of a stream\nconfig    copydesk.yaml\nfindings  what --report json prints, and each line of --report jsonl")
				case "article":
					_, err := s.Out.Write(article.Schema())
					return err
				case "config":
					_, err := s.Out.Write(config.Schema())
					return err
				case "findings":
					_, err := s.Out.Write(report.Schema())
					return err
				default:
					return usage("unknown schema %q%s", name, didYouMean(name, []string{"article", "config", "findings"}))
				}
				return nil
			},
		}},
	}
}
