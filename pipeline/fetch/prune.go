package fetch

import (
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// What no run has used for keepFor is deleted, by the first run that ends pruneEvery or more after the last one that looked.
const (
	keepFor    = 90 * 24 * time.Hour
	pruneEvery = 24 * time.Hour
	pruned     = "pruned" // the file, beside objects and urls, whose time says when that was
)

// use notes that files are in use. Their times are set once in a while, so that most runs only read.
func use(paths ...string) {
	now := time.Now()
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > pruneEvery {
			_ = os.Chtimes(path, now, now) // In a folder that can't be written to, nothing is deleted, either.
		}
	}
}

// prune deletes the downloads and entries that have not been used for long. What can't be deleted does no harm.
func (s *store) prune() {
	folder := filepath.Join(s.folder, "pictures")
	mark := filepath.Join(folder, pruned)
	if info, err := os.Stat(mark); err == nil && time.Since(info.ModTime()) < pruneEvery {
		return
	}
	if os.WriteFile(mark, nil, 0o666) != nil {
		return
	}
	_ = os.Chtimes(mark, time.Time{}, time.Now())
	for _, part := range []string{"objects", "urls"} {
		_ = filepath.WalkDir(filepath.Join(folder, part), func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return nil
			}
			if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > keepFor {
				_ = os.Remove(path)
				_ = os.Remove(filepath.Dir(path)) // If it was the last one there.
			}
			return nil
		})
	}
}
