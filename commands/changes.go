package commands

import (
	"context"
	"fmt"
	"io"
	"io/fs"

	"github.com/urfave/cli/v2"

	"copydesk/pipeline/feed"
	"copydesk/pipeline/git"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/report"
	"copydesk/pipeline/steps"
)

// changeFlags are the flags of a command that can look at what has changed in a git repository.
func changeFlags() []cli.Flag {
	return []cli.Flag{
		stagedFlag("--fix"),
		&cli.StringFlag{Name: "changed-since", Category: groupInput, EnvVars: env("changed-since"), Usage: "only what has changed since `REV` (a commit, a branch, a tag) and HEAD went apart, committed or not: " +
			"findings on changed lines, and those of front matter in which a line has changed. PATHs are optional"},
		&cli.BoolFlag{Name: "whole-files", Category: groupInput, Usage: "with --changed-since: all findings in files that have changed"},
	}
}

// stagedFlag is the flag of a command that reads the index, and puts there what it writes with the named flag.
func stagedFlag(writes string) cli.Flag {
	return &cli.BoolFlag{Name: "staged", Category: groupInput, Usage: "read what is staged for the next commit, from git's index, in place of files; " + writes +
		" stages what it repairs. PATHs are optional, and nothing is said when nothing is staged"}
}

// changes are files that have changed in a repository, which are read in place of paths.
type changes struct {
	repo   *git.Repository
	files  []git.File
	staged bool
}

// readChanges does what --staged and --changed-since say, for the input and for the linter, which is nil
// for other steps.
func (f *shared) readChanges(c *cli.Context, step *steps.Lint) error {
	since, staged := c.String("changed-since"), c.Bool("staged")
	switch {
	case c.Bool("whole-files") && !c.IsSet("changed-since"):
		return usage("--whole-files goes with --changed-since")
	case !staged && !c.IsSet("changed-since"):
		return nil
	}
	repo, err := git.Open(c.Context)
	if err != nil {
		return usage("%s: %w", given(staged), err)
	}
	f.changes, f.in.forceExclude = &changes{repo: repo, staged: staged}, true
	if c.IsSet("changed-since") {
		f.changes.files, err = repo.Since(c.Context, since, staged)
	} else {
		f.changes.files, err = repo.Staged(c.Context)
	}
	if err != nil {
		return usage("%s: %w", given(staged && !c.IsSet("changed-since")), err)
	}
	if step == nil {
		return nil
	}
	var stat func(string) (fs.FileInfo, error)
	if staged {
		stat = repo.Contents(c.Context).Stat
	}
	step.Narrow(stat)
	if c.IsSet("changed-since") && !c.Bool("whole-files") {
		step.Narrow(nil, f.changes.lines())
	}
	return nil
}

// given names the flag that asks for a repository.
func given(staged bool) string {
	if staged {
		return "--staged"
	}
	return "--changed-since"
}

// lines is the filter that leaves the findings on changed lines.
func (c *changes) lines() lint.Filter {
	filter := lint.Changed{}
	for _, f := range c.files {
		if !f.All {
			filter[f.Name] = f.Hunks
		}
	}
	return filter
}

// open opens the paths, or those of them that have changed.
func (c *changes) open(ctx context.Context, paths []string, stdin io.Reader, o feed.Options) (*feed.Input, error) {
	if c == nil {
		return feed.Open(paths, stdin, o)
	}
	return feed.OpenRepository(ctx, c.repo, c.files, paths, o)
}

// mayBeNone tells whether a run without an article is as usual as any other: a hook runs at every commit.
func (c *changes) mayBeNone() bool { return c != nil && c.staged }

// tellLeft names the files that were repaired in the index only.
func (f *shared) tellLeft(w io.Writer, out *output) {
	if out.left == nil || f.quiet {
		return
	}
	for _, file := range out.left() {
		fmt.Fprintf(w, "%s: repaired in the index only: %s\n", report.Quote(file.Path), file.Reason)
	}
}
