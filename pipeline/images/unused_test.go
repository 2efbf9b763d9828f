package images

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestUnused(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range []string{"1", "2", "3", "4", "5"} {
		put("a/img/w9/0000000000"+n+"-9.png", n)
		put("b/img/0000000"+n+"-9.png", n)
	}
	put("img/0000000-9.png", "too short a hash")
	put("a.md", "![](a/img/w9/00000000001-9.png) ![](x00000001-9.png)")
	put("utf16.md", "0\x000\x000\x000\x000\x000\x000\x000\x000\x000\x002\x00-\x009\x00.\x00p\x00n\x00g\x00")
	put("large.txt", strings.Repeat("x", 1<<20-7)+"00000000003-9.png"+strings.Repeat("y", 1<<20)+"00000002-9.png")
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link.md")); err != nil {
		t.Fatal(err)
	}
	m := newMaker(t, Options{Assets: "img", Name: "w{width}/{hash:11}-{width}.{ext}"})
	left, err := m.Unused(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range left {
		if l.Size != 1 {
			t.Error(l)
		}
		got = append(got, l.Path)
	}
	want := []string{"a/img/w9/00000000004-9.png", "a/img/w9/00000000005-9.png", "b/img/00000003-9.png", "b/img/00000004-9.png", "b/img/00000005-9.png"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := m.Unused(t.Context(), filepath.Join(dir, "none")); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Error(err)
	}
}
