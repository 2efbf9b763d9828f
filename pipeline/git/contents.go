package git

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// Contents tells which files a commit of the index would hold. It is safe for use by several goroutines.
type Contents struct {
	repo   *Repository
	ctx    context.Context
	once   sync.Once
	staged map[string]bool // paths of files and folders in the index
	others map[string]bool // those of files and folders that are neither tracked nor ignored
	err    error
}

// ErrNotStaged is the cause when a file stands in the working tree and a commit would not hold it.
var ErrNotStaged = fmt.Errorf("not staged: %w", fs.ErrNotExist)

// Contents asks git when the first file is asked for.
func (r *Repository) Contents(ctx context.Context) *Contents { return &Contents{repo: r, ctx: ctx} }

// Stat tells about the file or folder that the user would open as name. What is not in the index is
// not there, and ErrNotStaged if it stands in the working tree, with the exception of what git ignores
// and of what lies elsewhere: nobody would stage that. The size of what stands in the index alone is not told.
func (c *Contents) Stat(name string) (fs.FileInfo, error) {
	c.once.Do(c.ask)
	if c.err != nil {
		return nil, c.err
	}
	rel, err := c.repo.Relative(c.ctx, name)
	if err != nil {
		return os.Stat(name)
	}
	info, err := os.Stat(name)
	switch {
	case c.staged[rel] && err != nil:
		return entryInfo{path.Base(rel)}, nil
	case !c.staged[rel] && c.others[rel]:
		return nil, &fs.PathError{Op: "stat", Path: name, Err: ErrNotStaged}
	}
	return info, err
}

// ask reads the names.
func (c *Contents) ask() {
	out, err := c.repo.run(c.ctx, nil, "ls-files", "-z", "--cached", "--full-name", "--", ":/")
	if c.err = err; err != nil {
		return
	}
	c.staged = withFolders(strings.Split(string(out), "\x00"))
	var others []string
	others, c.err = c.repo.untracked(c.ctx)
	c.others = withFolders(others)
}

// withFolders are the paths and the folders above them.
func withFolders(paths []string) map[string]bool {
	all := map[string]bool{".": true}
	for _, p := range paths {
		for p != "" && !all[p] {
			all[p] = true
			p = path.Dir(p)
		}
	}
	return all
}

// An entryInfo stands for a file that is in the index and not in the working tree.
type entryInfo struct{ name string }

func (e entryInfo) Name() string     { return filepath.FromSlash(e.name) }
func (entryInfo) Size() int64        { return 0 }
func (entryInfo) Mode() fs.FileMode  { return 0o644 }
func (entryInfo) ModTime() time.Time { return time.Time{} }
func (entryInfo) IsDir() bool        { return false }
func (entryInfo) Sys() any           { return nil }
