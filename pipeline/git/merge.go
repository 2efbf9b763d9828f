package git

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// Merge returns ours with what has changed from base to theirs. It is not ok where both have changed
// the same lines or neighbouring ones, or where one of them is not text.
func (r *Repository) Merge(ctx context.Context, ours, base, theirs []byte) (merged []byte, ok bool, err error) {
	dir, err := os.MkdirTemp("", "copydesk-")
	if err != nil {
		return nil, false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	args := []string{"merge-file", "-p", "-q"}
	for i, data := range [][]byte{ours, base, theirs} {
		name := filepath.Join(dir, string(rune('a'+i)))
		if err := os.WriteFile(name, data, 0o600); err != nil {
			return nil, false, err
		}
		args = append(args, name)
	}
	merged, err = r.run(ctx, nil, args...)
	if failed := (*Error)(nil); errors.As(err, &failed) && failed.Status > 0 {
		return nil, false, nil
	}
	return merged, err == nil, err
}

// InWorkingTree tells whether the folders of a path, from the top of the working tree, are folders
// there, and not links that lead elsewhere.
func (r *Repository) InWorkingTree(path string) bool {
	for i, c := range path {
		if c != '/' {
			continue
		}
		info, err := os.Lstat(r.name(path[:i]))
		if err != nil || !info.IsDir() {
			return false
		}
	}
	return true
}
