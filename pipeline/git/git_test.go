package git_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"copydesk/pipeline/git"
)

// repo makes a repository and enters it.
func repo(t *testing.T) *git.Repository {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("left out: git is not installed")
	}
	for _, v := range os.Environ() { // The tests may run in a hook.
		if name, value, _ := strings.Cut(v, "="); strings.HasPrefix(name, "GIT_") {
			t.Setenv(name, value) // So that it is set again afterwards.
			os.Unsetenv(name)
		}
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		t.Setenv("GIT_"+who+"_NAME", "a")
		t.Setenv("GIT_"+who+"_EMAIL", "a@example.com")
	}
	t.Chdir(t.TempDir())
	run(t, "init", "-q", "-b", "main")
	return open(t)
}

func open(t *testing.T) *git.Repository {
	t.Helper()
	r, err := git.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// run runs git itself.
func run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("git", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// commit writes files, given as name and text in turn, and commits them.
func commit(t *testing.T, files ...string) {
	t.Helper()
	for i := 0; i < len(files); i += 2 {
		write(t, files[i], files[i+1])
	}
	run(t, "add", "-A")
	run(t, "commit", "-q", "-m", "x")
}

// staged lists what is staged: names, and what is special about them.
func staged(t *testing.T, r *git.Repository) []string {
	t.Helper()
	list, err := r.Staged(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return names(list)
}

func names(list []git.File) []string {
	var all []string
	for _, f := range list {
		name := f.Name
		switch {
		case f.Deleted:
			name += " deleted"
		case f.Unmerged:
			name += " unmerged"
		case f.Mode == git.Symlink:
			name += " link"
		case f.Mode == git.Submodule:
			name += " submodule"
		}
		all = append(all, name)
	}
	return all
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestStaged(t *testing.T) {
	r := repo(t)
	write(t, "first.md", "1\n")
	run(t, "add", ".")
	equal(t, staged(t, r), []string{"first.md"}) // Before the first commit.
	commit(t, "gone.md", "gone\n", "old.md", "a\nb\nc\n", "kept.md", "kept\n")
	run(t, "rm", "-q", "gone.md")
	run(t, "mv", "old.md", "new.md")
	write(t, "kept.md", "not staged\n")
	write(t, "untracked.md", "x\n")
	write(t, "intended.md", "x\n")
	run(t, "add", "-N", "intended.md")
	odd := "-od d\t\"\\\n中文.md"
	write(t, odd, "x\n")
	if err := os.Symlink("first.md", "link.md"); err != nil {
		t.Fatal(err)
	}
	run(t, "add", "--", odd, "link.md")
	run(t, "update-index", "--add", "--cacheinfo", "160000,"+strings.TrimSpace(run(t, "rev-parse", "HEAD"))+",sub.md")
	equal(t, staged(t, r), []string{odd, "gone.md deleted", "link.md link", "new.md", "old.md deleted", "sub.md submodule"})

	t.Chdir(filepath.Join(mkdir(t, "posts/2022")))
	equal(t, staged(t, open(t))[1], filepath.FromSlash("../../gone.md deleted"))
}

func mkdir(t *testing.T, name string) string {
	t.Helper()
	if err := os.MkdirAll(name, 0o777); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestMerge: what comes unchanged from the other side is nobody's fault who concludes a merge.
func TestMerge(t *testing.T) {
	r := repo(t)
	commit(t, "both.md", "0\n", "theirs.md", "0\n")
	run(t, "checkout", "-q", "-b", "other")
	commit(t, "both.md", "1\n", "theirs.md", "1\n")
	run(t, "checkout", "-q", "main")
	commit(t, "both.md", "2\n")
	if err := exec.Command("git", "merge", "-q", "other").Run(); err == nil {
		t.Fatal("the merge has no conflicts")
	}
	equal(t, staged(t, r), []string{"both.md unmerged"})
	write(t, "both.md", "3\n")
	run(t, "add", ".")
	equal(t, staged(t, r), []string{"both.md"})
}

func since(t *testing.T, r *git.Repository, rev string, cached bool) map[string][]git.Hunk {
	t.Helper()
	list, err := r.Since(t.Context(), rev, cached)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(list, func(a, b git.File) int { return strings.Compare(a.Path, b.Path) }) {
		t.Errorf("not in order: %q", names(list))
	}
	found := map[string][]git.Hunk{}
	for _, f := range list {
		if !f.Deleted {
			found[f.Path] = f.Hunks
		}
		if f.All != (f.Hunks == nil) && !f.Deleted {
			t.Errorf("%s: all is %v, with hunks %v", f.Path, f.All, f.Hunks)
		}
		if cached != (f.Blob != "") {
			t.Errorf("%s: blob %q", f.Path, f.Blob)
		}
	}
	return found
}

func TestSince(t *testing.T) {
	r := repo(t)
	ten := "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n"
	odd := "b/o\"d\\d\n中\t文 .md"
	commit(t, "a.md", ten, odd, ten, "moved.md", ten, "same.md", ten, "touched.md", ten, "mode.md", ten, "end.md", ten, "gone.md", ten, ".gitignore", "/out/\n")
	run(t, "branch", "base")
	commit(t, "a.md", "1\n2\n+++ b/same.md\n@@ -1 +1 @@\n5\n6\n7\n8\n9\n10\n") // Lines that look like a patch's.
	write(t, odd, strings.Replace(ten, "5\n", "", 1))
	run(t, "add", ".")
	write(t, odd, "0\n"+strings.Replace(ten, "5\n", "", 1)) // Staged, and more that is not.
	run(t, "mv", "moved.md", "new.md")
	write(t, "new.md", ten+"11\n")
	write(t, "touched.md", ten)
	write(t, "end.md", strings.TrimSuffix(ten, "\n"))
	write(t, "untracked.md", ten)
	write(t, "out/ignored.md", ten)
	run(t, "rm", "-q", "gone.md")
	if err := os.Chmod("mode.md", 0o755); err != nil {
		t.Fatal(err)
	}
	hostile(t)
	want := map[string][]git.Hunk{
		"a.md": {{First: 3, Count: 2}}, odd: {{First: 1, Count: 1}, {First: 5, Count: 0}}, "new.md": {{First: 11, Count: 1}},
		"end.md": {{First: 10, Count: 1}}, "untracked.md": nil, ".gitattributes": nil,
	}
	equal(t, since(t, r, "base", false), want)
	equal(t, since(t, r, "HEAD", true), map[string][]git.Hunk{odd: {{First: 4, Count: 0}}})
	equal(t, len(since(t, r, "HEAD~1", true)), 2) // a.md in HEAD is in the index, too.

	t.Chdir(mkdir(t, "sub"))
	equal(t, since(t, open(t), "base", false), want)
}

// hostile sets what changes the form of patches for people.
func hostile(t *testing.T) {
	for _, c := range []string{"diff.external=false", "diff.noprefix=true", "diff.mnemonicPrefix=true", "color.ui=always", "color.diff=always", "diff.renames=false",
		"diff.x.textconv=false", "diff.x.command=false", "core.quotePath=false", "diff.context=9", "diff.interHunkContext=9", "diff.relative=true", "core.pager=false", "diff.orderFile=/nowhere",
		"diff.ignoreSubmodules=none", "diff.wsErrorHighlight=all", "diff.colorMoved=zebra", "diff.suppressBlankEmpty=true"} {
		name, value, _ := strings.Cut(c, "=")
		run(t, "config", name, value)
	}
	write(t, ".gitattributes", "*.md diff=x -text\n")
	t.Setenv("GIT_EXTERNAL_DIFF", "false")
	t.Setenv("GIT_DIFF_OPTS", "-u9")
	t.Setenv("GIT_LITERAL_PATHSPECS", "1")
}

// TestLineEnds: the same text with other line ends has not changed.
func TestLineEnds(t *testing.T) {
	r := repo(t)
	run(t, "config", "core.autocrlf", "true")
	commit(t, "a.md", "1\r\n2\r\n3\r\n")
	equal(t, since(t, r, "HEAD", false), map[string][]git.Hunk{})
	write(t, "a.md", "1\n2\n3\n")
	equal(t, since(t, r, "HEAD", false), map[string][]git.Hunk{})
	write(t, "a.md", "1\r\nzwei\r\n3\r\n")
	equal(t, since(t, r, "HEAD", false), map[string][]git.Hunk{"a.md": {{First: 2, Count: 1}}})
}

func TestMergeBase(t *testing.T) {
	r := repo(t)
	commit(t, "a.md", "1\n")
	run(t, "branch", "feature/x")
	commit(t, "theirs.md", "1\n")
	run(t, "checkout", "-q", "feature/x")
	commit(t, "mine.md", "1\n")
	equal(t, since(t, r, "main", false), map[string][]git.Hunk{"mine.md": nil})
	run(t, "checkout", "-q", "--orphan", "alone")
	run(t, "commit", "-q", "-m", "alone")
	for rev, want := range map[string]string{
		"main": `"main": no common ancestor of it and HEAD is here`, "nope": `"nope" is no commit that is here`, "": `"" is no commit`,
		"-x": `"-x" is no commit`, "--all": `"--all" is no commit`, "main..alone": `is no commit`, "HEAD:a.md": "is no commit", "a\nb": `"a\nb" is no commit`,
	} {
		if _, err := r.Since(t.Context(), rev, false); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", rev, err)
		}
	}
}

func TestShallow(t *testing.T) {
	repo(t)
	commit(t, "a.md", "1\n")
	run(t, "branch", "side")
	commit(t, "a.md", "2\n")
	run(t, "checkout", "-q", "side")
	commit(t, "b.md", "2\n")
	origin, _ := os.Getwd()
	t.Chdir(t.TempDir())
	run(t, "clone", "-q", "--depth=1", "--no-single-branch", "file://"+filepath.ToSlash(origin), ".")
	if _, err := open(t).Since(t.Context(), "origin/main", false); err == nil || !strings.Contains(err.Error(), "git fetch --unshallow") {
		t.Error(err)
	}
}

func TestWorktree(t *testing.T) {
	repo(t)
	commit(t, "a.md", "1\n")
	other := filepath.Join(t.TempDir(), "wt")
	run(t, "worktree", "add", "-q", "--detach", other)
	t.Chdir(other)
	write(t, "a.md", "2\n")
	run(t, "add", ".")
	equal(t, staged(t, open(t)), []string{"a.md"})
}

func TestNoRepository(t *testing.T) {
	repo(t)
	t.Chdir(t.TempDir())
	if _, err := git.Open(t.Context()); err == nil || !strings.Contains(err.Error(), "not a git repository") {
		t.Error(err)
	}
	run(t, "init", "-q", "--bare", ".")
	if _, err := git.Open(t.Context()); err == nil || !strings.Contains(err.Error(), "working tree") {
		t.Error(err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := git.Open(t.Context()); err == nil || err.Error() != "git is not installed, or not in the PATH" {
		t.Error(err)
	}
}

func TestRelative(t *testing.T) {
	repo(t)
	top, _ := os.Getwd()
	t.Chdir(mkdir(t, "posts"))
	r := open(t)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(top, link); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		".": "posts", "..": ".", "a.md": "posts/a.md", "../b/c.md": "b/c.md", "./x/../a.md": "posts/a.md", top: ".",
		filepath.Join(top, "b.md"): "b.md", filepath.Join(link, "b.md"): "b.md",
	} {
		if got, err := r.Relative(t.Context(), name); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, want)
		}
	}
	for _, name := range []string{"../..", "../../x.md", os.TempDir(), "/nowhere/x.md"} {
		if got, err := r.Relative(t.Context(), name); err == nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestBlobs(t *testing.T) {
	r := repo(t)
	texts := []string{"", "a\n", "no line break", "\x00\xff\n\n", strings.Repeat("long\n", 100_000)}
	b, err := r.Blobs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	for _, text := range texts {
		id, err := r.Store(t.Context(), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		data, size, err := b.Read(id[0], 1<<20)
		if err != nil || string(data) != text || size != int64(len(text)) {
			t.Errorf("%.20q: %.20q, %d, %v", text, data, size, err)
		}
		if data, size, err := b.Read(id[0], 1); err != nil || len(text) > 1 && (data != nil || size != int64(len(text))) {
			t.Errorf("%.20q above the limit: %.20q, %d, %v", text, data, size, err)
		}
	}
	if _, _, err := b.Read(strings.Repeat("0", 40), 1); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Error(err)
	}
	if _, _, err := b.Read(strings.TrimSpace(run(t, "hash-object", "-w", "--stdin", "--no-filters")), 9); err != nil {
		t.Error(err) // It goes on after that.
	}
}

func TestCancelled(t *testing.T) {
	r := repo(t)
	ctx, cancel := context.WithCancel(t.Context())
	b, err := r.Blobs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, _, err := b.Read(strings.Repeat("0", 40), 1); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if _, err := r.Staged(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestChange(t *testing.T) {
	r := repo(t)
	commit(t, "a.md", "a\n", "posts/中 文\n.md", "b\n", "seen.md", "c\n")
	if err := os.Chmod("a.md", 0o755); err != nil {
		t.Fatal(err)
	}
	run(t, "add", "a.md")
	run(t, "update-index", "--skip-worktree", "seen.md")
	run(t, "update-index", "--assume-unchanged", "a.md")
	id := func(text string) string {
		out, err := r.Store(t.Context(), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return out[0]
	}
	changes := []git.Change{
		{Path: "a.md", Mode: "100755", Old: id("a\n"), New: id("A\n")},
		{Path: "posts/中 文\n.md", Mode: "100644", Old: id("b\n"), New: id("B\n")},
		{Path: "seen.md", Mode: "100644", Old: id("c\n"), New: id("C\n")},
	}
	t.Chdir("posts")
	r = open(t)
	wrong := slices.Clone(changes)
	wrong[1].Old = id("other\n")
	before := run(t, "ls-files", "-s", "-v", ":/")
	if err := r.Change(t.Context(), wrong); !errors.Is(err, git.ErrStaged) {
		t.Errorf("a blob that is not there any more: %v", err)
	}
	write(t, "../.git/index.lock", "")
	if err := r.Change(t.Context(), changes); err == nil || !strings.Contains(err.Error(), "is another git at work?") {
		t.Errorf("a locked index: %v", err)
	}
	if err := os.Remove("../.git/index.lock"); err != nil {
		t.Fatal(err)
	}
	equal(t, run(t, "ls-files", "-s", "-v", ":/"), before)
	if err := r.Change(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	want := before
	for _, c := range changes {
		want = strings.ReplaceAll(want, c.Old, c.New)
	}
	equal(t, run(t, "ls-files", "-s", "-v", ":/"), want)
}

func TestContents(t *testing.T) {
	r := repo(t)
	commit(t, "img/a.png", "x", "img/gone.png", "x", ".gitignore", "/build/\n")
	write(t, "img/new.png", "x")
	write(t, "only/new.png", "x")
	write(t, "build/made.png", "x")
	if err := os.Remove("img/gone.png"); err != nil {
		t.Fatal(err)
	}
	outside := filepath.Join(t.TempDir(), "x.png")
	write(t, outside, "x")
	c := r.Contents(t.Context())
	for name, want := range map[string]error{
		"img/a.png": nil, "img": nil, "img/gone.png": nil, "build/made.png": nil, "build": nil, ".": nil, outside: nil,
		"img/new.png": git.ErrNotStaged, "only": git.ErrNotStaged, "only/new.png": git.ErrNotStaged, "img/none.png": fs.ErrNotExist,
	} {
		if _, err := c.Stat(name); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	if runtime.GOOS != "windows" {
		if _, err := c.Stat("img/none.png"); errors.Is(err, git.ErrNotStaged) {
			t.Error("what is nowhere is told apart from what is not staged")
		}
	}
}

func TestMergeText(t *testing.T) {
	r := repo(t)
	base := "1\n2\n3\n4\n5\n6\n"
	for _, c := range []struct{ ours, theirs, want string }{
		{base, "1\nzwei\n3\n4\n5\n6\n", "1\nzwei\n3\n4\n5\n6\n"},
		{"1\n2\n3\n4\n5\nsechs\n", "1\nzwei\n3\n4\n5\n6\n", "1\nzwei\n3\n4\n5\nsechs\n"},
		{"1\nII\n3\n4\n5\n6\n", "1\nzwei\n3\n4\n5\n6\n", ""},
		{"\x00", "1\nzwei\n3\n4\n5\n6\n", ""},
	} {
		got, ok, err := r.Merge(t.Context(), []byte(c.ours), []byte(base), []byte(c.theirs))
		if err != nil || ok != (c.want != "") || string(got) != c.want {
			t.Errorf("%q and %q: %q, %v, %v", c.ours, c.theirs, got, ok, err)
		}
	}
}
