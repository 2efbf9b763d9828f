package commands

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const readme = "../README.md"

// TestReadme runs the commands of the README's console blocks, one after the other, in a copy of what
// ships in the repository, and compares what they print. "go install ." comes first and makes the
// copydesk that the others run; the test command is left out. With -update the output is rewritten.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	bin, dir := t.TempDir(), t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "testdata"), os.DirFS("../testdata")); err != nil {
		t.Fatal(err)
	}
	var out []string
	ran := 0
	lines := strings.Split(string(text), "\n")
	for i := 0; i < len(lines); i++ {
		out = append(out, lines[i])
		if lines[i] != "```console" {
			continue
		}
		for i++; lines[i] != "```"; {
			command, ok := strings.CutPrefix(lines[i], "$ ")
			if !ok {
				t.Fatalf("README.md:%d: a console block begins with a command, not %q", i+1, lines[i])
			}
			out = append(out, lines[i])
			at := i + 1
			var want []string
			for i++; lines[i] != "```" && !strings.HasPrefix(lines[i], "$ "); i++ {
				want = append(want, lines[i])
			}
			got := want
			if command != "go test ./..." {
				got = runReadme(t, command, bin, dir)
				ran++
			}
			if !*update && strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("README.md:%d: %s\nprints\n%s\nand not\n%s", at, command, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			out = append(out, got...)
		}
		out = append(out, lines[i])
	}
	if ran < 5 {
		t.Errorf("only %d commands were found", ran)
	}
	if result := strings.Join(out, "\n"); *update && result != string(text) {
		if err := os.WriteFile(readme, []byte(result), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// runReadme runs one command and returns the lines that it prints, on both streams.
func runReadme(t *testing.T, command, bin, dir string) []string {
	t.Helper()
	c := exec.Command("sh", "-c", command)
	c.Dir = dir
	c.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "GOBIN="+bin, "NO_COLOR=1", "COPYDESK_PROGRESS=never")
	if strings.HasPrefix(command, "go install") {
		c.Dir = ".."
	}
	printed, err := c.CombinedOutput()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() > exitFindings) {
		t.Errorf("%s: %v\n%s", command, err, printed)
	}
	printed = bytes.TrimRight(printed, "\n")
	if len(printed) == 0 {
		return nil
	}
	lines := strings.Split(string(printed), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}
