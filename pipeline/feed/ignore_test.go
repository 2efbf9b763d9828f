package feed

import (
	"bufio"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// ignorePatterns are lines of ignore files, each with some trait of its own.
var ignorePatterns = []string{
	"a", "a/", "/a", "/a/", "a/b", "/a/b", "a/b/", "b/", "*", "/*", "*/", "*.md", "/*.md", "a/*.md", "a/*/b", "a/**/b", "**/b", "**/b/", "/**/b", "a/**", "a/**/", "**",
	"**/", "/**", "a**", "a/b**", "a**/b", "**a", "a/**b", "***", "a/***/b", "**/**/b", "a/**/**/b", "?", "??", "?.md", "a?b", "a/?", "[ab]", "[!ab]", "[^ab]", "[a-c].md", "[c-a]", "[]a]",
	"[!]a]", "[a-]", "[-a]", "[a", "[", "a[", "[[:alpha:]]", "[[:digit:]b]", "[[:nope:]]", "[[:alpha]", "[[:alpha:]", `\a`, `\*`, `a\`, `\!a`, `\#a`, "#a", "!a", "!a/", "!*.md", "!/a/b", "!", "a ", `a\ `, "a  ",
	` a`, "a\t", "a\r", "", " ", "/", "//", "a//b", "./a", "../a", "a/.", "a/b/..", ".*", ".md", "*.*", "*a*b*", "*/b", "*/*/b", "a/b/c", "c", "a/**/c", "**/a/b", "b/c", "/b/c", "*b", "**b/c", "a/*", "a/*/", "a*/b", "*[", `*\*`,
	"a/[b/]c", "a[/]b", `a/\b`, `a/b\`, "[a-z]/b", "微信", "微*", "?微", "[微]", "[\\]]", "[a\\-c]", "*.m[d]", "a/**/b/**", "*/**", "**/*", "**/*.md", "a/b/**/c", "a*/**/c", "x y", "\xff", "[\xfe-\xff]", "a.md", "/a.md", "b.md", "!b.md",
	`**\/b`, `a/**\/b`, "[/]", "a/[!x]", "[!/]b", "a-c", "[a--]", "[+--]x", "[]-a]b", "[[a]", "[[:space:]]", "[[:upper:][:digit:]]",
}

// ignorePaths are what the patterns are tried on; a slash at the end marks a folder.
var ignorePaths = []string{
	"a", "b", "c", "ab", "aab", "a.md", "b.md", "c.md", "ab.md", ".md", "a b", "a ", " a", "!a", "#a", "a*", "*", `a\`, "[a", "]", "-", "-a", "a]", "\xff", "微信", "a微", "微", "x y", "A", "1", "+x", "a-c", "_b",
	"a/", "b/", "c/", "ab/", "a.md/", ".a/", "d/a", "d/a/", "d/b", "d/b.md", "a/b", "a/b/", "a/b.md", "a/c", "a/b/c", "a/b/c/", "a/x/b", "a/x/y/b", "a/x/y/c", "b/c", "b/a/b", "b/c/a/b", "d/a/b/c", "ab/b", "aab/c", "a/bb", "a/bb/c", "a/b/b", "a/ab", "xb/c", "a/微信", "x/a/b/c.md",
}

// TestIgnoreAsGit compares every pair of patterns of a random choice, and every pattern alone, with
// git check-ignore.
func TestIgnoreAsGit(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git here")
	}
	files, folders := repository(t), repository(t)
	var ofFiles, ofFolders []string
	for _, name := range ignorePaths {
		if folder, ok := strings.CutSuffix(name, "/"); ok {
			ofFolders = append(ofFolders, folder)
			if err := os.MkdirAll(filepath.Join(folders, folder), 0o777); err != nil {
				t.Fatal(err)
			}
		} else {
			ofFiles = append(ofFiles, name)
		}
	}
	cases := make([]string, 0, 300)
	cases = append(cases, ignorePatterns...)
	random := rand.New(rand.NewSource(1))
	for range 100 {
		cases = append(cases, ignorePatterns[random.Intn(len(ignorePatterns))]+"\n"+ignorePatterns[random.Intn(len(ignorePatterns))])
	}
	pairs := 0
	for _, text := range cases {
		rules := &ignores{patterns: parseIgnore([]byte(text + "\n"))}
		for name, want := range asGit(t, files, text, ofFiles) {
			pairs++
			if got := ignoredWithFolders(rules, name, false); got != want {
				t.Errorf("%q on %q: ignored is %v, git says %v", text, name, got, want)
			}
		}
		for name, want := range asGit(t, folders, text, ofFolders) {
			pairs++
			if got := ignoredWithFolders(rules, name, true); got != want {
				t.Errorf("%q on folder %q: ignored is %v, git says %v", text, name, got, want)
			}
		}
	}
	t.Logf("%d pairs of rules and path", pairs)
}

func repository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("git", "-C", dir, "init", "-q").CombinedOutput(); err != nil {
		t.Fatalf("git init: %v: %s", err, out)
	}
	return dir
}

// asGit asks git which paths are ignored by rules.
func asGit(t *testing.T, dir, rules string, paths []string) map[string]bool {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, ".gitignore"), []byte(rules+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("git", "-C", dir, "-c", "core.excludesFile=", "check-ignore", "--no-index", "-z", "-v", "-n", "--stdin")
	cmd.Stdin = strings.NewReader(strings.Join(paths, "\x00") + "\x00")
	out, err := cmd.Output()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() > 1) {
		t.Fatalf("git check-ignore: %v", err)
	}
	fields := strings.Split(string(out), "\x00")
	result := map[string]bool{}
	for i := 0; i+3 < len(fields); i += 4 {
		result[fields[i+3]] = fields[i] != "" && !strings.HasPrefix(fields[i+2], "!")
	}
	if len(result) != len(paths) {
		t.Fatalf("git answered for %d of %d paths", len(result), len(paths))
	}
	return result
}

// ignoredWithFolders asks as a walk does: what lies in an ignored folder is ignored.
func ignoredWithFolders(rules *ignores, name string, isFolder bool) bool {
	for i := range len(name) {
		if name[i] == '/' && rules.ignored(name[:i], true) {
			return true
		}
	}
	return rules.ignored(name, isFolder)
}

// TestIgnoreIsLinear: patterns that take a backtracking matcher for ever.
func TestIgnoreIsLinear(t *testing.T) {
	for _, text := range []string{strings.Repeat("*a", 2000) + "b", strings.Repeat("**/", 1300) + "b", "/" + strings.Repeat("*?", 2000) + "b", strings.Repeat("[a-z]*", 600) + "b"} {
		rules := &ignores{patterns: parseIgnore([]byte(text))}
		start := time.Now()
		rules.ignored(strings.Repeat("a", 4000), false)
		rules.ignored(strings.Repeat("a/", 2000)+"a", false)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%.20q took %v", text, took)
		}
	}
}

// FuzzPattern: nothing panics; a pattern without special characters means itself.
func FuzzPattern(f *testing.F) {
	for _, p := range ignorePatterns {
		f.Add(p, "a/b.md")
	}
	f.Fuzz(func(t *testing.T, line, name string) {
		rules := &ignores{patterns: parseIgnore([]byte(line))}
		ignoredWithFolders(rules, name, true)
		if line != "" && !strings.ContainsAny(line, "*?[\\/!# \r\n") && len(line) < maxPattern && !strings.HasPrefix(line, string(utf8Mark)) && !rules.ignored(line, false) {
			t.Errorf("%q does not match itself", line)
		}
	})
}

func BenchmarkIgnored(b *testing.B) {
	var text strings.Builder
	out := bufio.NewWriter(&text)
	for i := range 50 {
		fmt.Fprintf(out, "*.x%d\n/build%d/\nnode_modules%d\nsrc/**/gen%d/*.md\n", i, i, i, i)
	}
	_ = out.Flush()
	rules := &ignores{patterns: parseIgnore([]byte(text.String()))}
	for b.Loop() {
		rules.ignored("src/content/posts/2022/some-article.md", false)
	}
}
