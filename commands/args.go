package commands

import (
	"errors"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// errHelp is a wish for help.
var errHelp = errors.New("help wanted")

// reorder puts flags before paths, since the library takes a flag after the first path for a file
// name. Everything behind "--" is a path. Unknown flags are refused here, with the one that was
// probably meant.
func reorder(app *cli.App, args []string) ([]string, error) {
	out, rest := args[:1:1], args[1:]
	if len(rest) > 0 && rest[0] == "help" {
		return nil, errHelp
	}
	flags, commands := app.Flags, app.Commands
	for len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		c := find(commands, rest[0])
		if c == nil {
			if len(commands) > 0 {
				return nil, unknownCommand(commands, rest[0])
			}
			break
		}
		out, rest = append(out, rest[0]), rest[1:]
		flags, commands = c.Flags, c.Subcommands
	}
	options, paths, err := partition(flags, rest)
	if err != nil {
		return nil, err
	}
	if slices.Contains(options, "--help") || slices.Contains(options, "-h") {
		return nil, errHelp
	}
	out = append(out, options...)
	if len(paths) > 0 {
		out = append(append(out, "--"), paths...)
	}
	return out, nil
}

func find(commands []*cli.Command, name string) *cli.Command {
	for _, c := range commands {
		if c.HasName(name) {
			return c
		}
	}
	return nil
}

// commandOf is the command that args name, and its name as its user calls it; nil for copydesk itself.
func commandOf(app *cli.App, args []string) (name string, command *cli.Command) {
	name, commands := app.Name, app.Commands
	if args = args[1:]; len(args) > 0 && args[0] == "help" {
		args = args[1:]
	}
	for _, arg := range args {
		c := find(commands, arg)
		if c == nil {
			break
		}
		name, command, commands = name+" "+arg, c, c.Subcommands
	}
	return name, command
}

// partition splits arguments into flags, each with its value, and paths.
func partition(flags []cli.Flag, args []string) (options, paths []string, err error) {
	takesValue, names := flagNames(flags)
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return options, append(paths, args[i+1:]...), nil
		}
		if arg == "-" || !strings.HasPrefix(arg, "-") {
			paths = append(paths, arg)
			continue
		}
		name, _, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		value, known := takesValue[name]
		if !known || (len(name) > 1) != strings.HasPrefix(arg, "--") {
			expanded, ok := expandShort(takesValue, arg)
			if !ok {
				return nil, nil, unknownFlag(arg, names)
			}
			options = append(options, expanded...)
			continue
		}
		options = append(options, arg)
		if value && !hasValue {
			if i+1 == len(args) {
				return nil, nil, usage("flag %s needs a value", arg)
			}
			i++
			options = append(options, args[i])
		}
	}
	return options, paths, nil
}

// expandShort splits "-lq" into "-l -q" and "-j4" into "-j 4".
func expandShort(takesValue map[string]bool, arg string) (out []string, ok bool) {
	if strings.HasPrefix(arg, "--") {
		return nil, false
	}
	for i, letter := range arg[1:] {
		value, known := takesValue[string(letter)]
		if !known {
			return nil, false
		}
		out = append(out, "-"+string(letter))
		if value {
			if rest := arg[1+i+len(string(letter)):]; rest != "" {
				return append(out, strings.TrimPrefix(rest, "=")), true
			}
			return nil, false
		}
	}
	return out, true
}

func flagNames(flags []cli.Flag) (takesValue map[string]bool, names []string) {
	takesValue = map[string]bool{"help": false, "h": false}
	names = []string{"--help"}
	for _, f := range flags {
		_, isBool := f.(*cli.BoolFlag)
		for _, name := range f.Names() {
			takesValue[name] = !isBool
			if len(name) > 1 {
				names = append(names, "--"+name)
			}
		}
	}
	return takesValue, names
}

func unknownFlag(arg string, names []string) error {
	name, _, _ := strings.Cut(arg, "=")
	return usage("unknown flag %q%s", name, didYouMean("--"+strings.TrimLeft(name, "-"), names))
}
