package commands

import (
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline"
	"copydesk/pipeline/config"
	"copydesk/pipeline/steps"
)

// stepSpec is the entry of a step in the list.
func stepSpec(name string) pipeline.Spec {
	for _, spec := range steps.All() {
		if spec.Name == name {
			return spec
		}
	}
	panic("no step " + name) // Names of steps stand in the commands' own source.
}

// stepFlags makes a flag of each option of a step.
func stepFlags(spec pipeline.Spec) []cli.Flag {
	var flags []cli.Flag
	for _, o := range config.Options(spec.New()) {
		category := strings.ToUpper(spec.Name[:1]) + spec.Name[1:]
		if o.IsBool() {
			// No variable: a switch may change files, and that is asked for where it is meant.
			usage := o.Help
			if o.String() == "true" {
				usage += " (on; --" + o.Name + "=false)"
			}
			flags = append(flags, &cli.BoolFlag{Name: o.Name, Category: category, Usage: usage})
			continue
		}
		text := o.String()
		if text != "" {
			text = " (" + text + ")"
		}
		if strings.HasPrefix(o.Type(), "list") {
			flags = append(flags, &cli.StringSliceFlag{Name: o.Name, Category: category, EnvVars: variable(o), Usage: o.Help + text})
			continue
		}
		flags = append(flags, &cli.StringFlag{Name: o.Name, Category: category, EnvVars: variable(o), Usage: o.Help + text})
	}
	return flags
}

// variable is the environment's name of an option, which one that only a command line sets has not.
func variable(o config.Option) []string {
	if o.Flag {
		return nil
	}
	return env(o.Name)
}

// setFromFlags sets the options of a step that flags or the environment give.
func setFromFlags(c *cli.Context, step pipeline.Step) error {
	for _, o := range config.Options(step) {
		if !c.IsSet(o.Name) {
			continue
		}
		var err error
		switch {
		case o.IsBool():
			err = o.SetText(strconv.FormatBool(c.Bool(o.Name)))
		case strings.HasPrefix(o.Type(), "list"):
			err = o.SetList(c.StringSlice(o.Name))
		default:
			err = o.SetText(c.String(o.Name))
		}
		if err != nil {
			return usage("--%s", strings.TrimPrefix(err.Error(), "option "))
		}
	}
	return nil
}

// stepCommand is a command that runs one step, with the step's options as flags.
func stepCommand(s Streams, name string, more []cli.Flag, run func(*cli.Context, *shared, pipeline.Step) error) *cli.Command {
	spec := stepSpec(name)
	first, rest, _ := strings.Cut(spec.Doc, "\n")
	return &cli.Command{
		Name: name, Usage: first, Description: strings.TrimSpace(rest),
		UsageText:    "copydesk " + name + " [flags] PATH...",
		Flags:        append(append(stepFlags(spec), more...), batchFlags()...),
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action: func(c *cli.Context) error {
			f, err := readShared(c, s, c.Args().Slice())
			if err != nil {
				return err
			}
			step, err := f.config.NewStep(name)
			if err != nil {
				return err
			}
			if err := setFromFlags(c, step); err != nil {
				return err
			}
			return run(c, f, step)
		},
	}
}

func onUsageError(_ *cli.Context, err error, _ bool) error { return &usageError{err} }
