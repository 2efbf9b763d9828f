package sanitize

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"copydesk/pipeline"
	"copydesk/testdata/golden"
)

// TestCases runs testdata/sanitize: the file body.html or body.md becomes result, and removed tells
// what went, with line and column. A file policy names another policy than article; a file policies defines some.
func TestCases(t *testing.T) { golden.Run(t, "../../testdata/sanitize/*.txtar", runCase) }

// runCase returns the files of a case as they should be.
func runCase(t *testing.T, a *txtar.Archive) []txtar.File {
	t.Helper()
	name, d, out := "article", (*pipeline.Document)(nil), []txtar.File(nil)
	set := (*Set)(nil)
	for _, f := range a.Files {
		switch f.Name {
		case "policies":
			var faults []string
			if set, faults = define(t, string(f.Data)); len(faults) > 0 {
				t.Fatal(faults)
			}
		case "policy":
			name = string(bytes.TrimSpace(f.Data))
		case "body.html", "body.md":
			d = pipeline.NewDocument(f.Name, f.Name, f.Data)
			d.Format = pipeline.HTML
			if f.Name == "body.md" {
				d.Format = pipeline.Markdown
			}
		default:
			continue
		}
		out = append(out, f)
	}
	p, err := set.Named(name)
	if err != nil || d == nil {
		t.Fatalf("policy or body: %v", err)
	}
	edits, removed, err := p.Clean(d)
	if err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	lines := pipeline.NewLines(d.Text)
	for _, r := range removed {
		at := lines.At(r.Span.Start, pipeline.CodePoints)
		fmt.Fprintf(&told, "%d:%d %s %s %s: %s\n", at.Line, at.Column, r.Severity, r.Code, r.Rule, r)
	}
	if err := d.Apply(edits...); err != nil {
		t.Fatal(err)
	}
	return append(out, txtar.File{Name: "result", Data: d.Text}, txtar.File{Name: "removed", Data: told.Bytes()})
}
