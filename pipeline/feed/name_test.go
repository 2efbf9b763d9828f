package feed

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckName(t *testing.T) {
	for name, want := range map[string]string{
		"a.md": "a.md", "./a/b.md": "a/b.md", "a//b.md": "a/b.md", "..a/b..md": "..a/b..md", "微信.md": "微信.md", "a\nb.md": "a\nb.md",
		"CON.md": "CON.md", ".github/a.md": ".github/a.md", "%2e%2e%2fx": "%2e%2e%2fx",
		"": "", ".": "", "./": "", "..": "", "../a": "", "a/../b": "", "/a": "", "//a": "", `a\b`: "", `..\a`: "", "c:a": "", "C:/a": "", "a\x00": "", "a/": "",
		".git/config": "", "a/.GIT/hooks/x": "", ".git./x": "", ".git /x": "", strings.Repeat("a", maxName+1): "",
	} {
		got, err := CheckName(name)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%.40q: got %.40q, %v; want %.40q", name, got, err, want)
		}
	}
}

// FuzzCheckName: a name that passes is local and clean, and passes again as it is.
func FuzzCheckName(f *testing.F) {
	for _, name := range []string{"a/b.md", "../a", "/a", "c:/a", `a\..\b`, "a/./b", "a//b", ".git/x"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got, err := CheckName(name)
		if err != nil {
			return
		}
		if !filepath.IsLocal(got) || strings.ContainsAny(got, "\\\x00") || strings.HasPrefix(got, "/") {
			t.Errorf("%q became %q", name, got)
		}
		if again, err := CheckName(got); err != nil || again != got {
			t.Errorf("%q passes once: %q, %v", got, again, err)
		}
	})
}
