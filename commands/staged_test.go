package commands

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// gitRepository makes a repository that no setting of the machine reaches, and enters it.
func gitRepository(t *testing.T) {
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
	t.Chdir(t.TempDir())
	t.Setenv("HOME", t.TempDir())
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		t.Setenv("GIT_"+who+"_NAME", "a")
		t.Setenv("GIT_"+who+"_EMAIL", "a@example.com")
	}
	gitRun(t, "init", "-q", "-b", "main")
}

func gitRun(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("git", args...).Output()
	if err != nil {
		t.Fatalf("git %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

func mustWrite(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

func mustRead(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// copydesk runs a command, and returns its exit status and what it printed.
func copydesk(t *testing.T, args ...string) (status int, printed string) {
	t.Helper()
	var out bytes.Buffer
	status = Main(t.Context(), append([]string{"copydesk"}, args...), Streams{In: strings.NewReader(""), Out: &out, Err: &out})
	return status, out.String()
}

// An articleMaker makes articles with faults that have a safe fix, and changes them.
type articleMaker struct {
	*rand.Rand
	n int
}

func (m *articleMaker) line() string {
	m.n++
	return [...]string{
		fmt.Sprintf("It rained %d times.", m.n),
		fmt.Sprintf("<p onclick=\"x()\">%d</p>", m.n),
		fmt.Sprintf("<a href=\"javascript:;\">更多 %d</a>", m.n),
		fmt.Sprintf("🌧 %d", m.n),
	}[m.IntN(4)]
}

func (m *articleMaker) article() []string {
	lines := []string{"---", "title: Rain", "date: Fri, 22 Jul 2022 22:48:17 GMT", "---", ""}
	if m.IntN(2) == 0 {
		lines = append([]string{""}, lines...)
	}
	for range 2 + m.IntN(12) {
		lines = append(lines, m.line())
	}
	return lines
}

// edited changes some lines of the body.
func (m *articleMaker) edited(lines []string) []string {
	lines = slices.Clone(lines)
	for range 1 + m.IntN(3) {
		at := min(len(lines), 7+m.IntN(max(1, len(lines)-6)))
		switch m.IntN(3) {
		case 0:
			lines = slices.Insert(lines, at, m.line())
		case 1:
			lines = slices.Delete(lines, min(at, len(lines)), min(at+1, len(lines)))
		default:
			if at < len(lines) {
				lines[at] = m.line()
			}
		}
	}
	return lines
}

// bytes joins lines, sometimes without a last line break, which has a fix.
func (m *articleMaker) bytes(lines []string, end string) []byte {
	text := strings.Join(lines, end)
	if m.IntN(4) > 0 {
		text += end
	}
	return []byte(text)
}

// unstaged are the lines of the difference between index and working tree.
func unstaged(t *testing.T) []string {
	t.Helper()
	var lines []string
	for line := range strings.SplitSeq(gitRun(t, "diff", "-U0", "--no-color"), "\n") {
		if strings.HasPrefix(line, "+") || strings.HasPrefix(line, "-") {
			if !strings.HasPrefix(line, "+++") && !strings.HasPrefix(line, "---") {
				lines = append(lines, strings.TrimSuffix(line, "\r"))
			}
		}
	}
	slices.Sort(lines)
	return lines
}

// TestStagedFix holds lint --staged --fix to its promise over mixtures of what is committed, staged and
// not staged: the index holds what --fix makes of the files that were staged, and the working tree has
// the same changes over it as before, or was not touched at all.
func TestStagedFix(t *testing.T) {
	gitRepository(t)
	m := &articleMaker{Rand: rand.New(rand.NewPCG(1, 2))}
	beside, touched, kept := t.TempDir(), 0, 0
	for round := range 40 {
		crlf := []string{"false", "false", "input", "true"}[m.IntN(4)]
		gitRun(t, "config", "core.autocrlf", crlf)
		end := "\n"
		if crlf == "true" || crlf == "input" && m.IntN(2) == 0 {
			end = "\r\n"
		}
		name := fmt.Sprintf("%d 文.md", round)
		lines := m.article()
		if m.IntN(2) == 0 {
			mustWrite(t, name, m.bytes(lines, end))
			gitRun(t, "add", name)
			gitRun(t, "commit", "-q", "-m", name)
			lines = m.edited(lines)
		}
		staged := m.bytes(lines, end)
		mustWrite(t, name, staged)
		gitRun(t, "add", name)
		if gitRun(t, "diff", "--cached", "--name-only") == "" {
			continue
		}
		working := staged
		if m.IntN(3) > 0 {
			working = []byte(strings.Join(m.edited(lines), end) + end)
			mustWrite(t, name, working)
		}
		before, blob := unstaged(t), gitRun(t, "show", ":"+name)

		mustWrite(t, filepath.Join(beside, "a.md"), []byte(blob))
		wantStatus, _ := copydesk(t, "lint", "--fix", filepath.Join(beside, "a.md"))
		want := mustRead(t, filepath.Join(beside, "a.md"))

		status, said := copydesk(t, "lint", "--staged", "--fix", "--report", "concise")
		if status != wantStatus {
			t.Errorf("%s: exit status %d, want %d\n%s", name, status, wantStatus, said)
		}
		if got := gitRun(t, "show", ":"+name); got != string(want) {
			t.Errorf("%s: the index holds\n%q\nand not\n%q", name, got, want)
		}
		now := mustRead(t, name)
		switch after := unstaged(t); {
		case slices.Equal(before, after):
			touched++
		case bytes.Equal(now, working) && strings.Contains(said, name+": repaired in the index only"):
			kept++
		default:
			t.Errorf("%s: not staged was\n%q\nand is\n%q\n%s", name, before, after, said)
		}
		if bytes.Equal(working, staged) && len(unstaged(t)) > 0 {
			t.Errorf("%s: all was staged, and now something is not: %q", name, unstaged(t))
		}
		if again, _ := copydesk(t, "lint", "--staged", "--fix"); again != wantStatus || gitRun(t, "show", ":"+name) != string(want) {
			t.Errorf("%s: a second run changes something", name)
		}
		mustWrite(t, name, want)
		gitRun(t, "add", "-A")
		gitRun(t, "commit", "-q", "-m", name)
	}
	if touched < 15 || kept < 3 {
		t.Errorf("the working tree followed %d times, was left alone %d times; the cases are too much alike", touched, kept)
	}
}

// TestChangedFix holds lint --changed-since --fix to its promise: no line that had not changed is changed
// by it, and nothing is left to repair on those that had.
func TestChangedFix(t *testing.T) {
	gitRepository(t)
	m := &articleMaker{Rand: rand.New(rand.NewPCG(3, 4))}
	removed := func() map[string]int {
		lines := map[string]int{}
		for _, line := range unstaged(t) {
			if strings.HasPrefix(line, "-") {
				lines[line]++
			}
		}
		return lines
	}
	repaired := 0
	for round := range 20 {
		name := fmt.Sprintf("%d.md", round)
		lines := m.article()
		mustWrite(t, name, []byte(strings.Join(lines, "\n")+"\n"))
		gitRun(t, "add", "-A")
		gitRun(t, "commit", "-q", "-m", name)
		working := []byte(strings.Join(m.edited(lines), "\n") + "\n")
		mustWrite(t, name, working)
		before := removed()
		_, said := copydesk(t, "lint", "--changed-since", "HEAD", "--fix", "--report", "concise")
		for line, n := range removed() {
			if n > before[line] {
				t.Errorf("%s: a line that had not changed is gone: %q\n%s", name, line, said)
			}
		}
		if status, left := copydesk(t, "lint", "--changed-since", "HEAD", "--diff"); status != exitDone {
			t.Errorf("%s: something is left to repair:\n%s", name, left)
		}
		if !bytes.Equal(mustRead(t, name), working) {
			repaired++
		}
		mustWrite(t, name, working)
		gitRun(t, "commit", "-q", "--allow-empty", "-a", "-m", name)
	}
	if repaired < 5 {
		t.Errorf("only %d were repaired; the cases are too much alike", repaired)
	}
}
