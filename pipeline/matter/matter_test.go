package matter

import (
	"bytes"
	"fmt"
	"path"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"copydesk/pipeline"
	"copydesk/testdata/golden"
)

// TestCases runs the cases of testdata/matter. A file of an archive named CASE/input is a document, or with
// the name CASE/quoted the Go string literals that make one, line by line; CASE/do, if there, has lines
// "patch POINTER JSON", "merge JSON", "convert FORMAT", "rename OLD=NEW..." and "dates ZONE", each done to the document; CASE/want is what comes of it.
func TestCases(t *testing.T) {
	golden.Run(t, "../../testdata/matter/*.txtar", func(t *testing.T, a *txtar.Archive) []txtar.File {
		var input, do []byte
		for i := range a.Files {
			switch f := &a.Files[i]; path.Base(f.Name) {
			case "input":
				input, do = f.Data, nil
			case "quoted":
				input, do = unquote(t, *f), nil
			case "do":
				do = f.Data
			case "want":
				if do == nil {
					f.Data = []byte(show(input))
				} else {
					f.Data = []byte(change(input, do))
				}
			}
		}
		return a.Files
	})
}

func unquote(t testing.TB, f txtar.File) (out []byte) {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSpace(string(f.Data)), "\n") {
		s, err := strconv.Unquote(line)
		if err != nil {
			t.Fatalf("%s: %s: %v", f.Name, line, err)
		}
		out = append(out, s...)
	}
	return out
}

// show writes what is read: the envelope, the faults with line and column, and the tree.
func show(text []byte) string {
	m := Read(text)
	lines := pipeline.NewLines(text)
	place := func(s pipeline.Span) string {
		a, b := lines.At(s.Start, pipeline.CodePoints), lines.At(s.End, pipeline.CodePoints)
		return fmt.Sprintf("%d:%d-%d:%d", a.Line, a.Column, b.Line, b.Column)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "format %q open %q raw %d close %q body %d lost %v\n", m.Format, m.Open.Of(text), m.Raw.Len(), m.Close.Of(text), m.Body.Len(), m.Lost)
	for _, f := range m.Faults {
		fmt.Fprintf(&b, "%s %s: %s", place(f.Span), f.Kind, f.Message)
		for _, r := range f.Related {
			fmt.Fprintf(&b, " (%s)", place(r))
		}
		if f.Equal {
			b.WriteString(" (equal)")
		}
		if f.Prose {
			b.WriteString(" (prose)")
		}
		b.WriteByte('\n')
		for _, e := range f.Edits {
			fmt.Fprintf(&b, "\tedit %s %q\n", place(e.Span()), e.Text)
		}
	}
	m.Root.Walk(func(pointer string, n *Node) {
		if pointer == "" {
			return
		}
		fmt.Fprintf(&b, "%s %s %s %q", place(n.Span), pointer, n.Kind, n.Value)
		if n.Tag != "" || n.Anchor != "" {
			fmt.Fprintf(&b, " tag %q anchor %q", n.Tag, n.Anchor)
		}
		b.WriteByte('\n')
	})
	if m.Root != nil {
		fmt.Fprintf(&b, "json %s\n", AppendJSON(nil, m.Root, func(pointer, kind string) { fmt.Fprintf(&b, "type %s %s\n", pointer, kind) }))
	}
	return b.String()
}

// change does the commands to the document, and writes each result.
func change(text, do []byte) string {
	var b strings.Builder
	for line := range strings.Lines(string(do)) {
		command, arg, _ := strings.Cut(strings.TrimSpace(line), " ")
		m := Read(text)
		var edits []pipeline.Edit
		var err error
		notes := ""
		switch command {
		case "convert":
			var losses []Loss
			edits, losses, err = m.Convert(Format(strings.TrimPrefix(arg, "none")))
			for _, l := range losses {
				notes += fmt.Sprintf("loss %s %s%s\n", at(text, l.Span), l.Message, map[bool]string{true: " (minor)"}[l.Minor])
			}
		case "rename", "dates":
			var left []Left
			if command == "rename" {
				var names []Renaming
				for pair := range strings.FieldsSeq(arg) {
					from, to, _ := strings.Cut(pair, "=")
					names = append(names, Renaming{from, to})
				}
				edits, left, err = m.RenameKeys(names)
			} else {
				zone, _ := time.LoadLocation(arg)
				if arg == "" {
					zone = nil
				}
				edits, left, err = m.NormalizeDates([]string{"a", "b", "c", "d", "e", "f", "g", "h", "date", "lastmod"}, zone)
			}
			for _, l := range left {
				notes += fmt.Sprintf("left %s %s\n", at(text, l.Span), l.Message)
			}
		case "merge":
			edits, err = m.Merge([]byte(arg))
		default:
			var edit pipeline.Edit
			pointer, json, _ := strings.Cut(arg, " ")
			edit, err = m.Patch(pointer, []byte(json))
			edits = []pipeline.Edit{edit}
		}
		fmt.Fprintf(&b, "# %s%s", line, notes)
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			continue
		}
		d := pipeline.NewDocument("a.md", "a.md", text)
		if err := d.Apply(edits...); err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
		}
		after := bytes.ReplaceAll(d.Text, []byte("\r"), []byte("␍"))
		fmt.Fprintf(&b, "%s\n", after)
	}
	return b.String()
}

// at is where a span begins.
func at(text []byte, s pipeline.Span) string {
	p := pipeline.NewLines(text).At(s.Start, pipeline.CodePoints)
	return fmt.Sprintf("%d:%d", p.Line, p.Column)
}

// TestYAMLTexts holds what only whole texts have: directives, and marks of documents.
func TestYAMLTexts(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"%YAML 1.2\n---\na: 1\n", `{"a":1}`},
		{"# 雨\n\n%YAML 1.3 # later\n%FOO bar\n  # more\n---\na: 1\n", `{"a":1}`},
		{"%YAML 1.2\n%YAML 1.2\n---\na: 1\n", `0-9 syntax-error`},
		{"%YAML 1.2\na: 1\n", `0-9 syntax-error`},
		{"%YAML 2.0\n---\na: 1\n", `0-9 syntax-error`},
		{"# none\n...\n", `{}`},
		{"---\n---\n", `4-7 second-front-matter`},
		{"--- a # b\r\n--- c\r\n", `11-16 second-front-matter`},
		{"a: 1\n...\n# c\n%YAML 1.1\n---\nb: 2\n", `23-26 second-front-matter`},
		{"a: 1\n...\nb: 2\n", `9-13 second-front-matter`},
		{"[12, ! 12, !!int 12]", `[12,"12",12]`},
	} {
		root, faults := Parse([]byte(c.text), YAML)
		got := string(AppendJSON(nil, root, nil))
		if root == nil {
			got = fmt.Sprintf("%d-%d %s", faults[0].Span.Start, faults[0].Span.End, faults[0].Kind)
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
	}
}
