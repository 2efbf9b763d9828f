package feed

import (
	"context"
	"testing"
)

func TestCount(t *testing.T) {
	dir := put(t, map[string]string{"a.md": "a", "b/c.html": "<p>c", "b/d.png": "d", ".gitignore": "x.md\n", "x.md": "x", "e.ndjson": ""})
	for _, c := range []struct {
		paths []string
		want  int
		ok    bool
	}{
		{[]string{dir}, 2, true},
		{[]string{dir + "/a.md", dir + "/x.md"}, 2, true},
		{[]string{dir + "/*.md"}, 1, true},
		{[]string{dir, dir + "/e.ndjson"}, 0, false},
	} {
		in, err := Open(c.paths, nil, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if n, ok := in.Count(context.Background()); n != c.want || ok != c.ok {
			t.Errorf("Count of %v = %d, %v; want %d, %v", c.paths, n, ok, c.want, c.ok)
		}
		if len(in.SkipCounts()) != 0 {
			t.Errorf("Count of %v counts what it passes over", c.paths)
		}
	}
}
