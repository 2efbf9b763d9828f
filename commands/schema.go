package commands

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline/article"
	"copydesk/pipeline/config"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
	"copydesk/pipeline/schema"
)

func schemaCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "schema", Usage: "make a JSON Schema of front matter from articles, check one, print one that is built in",
		UsageText:    "copydesk schema infer PATH...\n       copydesk schema check FILE...\n       copydesk schema show [NAME]",
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action:       func(*cli.Context) error { return usage("name what to do: infer, check or show") },
		Subcommands:  []*cli.Command{inferCommand(s), checkSchemaCommand(s), showSchemaCommand(s)},
	}
}

func checkSchemaCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "check", Usage: "tell what is wrong with a JSON Schema, each mistake with its place",
		UsageText: "copydesk schema check FILE...",
		Description: `FILE is a JSON Schema of draft 4 to 2020-12, in JSON or YAML. What it refers to is read from
the folder of the file and the folders in it; nothing is fetched from a network.`,
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action: func(c *cli.Context) error {
			if !c.Args().Present() {
				return usage("name the schemas to check")
			}
			var errs []error
			for _, path := range c.Args().Slice() {
				errs = append(errs, checkSchema(path, s.Out))
			}
			return errors.Join(errs...)
		},
	}
}

// checkSchema says on w what there is in a schema. Its error joins the mistakes in it.
func checkSchema(path string, w io.Writer) error {
	loader, err := schema.NewLoader(filepath.Dir(path))
	if err != nil {
		return err
	}
	checked, err := loader.File(filepath.Base(path))
	if err != nil {
		return err
	}
	if err := loader.Misspelt(checked); err != nil {
		return err
	}
	properties := "1 property"
	if n := checked.Keys(); n != 1 {
		properties = fmt.Sprintf("%d properties", n)
	}
	fmt.Fprintf(w, "%s: no mistakes; draft %s, %s\n", path, checked.Draft(), properties)
	return nil
}

// A shown schema is one that schema show prints.
type shown struct {
	name, about string
	text        func() ([]byte, error)
}

// shownSchemas are the schemas that are built in: of front matter first, then copydesk's own.
func shownSchemas() []shown {
	var list []shown
	for _, name := range schema.Builtins() {
		list = append(list, shown{name, aboutBuiltin(name), func() ([]byte, error) { return schema.BuiltinText(name) }})
	}
	own := func(text []byte) func() ([]byte, error) { return func() ([]byte, error) { return text, nil } }
	return append(list,
		shown{"article", "an article as JSON, one line of a stream", own(article.Schema())},
		shown{"config", config.FileName, own(config.Schema())},
		shown{"findings", "what --report json prints, and each line of --report jsonl", own(report.Schema())})
}

// aboutBuiltin is what a built-in schema says of itself in its title.
func aboutBuiltin(name string) string {
	text, err := schema.BuiltinText(name)
	if err != nil {
		return ""
	}
	root, _ := matter.Parse(text, matter.JSON)
	return root.Get("title").Text()
}

func showSchemaCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "show", Usage: "print a schema that is built in; without a name, list them",
		UsageText: "copydesk schema show [NAME]",
		Description: `A schema of front matter that is printed here is one to start from: save it, change it, and map
it to articles in copydesk.yaml.`,
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action: func(c *cli.Context) error {
			if c.NArg() > 1 {
				return usage("name one schema, not %d", c.NArg())
			}
			name, list := c.Args().First(), shownSchemas()
			names := make([]string, len(list))
			for i, one := range list {
				names[i] = one.name
				if name == "" {
					fmt.Fprintf(s.Out, "%-9s %s\n", one.name, one.about)
				}
				if name == one.name {
					text, err := one.text()
					if err != nil {
						return err
					}
					_, err = s.Out.Write(text)
					return err
				}
			}
			if name != "" {
				return usage("unknown schema %q%s", name, didYouMean(name, names))
			}
			return nil
		},
	}
}
