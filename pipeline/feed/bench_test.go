package feed

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// smallFiles makes n articles of about 5 KB in 20 folders.
func smallFiles(b *testing.B, n int) string {
	b.Helper()
	body := strings.Repeat("<p>今天我们来说一说如何写好一篇文章。</p>\n", 85)
	named := map[string]string{}
	for i := range n {
		named[fmt.Sprintf("%02d/%05d.md", i%20, i)] = fmt.Sprintf("\n---\ntitle: 'Article %d'\ndate: 2022-07-22\ntags:\n - a\n---\n\n<div>\n%s</div>\n", i, body)
	}
	return put(b, named)
}

// BenchmarkWalk reads 10,000 small files as documents, and plainly for comparison.
func BenchmarkWalk(b *testing.B) {
	const n = 10_000
	dir := smallFiles(b, n)
	b.Run("documents", func(b *testing.B) {
		for b.Loop() {
			if got := len(collect(b, open(b, Options{}, nil, dir))); got != n {
				b.Fatalf("%d documents", got)
			}
		}
	})
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			kept := make([][]byte, 0, n)
			err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
				if err != nil || e.IsDir() {
					return err
				}
				data, err := os.ReadFile(path)
				kept = append(kept, data)
				return err
			})
			if err != nil || len(kept) != n {
				b.Fatal(len(kept), err)
			}
		}
	})
}

func BenchmarkToDir(b *testing.B) {
	docs := collect(b, open(b, Options{}, nil, smallFiles(b, 1000)))
	dir := b.TempDir()
	for i := 0; b.Loop(); i++ {
		sink, err := ToDir(filepath.Join(dir, fmt.Sprint(i)), Out{})
		if err != nil {
			b.Fatal(err)
		}
		send(b, sink, docs...)
	}
}
