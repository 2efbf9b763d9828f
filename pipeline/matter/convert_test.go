package matter

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"copydesk/pipeline"
)

// converted gives a document with its front matter in another syntax.
func converted(t testing.TB, text []byte, to Format) (out []byte, losses []Loss, err error) {
	t.Helper()
	edits, losses, err := Read(text).Convert(to)
	if err != nil {
		return nil, nil, err
	}
	sorted, err := pipeline.SortEdits(edits, len(text))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	for _, l := range losses {
		if l.Span.Start < 0 || l.Span.End > len(text) || l.Span.End < l.Span.Start || l.Message == "" {
			t.Fatalf("%q: loss %+v", text, l)
		}
	}
	return pipeline.ApplyEdits(text, sorted), losses, nil
}

// values are those of a document as JSON, with what JSON can't say, and numbers in one spelling.
func values(m *Matter) string {
	var b strings.Builder
	var show func(n *Node)
	show = func(n *Node) {
		n = n.Resolve()
		fmt.Fprintf(&b, "%s(", n.Kind)
		for _, e := range n.Entries {
			fmt.Fprintf(&b, "%q:", e.Key)
			show(e.Value)
		}
		for _, item := range n.Items {
			show(item)
		}
		if n.Kind != Mapping && n.Kind != Sequence {
			fmt.Fprintf(&b, "%q", canonical(n))
		}
		b.WriteString(")")
	}
	show(m.Root)
	return b.String()
}

// comments are those of a document as a syntax has them, sorted.
func comments(m *Matter, to Format) (all []string) {
	c := converter{m: m, to: to}
	for _, r := range c.remarks() {
		if r.text != "" {
			all = append(all, r.text)
		}
	}
	slices.Sort(all)
	return all
}

// roundTrip holds what conversions promise of a document: values are equal, or a loss is told; a document that was
// written comes back the same to the byte; the body stays. It tells whether all was converted. Documents
// may be refused where strict is false.
func roundTrip(t testing.TB, name string, text []byte, strict bool) (done bool) {
	t.Helper()
	before := Read(text)
	if before.Format == None || before.Root == nil {
		return false
	}
	done = true
	for _, to := range []Format{YAML, TOML, JSON} {
		if to == before.Format {
			continue
		}
		there, losses, err := converted(t, text, to)
		if err != nil {
			if strict && len(before.Faults) == 0 && before.Root.Kind == Mapping {
				t.Errorf("%s to %s: %v\n%s", name, to, err, text)
			}
			done = false
			continue
		}
		after := Read(there)
		if got := after.Body.Of(there); !bytes.HasSuffix(got, before.Body.Of(text)) {
			t.Errorf("%s to %s: the body is %q, not %q", name, to, got, before.Body.Of(text))
		}
		if want, got := values(before), values(after); want != got && len(losses) == 0 {
			t.Errorf("%s to %s: no loss is told, and values differ:\n%s\n%s\n%s", name, to, want, got, there)
		}
		if want, got := comments(before, to), comments(after, to); to != JSON && !slices.Equal(want, got) {
			t.Errorf("%s to %s: comments %q become %q\n%s", name, to, want, got, there)
		}
		back, more, err := converted(t, there, before.Format)
		if err != nil && !strict {
			continue
		}
		if err != nil {
			t.Errorf("%s to %s and back: %v\n%s", name, to, err, there)
			continue
		}
		if want, got := values(after), values(Read(back)); want != got && len(more) == 0 {
			t.Errorf("%s to %s and back: no loss is told, and values differ:\n%s\n%s", name, to, want, got)
		}
		again, _, err := converted(t, back, to)
		if err != nil && !strict {
			continue
		}
		if err != nil {
			t.Errorf("%s a second time to %s: %v\n%s", name, to, err, back)
			continue
		}
		if third, _, err := converted(t, again, before.Format); err != nil || !bytes.Equal(third, back) {
			t.Errorf("%s to %s, the second time: %v\n%s\nis not\n%s", name, to, err, third, back)
		}
	}
	return done
}

// enveloped puts a text between fences.
func enveloped(text []byte, f Format) []byte {
	fence := map[Format]string{YAML: "---", TOML: "+++", JSON: "---json"}[f]
	if !bytes.HasSuffix(text, []byte("\n")) {
		text = append(slices.Clone(text), '\n')
	}
	return []byte(fence + "\n" + string(text) + fence[:3] + "\n\nText\n")
}

func TestConvertSuites(t *testing.T) {
	for name, cases := range map[string][]suiteCase{"yaml-test-suite": yamlCases(t), "toml-test": tomlCases(t), "JSONTestSuite": jsonCases(t)} {
		count := 0
		for _, c := range cases {
			text := enveloped(c.text, c.format)
			if m := Read(text); c.valid && m.Format == c.format && m.Root != nil && m.Root.Kind == Mapping && roundTrip(t, name+" "+c.name, text, true) {
				count++
			}
		}
		if t.Logf("%s: %d documents converted to two syntaxes and back", name, count); count < 10 {
			t.Errorf("%s: only %d documents were converted", name, count)
		}
	}
}

func TestConvertCorpora(t *testing.T) {
	for _, folder := range []string{"seedlike/exact", "sites"} {
		root, count := filepath.Join("..", "..", "..", "shared", "corpus", filepath.FromSlash(folder)), 0
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() || d.Name()[0] == '.' {
				return err
			}
			switch filepath.Ext(path) {
			case ".md", ".markdown", ".txt", ".html", ".mdx":
			default:
				return nil
			}
			text, err := os.ReadFile(path)
			if err == nil && len(text) < 1<<20 && roundTrip(t, path, text, true) {
				count++
			}
			return err
		})
		if err != nil {
			t.Skipf("no corpus here: %v", err)
		}
		t.Logf("%s: %d documents converted to two syntaxes and back", folder, count)
	}
}

// FuzzConvert holds the promises of conversions for any document.
func FuzzConvert(f *testing.F) {
	seeds(f, func(text []byte) { f.Add(text) })
	f.Fuzz(func(t *testing.T, text []byte) {
		roundTrip(t, "fuzz", text, false)
		converted(t, text, None)
	})
}

func BenchmarkConvert(b *testing.B) {
	text := []byte(samples[0])
	for _, s := range samples {
		if m := Read([]byte(s)); m.Root != nil && len(m.Root.Entries) > 0 && m.Format == YAML {
			text = []byte(s)
			break
		}
	}
	for _, to := range []Format{TOML, JSON} {
		b.Run(string(to), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, _, err := Read(text).Convert(to); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestConvertHostile holds that what is made to do harm is converted, or refused, in a time that its length says.
func TestConvertHostile(t *testing.T) {
	const n = 60 << 10
	for name, raw := range map[string]string{
		"comments":  strings.Repeat("#\n", n/2),
		"blanks":    strings.Repeat("\n", n),
		"nulls":     "a: [" + strings.Repeat("~,", n/8) + "]\n",
		"items":     "a:\n" + strings.Repeat(" -\n", n/8),
		"remarks":   "a:\n" + strings.Repeat(" - 1 #\n", n/8),
		"aliases":   "a: &a [" + strings.Repeat("x", n/2) + "]\nb: [" + strings.Repeat("*a,", 30) + "]\n",
		"merges":    "a: &a {k: 1}\nb: &b {<<: [" + strings.Repeat("*a,", 1000) + "]}\nc: {<<: [*b,*b,*b]}\n",
		"deep":      "a: " + strings.Repeat("[", 30) + strings.Repeat("]", 30) + "\n",
		"separator": "a: 1 #" + strings.Repeat("\u2028", n/3-10) + "\n",
		"keys":      strings.Repeat("a: 1 # x\n", 999),
	} {
		text := enveloped([]byte(raw), YAML)
		for _, to := range []Format{TOML, JSON} {
			start := time.Now()
			_, _, err := converted(t, text, to)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%s to %s takes %v", name, to, took)
			} else {
				t.Logf("%s to %s: %v, %v", name, to, took, err)
			}
		}
	}
}
