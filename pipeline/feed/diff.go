package feed

import (
	"context"
	"io"
	"strconv"

	"copydesk/pipeline"
	"copydesk/pipeline/files"

	"github.com/aymanbagabas/go-udiff"
)

// A Preview shows what would change, and writes nothing else.
type Preview struct {
	w       io.Writer
	show    func(*pipeline.Document) string
	changed int
}

// List names the files that would change, one a line, on w, which is standard output.
func List(w io.Writer) *Preview {
	return &Preview{w: w, show: func(d *pipeline.Document) string { return files.Quote(d.Name) + "\n" }}
}

// Diff prints a unified diff of what would change on w, which is standard output.
func Diff(w io.Writer) *Preview {
	return &Preview{w: w, show: func(d *pipeline.Document) string {
		return udiff.Unified(label("a/", d.Name), label("b/", d.Name), string(d.Source), string(d.Text))
	}}
}

// label is a name in the head of a diff; like git, it is quoted when it holds what would break the line.
func label(prefix, name string) string {
	if files.Quote(name) == name {
		return prefix + name
	}
	return strconv.Quote(prefix + name)
}

// Write shows one document.
func (p *Preview) Write(_ context.Context, d *pipeline.Document) error {
	if d.Failed != nil || !d.Changed() {
		return nil
	}
	p.changed++
	if _, err := io.WriteString(p.w, p.show(d)); err != nil {
		return stop(stdout, err)
	}
	return nil
}

// Close has nothing to do.
func (p *Preview) Close() error { return nil }

// Changed counts the documents that would change.
func (p *Preview) Changed() int { return p.changed }
