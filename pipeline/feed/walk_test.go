package feed

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestWalk runs testdata/walk: each case is a tree of files; "args" holds the paths to name and options,
// "want" the documents (path, format, what was passed over with its reason, errors).
func TestWalk(t *testing.T) {
	cases, err := filepath.Glob("../../testdata/walk/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { walkCase(t, name) })
	}
}

func walkCase(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	tree, args := map[string]string{}, ""
	for _, f := range archive.Files {
		switch f.Name {
		case "args":
			args = string(f.Data)
		case "want":
		default:
			tree[f.Name] = string(f.Data)
		}
	}
	t.Chdir(put(t, tree))
	o, paths := Options{ShowSkipped: true}, []string{}
	for _, arg := range strings.Fields(args) {
		option, value, _ := strings.Cut(arg, "=")
		switch option {
		case "--exclude":
			o.Exclude = append(o.Exclude, value)
		case "--force-exclude":
			o.ForceExclude = true
		case "--output":
			o.Output = value
		default:
			paths = append(paths, arg)
		}
	}
	in := open(t, o, nil, paths...)
	var got strings.Builder
	fmt.Fprintf(&got, "kind %d\n", in.Kind())
	for _, d := range collect(t, in) {
		fmt.Fprintf(&got, "%s as %s: %s", d.Name, d.Path, d.BodyFormat())
		if d.Failed != nil {
			fmt.Fprintf(&got, ": %v", d.Failed)
		}
		got.WriteByte('\n')
	}
	for _, s := range in.Skipped() {
		fmt.Fprintf(&got, "- %s: %s\n", s.Path, s.Reason)
	}
	wantCase(t, name, archive, got.String())
}

// wantCase compares with the file "want" of a case, or rewrites it under -update.
func wantCase(t *testing.T, name string, archive *txtar.Archive, got string) {
	t.Helper()
	for i, f := range archive.Files {
		if f.Name != "want" {
			continue
		}
		if string(f.Data) == got {
			return
		}
		if !*update {
			t.Errorf("got\n%swant\n%s", got, f.Data)
			return
		}
		archive.Files[i].Data = []byte(got)
		if err := os.WriteFile(filepath.Join(here, name), txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Error("the case has no want")
}

func TestWalkPassesOverLinksAndPipes(t *testing.T) {
	dir := put(t, map[string]string{"in/a.md": "a", "in/dir.md/b.md": "b", "secret.md": "secret"})
	in := filepath.Join(dir, "in")
	for link, to := range map[string]string{"loop": in, "loop.md": in, "leak.md": "../secret.md", "zero.md": "/dev/zero", "dead.md": "dead.md"} {
		if err := os.Symlink(to, filepath.Join(in, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(in, "pipe.md"), 0o600); err != nil {
		t.Fatal(err)
	}
	source := open(t, Options{}, nil, in)
	var got []string
	for _, d := range collect(t, source) {
		got = append(got, d.Path)
	}
	if fmt.Sprint(got) != "[a.md dir.md/b.md]" {
		t.Errorf("got %q", got)
	}
	if counts := fmt.Sprint(source.SkipCounts()); counts != "[{symbolic link 4} {not a regular file 1} {not the extension of an article 1}]" {
		t.Error(counts)
	}
	if source.Skipped() != nil {
		t.Error("a list was kept that nobody asked for")
	}
	named := collect(t, open(t, Options{}, nil, filepath.Join(in, "pipe.md")))
	if len(named) != 1 || named[0].Failed == nil || named[0].Failed.Error() != "read: not a regular file: a named pipe" {
		t.Errorf("a pipe named outright: %v", named[0].Failed)
	}
}

func TestUnreadable(t *testing.T) {
	dir := put(t, map[string]string{"a.md": "a"})
	got := collect(t, open(t, Options{}, nil, filepath.Join(dir, "none.md"), filepath.Join(dir, "*.xyz"), filepath.Join(dir, "none[")))
	if len(got) != 3 {
		t.Fatalf("%d documents", len(got))
	}
	for _, d := range got {
		if !errors.Is(d.Failed, fs.ErrNotExist) {
			t.Errorf("%s: %v", d.Name, d.Failed)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, test := range []struct {
		paths []string
		o     Options
		want  string
	}{
		{nil, Options{}, "no paths; name files or folders, or - for standard input"},
		{[]string{""}, Options{}, "an empty path; name a file or a folder"},
		{[]string{"-", "-"}, Options{}, "standard input (-) can be read once only"},
		{[]string{"-"}, Options{}, "standard input is not open"},
		{[]string{"a"}, Options{From: "rst"}, `unknown format "rst"; there are markdown, html and json`},
		{[]string{"a"}, Options{Exclude: []string{"[a"}}, `exclude: "[a" is not a valid glob`},
		{[]string{"a"}, Options{Encoding: "klingon"}, `unknown encoding "klingon"; utf-8, gb18030, big5, shift_jis, euc-kr and windows-1252 are some that there are`},
	} {
		if _, err := Open(test.paths, nil, test.o); err == nil || err.Error() != test.want {
			t.Errorf("%q: got %v, want %s", test.paths, err, test.want)
		}
	}
}
