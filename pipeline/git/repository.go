// Package git asks the user's git program what a repository's index and working tree hold, and puts
// repaired blobs into its index. It runs git without a shell and by its plumbing commands, with every
// setting that matters given on the command line, and looks at no file's content itself. Names are
// taken from git NUL-separated or unquoted, so any name is safe. The environment that git gives to its
// hooks (GIT_DIR, GIT_INDEX_FILE) holds as it does for git itself.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Repository is the one that the working folder lies in. It is safe for use by several goroutines.
type Repository struct {
	prefix string // of the working folder from the top of the working tree: "posts/2022/", or empty
}

// An Error is what git said when it could not do what it was asked for.
type Error struct {
	Command string // "diff-index"
	Status  int    // its exit status; -1: it did not run or was killed
	Message string // its first line, as it can be printed
}

func (e *Error) Error() string { return "git " + e.Command + ": " + e.Message }

// Open looks for the repository of the working folder. The error tells that git is not installed, or
// that there is no repository with a working tree.
func Open(ctx context.Context) (*Repository, error) {
	r := &Repository{}
	out, err := r.run(ctx, nil, "rev-parse", "--is-inside-work-tree", "--show-prefix")
	switch wrong := (*Error)(nil); {
	case errors.As(err, &wrong):
		return nil, errors.New(wrong.Message)
	case err != nil:
		return nil, err
	}
	inside, prefix, _ := strings.Cut(string(out), "\n")
	if inside != "true" {
		return nil, errors.New("the working folder does not lie in the working tree of a git repository")
	}
	r.prefix = strings.TrimSuffix(prefix, "\n")
	return r, nil
}

// environment is that of the process without what would change the form of git's answers.
func environment() []string {
	drop := []string{"GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"}
	return slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(drop, name)
	})
}

// command makes a call of git whose end is told by finish.
func command(ctx context.Context, args []string) (*exec.Cmd, *bytes.Buffer) {
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Env, cmd.Stderr = environment(), &said
	cmd.WaitDelay = time.Second // Of programs that git has started and that outlive it.
	return cmd, &said
}

// finish makes an error of the end of a call.
func finish(ctx context.Context, name string, err error, said string) error {
	exit := (*exec.ExitError)(nil)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, exec.ErrNotFound):
		return &Error{name, -1, "git is not installed, or not in the PATH"}
	case errors.As(err, &exit):
		line, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
		line = strings.TrimPrefix(strings.TrimPrefix(line, "fatal: "), "error: ")
		if line == "" {
			line = exit.Error()
		}
		if q := strconv.Quote(line); strings.ContainsFunc(line, func(c rune) bool { return !strconv.IsPrint(c) }) {
			line = q
		}
		return &Error{name, exit.ExitCode(), line}
	}
	return &Error{name, -1, err.Error()}
}

// run runs git, and returns what it prints.
func (r *Repository) run(ctx context.Context, stdin io.Reader, args ...string) ([]byte, error) {
	cmd, said := command(ctx, args)
	cmd.Stdin = stdin
	out, err := cmd.Output()
	return out, finish(ctx, args[0], err, said.String())
}

// name is how a path from the top of the working tree is opened from the working folder.
func (r *Repository) name(top string) string {
	rel, err := filepath.Rel(filepath.FromSlash("/"+r.prefix), filepath.FromSlash("/"+top))
	if err != nil {
		return filepath.FromSlash(top)
	}
	return rel
}

// Relative gives the path, with slashes, that what the user would open as name has from the top of the
// working tree, "." for the top itself. The error says that it lies elsewhere.
func (r *Repository) Relative(ctx context.Context, name string) (string, error) {
	rel := path.Join(r.prefix, filepath.ToSlash(name))
	if filepath.IsAbs(name) {
		out, err := r.run(ctx, nil, "rev-parse", "--show-toplevel")
		if err != nil {
			return "", err
		}
		rel = below(strings.TrimSuffix(string(out), "\n"), name)
	}
	if rel == ".." || strings.HasPrefix(rel, "../") {
		return "", fmt.Errorf("%q lies outside the git repository", name)
	}
	return rel, nil
}

// below is the path of name from top; one that begins with ".." lies elsewhere. Links on the way to
// either are followed where the names alone do not tell.
func below(top, name string) string {
	if rel, err := filepath.Rel(filepath.FromSlash(top), name); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(name))
	if err != nil {
		return ".."
	}
	rel, err := filepath.Rel(filepath.FromSlash(top), filepath.Join(folder, filepath.Base(name)))
	if err != nil {
		return ".."
	}
	return filepath.ToSlash(rel)
}
