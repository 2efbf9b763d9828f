package feed

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

// TestTakes holds that Takes says of each file what a walk does.
func TestTakes(t *testing.T) {
	dir := put(t, map[string]string{
		"a.md": "a", "b/c.html": "<p>c", "b/d.png": "d", "b/e.txt": "---\na: 1\n---\n", "b/plain.txt": "no article", ".gitignore": "x.md\nshut/\n",
		"x.md": "x", "shut/y.md": "y", "b/.copydeskignore": "z.md\n", "b/z.md": "z", "b/s/z.md": "z", "out/o.md": "o", "drop/p.md": "p", "f.json": "{}", "文/字.md": "w",
	})
	for _, paths := range [][]string{{dir}, {filepath.Join(dir, "**", "*.md")}, {filepath.Join(dir, "b"), filepath.Join(dir, "x.md")}, {dir + "/b/../b/"}} {
		o := Options{Output: filepath.Join(dir, "out"), Exclude: []string{"drop"}}
		in, err := Open(paths, nil, o)
		if err != nil {
			t.Fatal(err)
		}
		walked := map[string]bool{}
		for d := range in.Documents(context.Background()) {
			d.Load()
			walked[filepath.Clean(d.Name)] = d.Failed == nil
		}
		if len(walked) < 2 {
			t.Fatal(paths, walked)
		}
		for _, name := range []string{"a.md", "b/c.html", "b/d.png", "b/e.txt", "b/plain.txt", "x.md", "shut/y.md", "b/z.md", "b/s/z.md", "out/o.md", "drop/p.md", "f.json", "文/字.md", "none.md", "b"} {
			file := filepath.Join(dir, name)
			for range 2 {
				if got := in.Takes(file); got != walked[file] {
					t.Errorf("%v: Takes(%s) is %v, the walk says %v", paths, name, got, walked[file])
				}
			}
		}
	}
	in, err := Open([]string{"-"}, strings.NewReader("x"), Options{StdinName: "a.md"})
	if err != nil || in.Takes(filepath.Join(dir, "a.md")) {
		t.Error("a file is taken where standard input is read", err)
	}
}
