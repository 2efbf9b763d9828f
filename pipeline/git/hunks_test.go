package git

import (
	"bufio"
	"reflect"
	"strings"
	"testing"
)

func TestParsePatch(t *testing.T) {
	for _, c := range []struct {
		name, patch string
		want        map[string][]Hunk
	}{
		{"nothing", "", map[string][]Hunk{}},
		{"lines that look like heads", "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n---- a/y\n-@@ -1 +1 @@\n++++ b/y\n+@@ -1 +1 @@\n+\n\\ No newline at end of file\n@@ -9,0 +11 @@ x\n+z\n",
			map[string][]Hunk{"x": {{1, 3}, {11, 1}}}},
		{"a deleted file before a new one", "diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\ndiff --git a/y b/y\nnew file mode 100644\n--- /dev/null\n+++ b/y\n@@ -0,0 +1 @@\n+y\n",
			map[string][]Hunk{"y": {{1, 1}}}},
		{"names", "+++ \"b/\\344\\270\\255\\t\\\"\\\\.md\"\n@@ -1 +2 @@\n-a\n+b\n+++ b/with blank.md\t\n@@ -3 +3,0 @@\n-a\n",
			map[string][]Hunk{"中\t\"\\.md": {{2, 1}}, "with blank.md": {{3, 0}}}},
		{"lines longer than the buffer", "+++ b/x\n@@ -1 +1 @@\n-" + strings.Repeat("a", 99) + "\n+" + strings.Repeat("b", 99) + "\n@@ -3 +3 @@\n-a\n+b\n",
			map[string][]Hunk{"x": {{1, 1}, {3, 1}}}},
	} {
		got, err := parsePatch(bufio.NewReaderSize(strings.NewReader(c.patch), 32))
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, %v, want %v", c.name, got, err, c.want)
		}
	}
	for _, patch := range []string{"@@ -1", "@@ x y @@\n", "@@ -x +y @@\n", "+++ b/x\n@@ -1 +1 @@\n-a\n"} {
		if got, err := parsePatch(bufio.NewReader(strings.NewReader(patch))); err == nil {
			t.Errorf("%q: %v and no error", patch, got)
		}
	}
}

// FuzzParsePatch: nothing that git could print breaks the reader, and no hunk goes backwards.
func FuzzParsePatch(f *testing.F) {
	f.Add("diff --git a/x b/x\n--- a/x\n+++ \"b/\\303\\\\\"\n@@ -1,2 +1 @@\n-a\n-b\n+c\n\\ No newline at end of file\n")
	f.Fuzz(func(t *testing.T, patch string) {
		found, err := parsePatch(bufio.NewReaderSize(strings.NewReader(patch), 64))
		for name, hunks := range found {
			for _, h := range hunks {
				if h.First < 0 || h.Count < 0 {
					t.Errorf("%q: %v, %v", name, h, err)
				}
			}
		}
	})
}
