package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
)

// A Change puts one blob in the place of another in the index.
type Change struct {
	Path     string // from the top of the working tree
	Mode     Mode   // which stays
	Old, New string // object ids
}

// ErrStaged is the cause when the index no longer holds what was read from it.
var ErrStaged = errors.New("what is staged has changed since it was read")

// Partial tells whether the index is one that git made for "git commit PATH" alone and drops afterwards:
// the real index, which stays, would hold the old blobs, and so undo a change.
func Partial() bool {
	return strings.HasPrefix(filepath.Base(os.Getenv("GIT_INDEX_FILE")), "next-index-")
}

// An entry is one file of the index.
type entry struct {
	mode   Mode
	blob   string
	unseen bool // git does not look whether it is in the working tree (skip-worktree)
	taken  bool // git takes the working tree's for unchanged (assume-unchanged)
}

// Change carries out all of the changes, or none. They are refused when another process has the index
// in hand for more than a second, or when it no longer holds the old blobs (ErrStaged); afterwards
// the index is read again to see that it holds the new ones.
func (r *Repository) Change(ctx context.Context, changes []Change) error {
	before, err := r.entries(ctx, changes)
	if err != nil {
		return err
	}
	var list, unseen, taken strings.Builder
	for _, c := range changes {
		was := before[c.Path]
		if was.blob != c.Old || was.mode != c.Mode {
			return fmt.Errorf("%q: %w", c.Path, ErrStaged)
		}
		fmt.Fprintf(&list, "%s %s\t%s\x00", c.Mode, c.New, c.Path)
		if was.unseen {
			unseen.WriteString(r.name(c.Path) + "\x00")
		}
		if was.taken {
			taken.WriteString(r.name(c.Path) + "\x00")
		}
	}
	if err := r.update(ctx, list.String(), "-z", "--index-info"); err != nil {
		return err
	}
	for flag, paths := range map[string]string{"--skip-worktree": unseen.String(), "--assume-unchanged": taken.String()} {
		if paths == "" {
			continue
		}
		if err := r.update(ctx, paths, flag, "-z", "--stdin"); err != nil {
			return err
		}
	}
	after, err := r.entries(ctx, changes)
	for _, c := range changes {
		if err == nil && after[c.Path].blob != c.New {
			err = fmt.Errorf("%q: %w", c.Path, ErrStaged)
		}
	}
	return err
}

// Refresh has git note which files of the working tree are those of the index, after both were changed.
func (r *Repository) Refresh(ctx context.Context) error {
	return r.update(ctx, "", "-q", "--refresh")
}

// The times that an index in another's hand is waited for.
const (
	lockPause = 100 * time.Millisecond
	lockTries = 10
)

// update runs update-index. Paths on its standard input are names from the working folder, but for those of
// --index-info, which begin at the top of the working tree.
func (r *Repository) update(ctx context.Context, stdin string, args ...string) error {
	args = append([]string{"update-index"}, args...)
	for try := 1; ; try++ {
		_, err := r.run(ctx, strings.NewReader(stdin), args...)
		failed := (*Error)(nil)
		if !errors.As(err, &failed) || !strings.Contains(failed.Message, ".lock") {
			return err
		}
		if try == lockTries {
			return fmt.Errorf("%w; is another git at work? If not, remove that file", err)
		}
		select {
		case <-time.After(lockPause):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// entries are those of the index that the changes speak of.
func (r *Repository) entries(ctx context.Context, changes []Change) (map[string]entry, error) {
	found := make(map[string]entry, len(changes))
	for _, c := range changes {
		found[c.Path] = entry{}
	}
	out, err := r.run(ctx, nil, "ls-files", "--stage", "-v", "-z", "--full-name", "--", ":/")
	for record := range bytes.SplitSeq(out, []byte{0}) {
		head, path, _ := bytes.Cut(record, []byte{'\t'})
		if _, wanted := found[string(path)]; !wanted {
			continue
		}
		fields := strings.Fields(string(head)) // "H 100644 ID 0"
		if len(fields) != 4 {
			return nil, fmt.Errorf("git ls-files: unexpected answer %q", record)
		}
		tag := rune(fields[0][0])
		if fields[3] != "0" {
			fields[2] = "" // Not merged.
		}
		found[string(path)] = entry{Mode(fields[1]), fields[2], unicode.ToUpper(tag) == 'S', unicode.IsLower(tag)}
	}
	return found, err
}
