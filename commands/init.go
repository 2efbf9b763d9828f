package commands

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline/config"
	"copydesk/pipeline/files"
	"copydesk/pipeline/git"
	"copydesk/pipeline/report"
)

func initCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "init", Usage: "write a copydesk.yaml to begin with, and a git hook that lints every commit",
		Description: `Nothing that is there is overwritten: where a config is in force, or copydesk is in the hook
already, it is left as it is. What --hook adds to a file stands beside what the file holds, comments
and all; where that can't be done safely, nothing is written, and the lines to add are shown.`,
		UsageText: "copydesk init [--hook pre-commit|lefthook|git] [--fix] [--print]",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "hook", Usage: "run copydesk before every commit, through `WHAT`: pre-commit (.pre-commit-config.yaml), lefthook (lefthook.yml), or git (its own hook)"},
			&cli.BoolFlag{Name: "fix", Usage: "with --hook: repair what is safe, too"},
			&cli.BoolFlag{Name: "print", Usage: "only print what the config, or with --hook the hook's file, would be"},
		},
		HideHelp:     true,
		OnUsageError: onUsageError,
		Action: func(c *cli.Context) error {
			if c.NArg() > 0 {
				return usage("init takes no PATH: it writes into the working folder")
			}
			return runInit(c.Context, s, initOptions{c.String("hook"), c.Bool("fix"), c.Bool("print")})
		},
	}
}

// initOptions are the flags of init.
type initOptions struct {
	hook       string
	fix, print bool
}

// A starting is a file that init writes, or leaves as it is.
type starting struct {
	path  string
	text  []byte // what it will hold; nil: it is left as it is
	mode  fs.FileMode
	added bool   // it is there, and something is added
	why   string // why it is left as it is
	then  string // what to do next; empty: nothing
}

// runInit plans all files, then prints or writes them: what can't be done leaves no file behind.
func runInit(ctx context.Context, s Streams, o initOptions) error {
	if o.fix && o.hook == "" {
		return usage("--fix goes with --hook")
	}
	var plans []starting
	top := "."
	if o.hook != "" {
		if err := oneOf("hook", o.hook, []string{"pre-commit", "lefthook", "git"}); err != nil {
			return err
		}
		repo, err := git.Open(ctx)
		if err != nil {
			return usage("--hook %s: %w", o.hook, err)
		}
		top = repo.Top("")
		hook, err := planHook(ctx, repo, o)
		if err != nil {
			return &usageError{err}
		}
		plans = append(plans, hook)
	}
	if !o.print || o.hook == "" {
		plan, err := planConfig(top)
		if err != nil {
			return err
		}
		plans = append([]starting{plan}, plans...)
	}
	for _, p := range plans {
		if err := p.carryOut(s, o.print); err != nil {
			return err
		}
	}
	return nil
}

// planConfig plans the config of a folder.
func planConfig(folder string) (starting, error) {
	there, err := config.Find(folder)
	if err != nil || there != "" {
		return starting{path: there, why: "is there already"}, err
	}
	return starting{path: filepath.Join(folder, config.FileName), text: config.Starter(), mode: 0o666}, nil
}

// carryOut writes or prints the file, and says what was done.
func (p starting) carryOut(s Streams, show bool) error {
	name := report.Quote(p.path)
	switch {
	case p.text == nil:
		fmt.Fprintf(s.Err, "%s %s: left as it is\n", name, p.why)
		return nil
	case show:
		_, err := s.Out.Write(p.text)
		return err
	}
	root, err := files.OpenRoot(filepath.Dir(p.path))
	if err != nil {
		return err
	}
	_, err = root.Write(filepath.Base(p.path), p.text, p.mode)
	if err := errors.Join(err, root.Sync(), root.Close()); err != nil {
		return err
	}
	verb := "wrote"
	if p.added {
		verb = "added copydesk to"
	}
	fmt.Fprintf(s.Err, "%s %s\n", verb, name)
	if p.then != "" {
		fmt.Fprintf(s.Err, "next: %s\n", p.then)
	}
	return nil
}

// readExisting reads a file that init may add to; nil when there is none.
func readExisting(path string) ([]byte, error) {
	text, err := files.Read(path, 1<<20, "")
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(path); err == nil {
			return nil, &files.Error{Op: "read", Path: path, Err: errors.New("a link that leads nowhere")}
		}
		return nil, nil
	}
	if err == nil && text == nil {
		text = []byte{}
	}
	return text, err
}
