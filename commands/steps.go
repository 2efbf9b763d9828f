package commands

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
	"copydesk/pipeline/config"
	"copydesk/pipeline/steps"
)

func stepsCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "steps", Usage: "list the steps of a pipeline; with a name: its documentation and options",
		UsageText:    "copydesk steps [--json] [STEP]",
		Flags:        []cli.Flag{&cli.BoolFlag{Name: "json", Usage: "print one JSON array"}},
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action: func(c *cli.Context) error {
			list := steps.All()
			if c.NArg() > 0 {
				list = nil
				for _, name := range c.Args().Slice() {
					if _, err := (*config.Config)(nil).NewStep(name); err != nil {
						return &usageError{err}
					}
					list = append(list, stepSpec(name))
				}
			}
			if c.Bool("json") {
				return printStepsJSON(s.Out, list)
			}
			for _, spec := range list {
				if c.NArg() > 0 {
					printStep(s.Out, spec)
					continue
				}
				first, _, _ := strings.Cut(spec.Doc, "\n")
				fmt.Fprintf(s.Out, "%-10s %s\n", spec.Name, first)
			}
			return nil
		},
	}
}

func printStep(w io.Writer, spec pipeline.Spec) {
	fmt.Fprintf(w, "%s: %s\n", spec.Name, strings.TrimSpace(spec.Doc))
	var example string
	for i, o := range config.Options(spec.New()) {
		if i == 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "option %s (%s): %s%s\n", o.Name, o.Type(), o.Help, defaultOf(o))
		for _, e := range spec.Examples {
			if e.Option == o.Name {
				printChange(w, e)
			}
		}
		if text := o.String(); example == "" && text != "" && !o.IsBool() {
			example = " " + o.Name + "=" + text
		}
	}
	fmt.Fprintf(w, "\non the command line: --step '%s%s'\n", spec.Name, example)
}

// printChange prints the lines of an example that differ, those before with -, those after with +.
func printChange(w io.Writer, e pipeline.Example) {
	before, after := strings.SplitAfter(e.Before, "\n"), strings.SplitAfter(e.After, "\n")
	for len(before) > 0 && len(after) > 0 && before[0] == after[0] {
		before, after = before[1:], after[1:]
	}
	for len(before) > 0 && len(after) > 0 && before[len(before)-1] == after[len(after)-1] {
		before, after = before[:len(before)-1], after[:len(after)-1]
	}
	for _, line := range before {
		fmt.Fprintf(w, "    - %s\n", strings.TrimSuffix(line, "\n"))
	}
	for _, line := range after {
		fmt.Fprintf(w, "    + %s\n", strings.TrimSuffix(line, "\n"))
	}
}

func printStepsJSON(w io.Writer, list []pipeline.Spec) error {
	type stepJSON struct {
		Name     string        `json:"name"`
		Doc      string        `json:"doc"`
		Options  []optionJSON  `json:"options"`
		Examples []exampleJSON `json:"examples,omitempty"`
	}
	var out []stepJSON
	for _, spec := range list {
		one := stepJSON{Name: spec.Name, Doc: strings.TrimSpace(spec.Doc), Options: optionsJSON(spec.New())}
		for _, e := range spec.Examples {
			one.Examples = append(one.Examples, exampleJSON(e))
		}
		out = append(out, one)
	}
	return printJSON(w, out)
}

type exampleJSON struct {
	Option string `json:"option"`
	Before string `json:"before"`
	After  string `json:"after"`
}
