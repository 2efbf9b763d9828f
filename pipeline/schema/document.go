package schema

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
	"copydesk/pipeline/matter"
)

// maxSize is how large a schema file may be, in bytes.
const maxSize = 4 << 20

// A Mistake is one thing wrong in a schema.
type Mistake struct {
	Path         string // of the schema's file, or the name of a built-in schema
	Line, Column int    // from 1, columns in code points; 0 when the file could not be read
	Message      string
}

func (m *Mistake) Error() string {
	if m.Line == 0 {
		return fmt.Sprintf("%s: %s", files.Quote(m.Path), m.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", files.Quote(m.Path), m.Line, m.Column, m.Message)
}

// A document is the text that a schema stands in.
type document struct {
	path   string // as the user would open it
	text   []byte
	format matter.Format
	root   *matter.Node // of the schema: not always of the whole text
	value  any
}

// read reads the text of a schema.
func read(path string, text []byte) (*document, error) {
	d := &document{path: path, text: text, format: formatOf(path)}
	root, faults := matter.Parse(text, d.format)
	var errs []error
	for _, f := range faults {
		errs = append(errs, d.mistake(f.Span.Start, "%s", f.Message))
	}
	if root == nil || len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	if root.Span.Len() == 0 {
		return nil, d.mistake(0, "the file is empty, and no schema")
	}
	return d, d.settle(root)
}

// settle makes a node the schema of the document.
func (d *document) settle(root *matter.Node) error {
	switch n := root.Resolve(); {
	case n.Kind == matter.Sequence:
		return d.mistake(root.Span.Start, "a schema is a mapping of keywords to values, not a list")
	case n.Kind != matter.Mapping && n.Kind != matter.Bool:
		return d.mistake(root.Span.Start, "a schema is a mapping of keywords to values, not %s", show(valueOf(n, d.format)))
	}
	d.root, d.value = root, valueOf(root, d.format)
	return nil
}

// formatOf is the syntax of a schema's file: YAML by its extension, else JSON.
func formatOf(name string) matter.Format {
	switch strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/"))) {
	case ".yaml", ".yml":
		return matter.YAML
	}
	return matter.JSON
}

// mistake is a mistake at an offset of the document.
func (d *document) mistake(offset int, message string, args ...any) *Mistake {
	at := pipeline.NewLines(d.text).At(offset, pipeline.CodePoints)
	return &Mistake{Path: d.path, Line: at.Line, Column: at.Column, Message: fmt.Sprintf(message, args...)}
}
