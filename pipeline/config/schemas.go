package config

import (
	"errors"
	"path/filepath"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"
)

// A mapping is a JSON Schema for the articles that a glob means.
type mapping struct {
	glob string
	node *matter.Node // a file, the name of a schema that is built in, or the schema itself
}

// schemaMap reads the globs and what they are mapped to. No schema is read yet: most commands need none.
func (r *reader) schemaMap(n *matter.Node) {
	if !r.mapping(n, "schema") {
		return
	}
	for _, e := range n.Entries {
		node := e.Value.Resolve()
		switch node.Kind {
		case matter.Mapping, matter.Bool:
		case matter.String:
			if isFile(node.Value) {
				break
			}
			if _, err := schema.BuiltinText(node.Value); err != nil {
				r.wrong(e.Value.Span, "schema: %v; a file is named with its extension", err)
			}
		default:
			r.wrong(e.Value.Span, "schema: %q needs a file, the name of a schema that is built in, or a schema", e.Key)
		}
		r.config.schemas = append(r.config.schemas, mapping{e.Key, node})
	}
}

// isFile tells a file from the name of a schema that is built in.
func isFile(name string) bool { return strings.ContainsAny(name, `./\`) }

// Schemas compiles the schemas of the config, each once. The error joins all mistakes in them, each a *Mistake
// or a *schema.Mistake. While the config itself is still being read there are none.
func (c *Config) Schemas() (*schema.Chooser, error) {
	if c == nil || c.chooser == nil {
		return nil, nil
	}
	return c.chooser()
}

func (c *Config) compile() (*schema.Chooser, error) {
	loader, err := schema.NewLoader(filepath.Dir(c.Path))
	if err != nil {
		return nil, err
	}
	chooser := schema.NewChooser(loader)
	var errs []error
	for _, m := range c.schemas {
		s, err := c.compileOne(loader, m.node)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		chooser.Map(s, func(name string) bool { return c.covers(m.glob, name) })
	}
	return chooser, errors.Join(errs...)
}

func (c *Config) compileOne(loader *schema.Loader, n *matter.Node) (*schema.Schema, error) {
	switch {
	case n.Kind != matter.String:
		return loader.Inline(filepath.Base(c.Path), c.text, n)
	case !isFile(n.Value):
		return loader.Builtin(n.Value)
	}
	s, err := loader.File(strings.TrimPrefix(filepath.ToSlash(n.Value), "./"))
	var unread *schema.Mistake
	if errors.As(err, &unread) && unread.Line == 0 {
		at := pipeline.NewLines(c.text).At(n.Span.Start, pipeline.CodePoints)
		return nil, &Mistake{c.Path, at.Line, at.Column, "schema: " + unread.Path + ": " + strings.TrimPrefix(unread.Message, "read schema: ")}
	}
	return s, err
}
