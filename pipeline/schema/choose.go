package schema

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"copydesk/pipeline/matter"
)

// A Chooser tells which schema an article is held to: the one that was named for all, else the one that the article
// names by its key $schema, else the one that is mapped to its name. It is safe for use by several goroutines
// once it is filled.
type Chooser struct {
	loader *Loader
	always *Schema
	mapped []mapped
	own    *own
}

// mapped is a schema for articles of some names.
type mapped struct {
	covers func(name string) bool
	schema *Schema
}

// NewChooser returns a chooser without schemas. What articles name is read with the loader.
func NewChooser(l *Loader) *Chooser { return &Chooser{loader: l, own: &own{}} }

// Always returns a chooser that holds all articles to the schema which the user names: by the name of one that is
// built in, or by the path of a file. Such a file may lie anywhere; what it refers to must be in the loader's folder
// if the file is, else in the file's own.
func (c *Chooser) Always(name string) (*Chooser, error) {
	s, err := c.loader.open(name)
	return &Chooser{loader: c.loader, always: s, mapped: c.mapped, own: c.own}, err
}

// Map names a schema for the articles that covers tells of, unless one was named for them before.
func (c *Chooser) Map(s *Schema, covers func(name string) bool) {
	c.mapped = append(c.mapped, mapped{covers, s})
}

// Expects gives the schema that was named or mapped for an article, whatever it holds; nil for none.
func (c *Chooser) Expects(name string) *Schema {
	if c.always != nil {
		return c.always
	}
	for _, m := range c.mapped {
		if m.covers(name) {
			return m.schema
		}
	}
	return nil
}

// For gives the schema for an article of a name; nil for none. The fault, of kind Broken, tells why the schema
// that the article itself names can't be used.
func (c *Chooser) For(name string, m *matter.Matter) (*Schema, *Fault) {
	if c.always != nil || m.Root == nil {
		return c.always, nil
	}
	expected := c.Expects(name)
	key := m.Root.Get(schemaKey)
	if key == nil {
		return expected, nil
	}
	own, err := c.named(key, name, expected)
	if err != nil {
		return nil, &Fault{
			Kind: Broken, Pointer: "/" + schemaKey, Span: key.Span,
			Message: fmt.Sprintf("the schema %s can't be used: %v", show(valueOf(key, m.Format)), oneLine(err)),
			Minor:   errors.Is(err, errUnknownURL),
		}
	}
	if own != nil {
		return own, nil
	}
	return expected, nil
}

// errUnknownURL is why a schema that an article names by its URL is not used.
var errUnknownURL = errors.New("no schema here has that $id, and nothing is fetched from a network")

// named gives the schema that the value of $schema names.
func (c *Chooser) named(key *matter.Node, article string, expected *Schema) (*Schema, error) {
	value := strings.TrimSpace(key.Value)
	if key.Kind != matter.String || value == "" {
		return nil, errors.New("it is no name of a schema: write that of a file or of one that is built in, " + strings.Join(Builtins(), ", "))
	}
	name := strings.TrimPrefix(value, builtinScheme+":")
	if IsBuiltin(name) {
		return c.loader.Builtin(name)
	}
	if u, err := url.Parse(value); err == nil && u.Host != "" {
		return c.byID(value, expected)
	}
	if !strings.ContainsAny(value, `./\`) {
		_, err := BuiltinText(name)
		return nil, err
	}
	return c.file(value, article)
}

// byID gives the schema that is known by a URL. An article that is itself a schema names its draft: nothing is
// held against it; nor is the URL against one for which another schema was named.
func (c *Chooser) byID(id string, expected *Schema) (*Schema, error) {
	same := func(other string) bool { return strings.TrimSuffix(other, "#") == strings.TrimSuffix(id, "#") }
	for _, m := range c.mapped {
		if same(m.schema.ID) {
			return m.schema, nil
		}
	}
	for _, name := range Builtins() {
		if s, err := c.loader.Builtin(name); err == nil && same(s.ID) {
			return s, nil
		}
	}
	if expected != nil || strings.Contains(id, "://json-schema.org/") {
		return nil, nil
	}
	return nil, errUnknownURL
}

// file gives the schema in a file that an article names: by a path from its own folder, or with a slash before it
// from the folder of the config.
func (c *Chooser) file(value, article string) (*Schema, error) {
	value = strings.ReplaceAll(value, `\`, "/")
	if strings.HasPrefix(value, "/") {
		return c.own.file(c.loader, path.Clean(strings.TrimLeft(value, "/")))
	}
	folder, err := filepath.Abs(filepath.Dir(filepath.FromSlash(article)))
	if err != nil {
		return nil, err
	}
	name, err := c.loader.Inside(filepath.Join(folder, filepath.FromSlash(value)))
	if err != nil {
		return nil, err
	}
	return c.own.file(c.loader, name)
}

// oneLine is the first of the mistakes that an error joins, with the number of the others.
func oneLine(err error) string {
	first, rest, more := strings.Cut(err.Error(), "\n")
	if more {
		first += fmt.Sprintf(", and %d more", 1+strings.Count(rest, "\n"))
	}
	return first
}
