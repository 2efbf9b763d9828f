package matter

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// seeds adds the documents of testdata/matter.
func seeds(f *testing.F, add func(text []byte)) {
	for _, text := range documents(f) {
		add(text)
	}
	for _, s := range samples {
		add([]byte(s))
	}
}

// documents gives the documents of testdata/matter.
func documents(t testing.TB) (texts [][]byte) {
	paths, _ := filepath.Glob(filepath.Join("..", "..", "testdata", "matter", "*.txtar"))
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range txtar.Parse(data).Files {
			switch filepath.Base(file.Name) {
			case "input":
				texts = append(texts, file.Data)
			case "quoted":
				texts = append(texts, unquote(t, file))
			}
		}
	}
	return texts
}

// FuzzSplit holds that the parts of any text are the text and lie one behind the other, that faults lie
// inside it, and that their edits can be carried out.
func FuzzSplit(f *testing.F) {
	seeds(f, func(text []byte) { f.Add(text) })
	f.Fuzz(func(t *testing.T, text []byte) {
		before := bytes.Clone(text)
		env, faults := Split(text)
		if !bytes.Equal(env.Join(text), before) {
			t.Fatalf("%q: joined to %q", before, env.Join(text))
		}
		if env.Open.Start != 0 || env.Open.End != env.Raw.Start || env.Raw.End != env.Close.Start ||
			env.Close.End != env.Body.Start || env.Body.End != len(text) {
			t.Fatalf("%q: parts %+v do not lie one behind the other", text, env)
		}
		at := 0
		for _, fault := range faults {
			if fault.Span.Start < at || fault.Span.End < fault.Span.Start || fault.Span.End > len(text) || fault.Message == "" {
				t.Fatalf("%q: fault %+v", text, fault)
			}
			at = fault.Span.Start
			apply(t, text, fault.Edits...)
		}
		if closing := string(env.Fence.Of(text)); env.Format != None && env.isPlain(text, closing) &&
			!captures(env.Raw.Of(text), text[:env.Close.End], closing, closing) {
			t.Fatalf("%q: %+v is not plain", text, env)
		}
		if env.Format == None && (env.Body.Start != 0 || env.Lost != lost(faults)) {
			t.Fatalf("%q: %+v, faults %+v", text, env, faults)
		}
	})
}

func lost(faults []Fault) bool {
	for _, f := range faults {
		if f.Kind == Unclosed {
			return true
		}
	}
	return false
}

// FuzzSpans holds that the bytes of each value, read alone, are that value, in each syntax.
func FuzzSpans(f *testing.F) {
	seeds(f, func(text []byte) {
		m := Read(text)
		f.Add(m.Raw.Of(text))
	})
	f.Fuzz(func(t *testing.T, text []byte) {
		if root, _ := Parse(text, YAML); root != nil {
			checkSpans(t, "yaml", text, root)
			checkJSON(t, text, root)
		}
		for _, format := range []Format{TOML, JSON} {
			root, faults := Parse(text, format)
			if root == nil && len(faults) == 0 {
				t.Fatalf("%s %q: neither a value nor a fault", format, text)
			}
			checkJSON(t, text, root)
			root.Walk(func(pointer string, n *Node) {
				if n.Kind == Mapping || n.Kind == Sequence {
					n.Span.Of(text)
					return
				}
				prefix := map[Format]string{TOML: "k = "}[format]
				alone, faults := Parse([]byte(prefix+string(n.Span.Of(text))), format)
				if format == TOML && alone != nil {
					alone = alone.Get("k")
				}
				if alone == nil || alone.Kind != n.Kind || alone.Value != n.Value {
					t.Fatalf("%s %q %s: %q spans %q: %+v %+v", format, text, pointer, n.Value, n.Span.Of(text), alone, faults)
				}
			})
		}
	})
}

// checkJSON checks that what a value says in JSON is JSON, and that it says it.
func checkJSON(t *testing.T, text []byte, root *Node) {
	t.Helper()
	if root == nil {
		return
	}
	json := AppendJSON(nil, root, func(string, string) {})
	back, faults := Parse(json, JSON)
	if back == nil || !same(back, root) {
		t.Fatalf("%q as JSON is %s: %+v", text, json, faults)
	}
}

// FuzzPatch holds that after a patch the new value is read, every other value is as before, and the
// body is the same; and that merging what the front matter says changes nothing.
func FuzzPatch(f *testing.F) {
	seeds(f, func(text []byte) {
		f.Add(text, len(text), newValues[len(text)%len(newValues)])
	})
	f.Fuzz(func(t *testing.T, text []byte, which int, value string) {
		m := Read(text)
		if m.Root == nil || m.Root.Kind != Mapping {
			return
		}
		if edits, err := m.Merge(AppendJSON(nil, m.Root, nil)); len(edits) > 0 || err != nil && !duplicated(m.Faults) {
			t.Fatalf("%q: merging its own data makes %v, %v", text, edits, err)
		}
		if want, err := readJSON([]byte(value)); err == nil && want.Kind == Mapping {
			if edits, err := m.Merge([]byte(value)); err == nil {
				after := Read(apply(t, text, edits...))
				if !same(after.Root, want) || !bytes.Equal(after.Body.Of(after.Text), m.Body.Of(text)) {
					t.Fatalf("%q merged with %s gives %q", text, value, after.Text)
				}
			}
		}
		var pointers []string
		m.Root.Walk(func(pointer string, _ *Node) { pointers = append(pointers, pointer) })
		pointer := pointers[(which%len(pointers)+len(pointers))%len(pointers)]
		edit, err := m.Patch(pointer, []byte(value))
		if err != nil {
			return
		}
		want, err := readJSON([]byte(value))
		if err != nil {
			t.Fatalf("patched with %q: %v", value, err)
		}
		after := Read(apply(t, text, edit))
		if !same(after.Root.At(pointer), want) || !same(after.Root, replaced(m.Root, tokens(pointer), want)) {
			t.Fatalf("%q %s = %s gives %q", text, pointer, value, after.Text)
		}
		if !bytes.Equal(after.Body.Of(after.Text), m.Body.Of(text)) {
			t.Fatalf("%q %s = %s changes the body", text, pointer, value)
		}
	})
}

func duplicated(faults []Fault) bool {
	for _, f := range faults {
		if f.Kind == Duplicate {
			return true
		}
	}
	return false
}

// TestRepairs holds that the edits of a fault repair it, and that the data say what they said.
func TestRepairs(t *testing.T) {
	repaired := 0
	for _, text := range documents(t) {
		m := Read(text)
		count := func(m *Matter, kind FaultKind) (n int) {
			for _, f := range m.Faults {
				if f.Kind == kind {
					n++
				}
			}
			return n
		}
		for _, f := range m.Faults {
			if len(f.Edits) == 0 {
				continue
			}
			repaired++
			after := Read(apply(t, text, f.Edits...))
			if count(after, f.Kind) >= count(m, f.Kind) {
				t.Errorf("%q: %s stays in %q: %+v", text, f.Kind, after.Text, after.Faults)
			}
			if m.Root != nil && !same(m.Root, after.Root) || m.Lost && after.Format == None {
				t.Errorf("%q: repairing %s gives %q", text, f.Kind, after.Text)
			}
		}
	}
	if repaired < 20 {
		t.Errorf("%d repairs only", repaired)
	}
}
