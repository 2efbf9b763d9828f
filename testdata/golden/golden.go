// Package golden compares what tests make with what their cases in testdata say: archives in which
// what is expected stands behind what it is made of (txtar).
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite what is expected in testdata")

// Run runs a subtest for each archive of a pattern. made gives the files of an archive as they should be.
func Run(t *testing.T, pattern string, made func(*testing.T, *txtar.Archive) []txtar.File) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in %s: %v", pattern, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { File(t, path, made) })
	}
}

// File is the test of one archive of Run. With -update, the archive is made what it should be.
func File(t *testing.T, path string, made func(*testing.T, *txtar.Archive) []txtar.File) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, want := txtar.Format(archive), slices.Clone(archive.Files)
	archive.Files = made(t, archive)
	after := txtar.Format(archive)
	switch {
	case bytes.Equal(before, after):
	case *update:
		if err := os.WriteFile(path, after, 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		report(t, archive.Files, want)
		t.Errorf("%s is not what is made; run with -update where that is right", path)
	}
}

// report tells in what files differ.
func report(t *testing.T, got, want []txtar.File) {
	t.Helper()
	expected := map[string][]byte{}
	for _, f := range want {
		expected[f.Name] = f.Data
	}
	for _, f := range got {
		data, ok := expected[f.Name]
		if delete(expected, f.Name); !ok || !bytes.Equal(data, f.Data) {
			t.Errorf("%s is\n%s\nnot\n%s", f.Name, f.Data, data)
		}
	}
	for name := range expected {
		t.Errorf("%s is not made", name)
	}
}
