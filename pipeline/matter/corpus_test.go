package matter

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"copydesk/pipeline"
)

// corpus gives the files below a folder of the corpus that stands beside the repository.
func corpus(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", "corpus", filepath.FromSlash(folder))
	files := map[string][]byte{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		files[path], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Skipf("no corpus here: %v", err)
	}
	return files
}

// checkSpans checks that the bytes of each value, read alone, are that value.
func checkSpans(t *testing.T, name string, text []byte, root *Node) {
	t.Helper()
	end := 0
	root.Walk(func(pointer string, n *Node) {
		if n.Span.Start < 0 || n.Span.End < n.Span.Start || n.Span.End > len(text) {
			t.Fatalf("%s %s: span %v of %d bytes", name, pointer, n.Span, len(text))
		}
		if n.Kind == Mapping || n.Kind == Sequence {
			return
		}
		if n.Span.Start < end {
			t.Errorf("%s %s: span %v begins before the end of the last value, %d", name, pointer, n.Span, end)
		}
		end = n.Span.End
		raw := n.Span.Of(text)
		if n.Kind == Alias {
			if string(raw) != "*"+n.Value {
				t.Errorf("%s %s: alias %q spans %q", name, pointer, n.Value, raw)
			}
			return
		}
		if got := readAlone(text, n); got != n.Value {
			t.Errorf("%s %s: %q spans %q, which says %q\n%s", name, pointer, n.Value, raw, got, text)
		}
	})
}

// indented indents what follows a line break of YAML.
var indented = strings.NewReplacer("\r\n", "\n  ", "\r", "\n  ", "\n", "\n  ", "\u0085", "\u0085  ", "\u2028", "\u2028  ", "\u2029", "\u2029  ")

// readAlone reads the bytes of a scalar at the indentation that they have in the text.
func readAlone(text []byte, n *Node) string {
	raw := n.Span.Of(text)
	if len(raw) == 0 {
		return ""
	}
	if raw[0] == '|' || raw[0] == '>' { // The indentation of the parent is not known: a top value has none.
		if bytes.ContainsAny(raw[:min(3, len(raw))], "123456789") {
			return n.Value
		}
		tail := ""
		if pipeline.AfterBreak(text, n.Span.End) > n.Span.End {
			tail = "\n"
		}
		return firstScalar(string(raw) + tail)
	}
	spread := indented.Replace(string(raw))
	if got := firstScalar("- " + spread); got == n.Value {
		return got
	}
	return firstScalar("[" + spread + "]") // In brackets some characters mean less.
}

// firstScalar is the value of the first scalar of a YAML text, or the error.
func firstScalar(text string) string {
	var doc yaml.Node
	if err := yaml.Load([]byte(text), &doc); err != nil {
		return err.Error()
	}
	n := &doc
	for len(n.Content) > 0 {
		n = n.Content[0]
	}
	return n.Value
}

func TestParserSuites(t *testing.T) {
	for _, folder := range []string{"hostile/toml-test", "hostile/jsontestsuite", "hostile/yaml-test-suite"} {
		for path, data := range corpus(t, folder) {
			start := time.Now()
			for _, f := range []Format{YAML, TOML, JSON} {
				if root, faults := Parse(data, f); root == nil && len(faults) == 0 {
					t.Errorf("%s as %s: neither a value nor a fault", path, f)
				}
			}
			m := Read(append([]byte("+++\n"), data...))
			if !bytes.Equal(m.Join(m.Text), m.Text) {
				t.Errorf("%s: not joined as it was split", path)
			}
			if took := time.Since(start); took > time.Second {
				t.Errorf("%s takes %v", path, took)
			}
		}
	}
}
