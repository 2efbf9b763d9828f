package feed

import (
	"path/filepath"
	"testing"
)

func TestNamed(t *testing.T) {
	dir := put(t, map[string]string{"posts/a.md": "a", "posts/2019/b.md": "b", "c.md": "c"})
	in := open(t, Options{}, nil, filepath.Join(dir, "posts"), filepath.Join(dir, "no*", "*.md"), filepath.Join(dir, "gone.md"))
	for file, want := range map[string]bool{
		"posts/a.md": true, "posts/gone.md": true, "posts/2019/deep/gone.html": true, "posts/data.csv": false,
		"notes/gone.md": true, "notes/deep/gone.md": false, "notes/gone.html": false,
		"gone.md": true, "c.md": false, "postscript/a.md": false, "posts/x.zip:a.md": false,
	} {
		if got := in.Named(filepath.Join(dir, filepath.FromSlash(file))); got != want {
			t.Errorf("%s: %v, want %v", file, got, want)
		}
	}
}
