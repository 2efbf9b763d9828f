package schema

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"copydesk/pipeline/files"
	"copydesk/pipeline/matter"
)

// A Loader reads and compiles the schemas of one folder. Each file is read once. It is safe for use by
// several goroutines.
type Loader struct {
	folder string // as the user would open it
	root   string // the same, absolute

	limited bool // the schemas are those that articles name

	mu       sync.Mutex
	docs     map[string]*document // by URL
	compiled map[string]result    // by URL
}

type result struct {
	schema *Schema
	err    error
}

// NewLoader returns a loader for the schemas in a folder and the folders in it.
func NewLoader(folder string) (*Loader, error) {
	root, err := filepath.Abs(folder)
	if err != nil {
		return nil, fmt.Errorf("find the folder %s: %w", files.Quote(folder), err)
	}
	return &Loader{folder: folder, root: root, docs: map[string]*document{}, compiled: map[string]result{}}, nil
}

// File compiles the schema in a file: JSON, or YAML where its extension says so. name is a path with
// slashes from the loader's folder, and does not lead out of it. The error joins all mistakes that were
// found in it and in the files that it refers to, each a *Mistake.
func (l *Loader) File(name string) (*Schema, error) {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, &Mistake{Path: l.display(name), Message: "read schema: the name leads out of " + l.folderName()}
	}
	return l.compile(l.url(name), l.display(name))
}

// open compiles the schema that the user names, which may be a file anywhere.
func (l *Loader) open(name string) (*Schema, error) {
	if IsBuiltin(name) {
		return l.Builtin(name)
	}
	if _, err := os.Stat(name); err != nil && !strings.ContainsAny(name, `./\`) {
		_, err := BuiltinText(name)
		return nil, fmt.Errorf("there is no file %s; %w", files.Quote(name), err)
	}
	if inside, err := l.Inside(name); err == nil {
		return l.File(inside)
	}
	own, err := NewLoader(filepath.Dir(name))
	if err != nil {
		return nil, err
	}
	return own.File(filepath.Base(name))
}

// Inline compiles a schema that stands in another text, at a node of it: references count from the folder of
// name, the path of that text with slashes from the loader's folder, and places are those in the text.
func (l *Loader) Inline(name string, text []byte, node *matter.Node) (*Schema, error) {
	d := &document{path: l.display(name), text: text, format: formatOf(name)}
	if err := d.settle(node); err != nil {
		return nil, err
	}
	at := d.mistake(node.Span.Start, "")
	where := fmt.Sprintf("%s?line=%d&column=%d", l.url(name), at.Line, at.Column)
	l.mu.Lock()
	l.docs[where] = d
	l.mu.Unlock()
	return l.compile(where, fmt.Sprintf("%s:%d", d.path, at.Line))
}

// Inside is the name for File of a file of the folder, whose path the user would open it by. The error tells of
// one outside.
func (l *Loader) Inside(file string) (string, error) {
	full, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(l.root, full)
	if err != nil || !filepath.IsLocal(rel) {
		return "", fmt.Errorf("it lies outside %s", l.folderName())
	}
	return filepath.ToSlash(rel), nil
}

// folderName is what the folder is called in messages.
func (l *Loader) folderName() string {
	if l.folder == "." {
		return "the working folder"
	}
	return "the folder " + files.Quote(l.folder)
}

// display is how the user would open a file of the folder.
func (l *Loader) display(name string) string {
	return filepath.Join(l.folder, filepath.FromSlash(name))
}

// url is the URL of a file of the folder.
func (l *Loader) url(name string) string {
	full := path.Join("/", filepath.ToSlash(l.root), name)
	return (&url.URL{Scheme: "file", Path: full}).String()
}

func (l *Loader) compile(where, name string) (*Schema, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r, ok := l.compiled[where]; ok {
		return r.schema, r.err
	}
	s, err := l.compileNow(where, name)
	l.compiled[where] = result{s, err}
	return s, err
}

func (l *Loader) compileNow(where, name string) (*Schema, error) {
	if _, err := l.document(where); err != nil {
		return nil, err
	}
	c := newCompiler()
	c.UseLoader(resources{l})
	compiled, err := c.Compile(where)
	if err != nil {
		return nil, l.explain(where, err)
	}
	s := &Schema{Name: name, ID: compiled.ID, compiled: compiled, parts: map[string]*part{}}
	if l.limited {
		s.guard = &guard{}
	}
	s.index(compiled, l.node)
	s.shortcut = shorten(compiled, map[*jsonschema.Schema]*shortcut{})
	return s, nil
}

// newCompiler returns a compiler that asserts formats, those of our own among them.
func newCompiler() *jsonschema.Compiler {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	c.UseRegexpEngine(compilePattern)
	for _, f := range ownFormats() {
		c.RegisterFormat(f)
	}
	return c
}

// resources gives the compiler what schemas refer to.
type resources struct{ *Loader }

// Load gives the value of a schema; the loader's lock is held.
func (r resources) Load(where string) (any, error) {
	d, err := r.document(where)
	if err != nil {
		return nil, err
	}
	return d.value, nil
}

// document reads what stands at a URL.
func (l *Loader) document(where string) (*document, error) {
	if d := l.docs[where]; d != nil {
		return d, nil
	}
	d, err := l.fetch(where)
	if err != nil {
		return nil, err
	}
	l.docs[where] = d
	return d, nil
}

func (l *Loader) fetch(where string) (*document, error) {
	u, err := url.Parse(where)
	if err != nil {
		return nil, err
	}
	switch u.Scheme {
	case builtinScheme:
		return builtinDocument(u.Opaque)
	case "file":
		rel, err := filepath.Rel(l.root, filepath.FromSlash(l.filePath(u)))
		if err != nil || !filepath.IsLocal(rel) {
			return nil, errors.New("it lies outside " + l.folderName())
		}
		return l.readFile(filepath.ToSlash(rel))
	}
	if name := l.beside(u); name != "" {
		return l.readFile(name)
	}
	return nil, errors.New("nothing is fetched from a network: put the file into the folder, and refer to it by its path")
}

// filePath is the path of a file URL; on Windows it begins with a drive.
func (l *Loader) filePath(u *url.URL) string {
	if drive := strings.TrimPrefix(u.Path, "/"); filepath.VolumeName(drive) != "" {
		return drive
	}
	return u.Path
}

func (l *Loader) readFile(name string) (*document, error) {
	limit := int64(maxSize)
	if l.limited {
		limit = maxOwnSize
	}
	if l.limited && len(l.docs) >= maxOwnFiles {
		return nil, fmt.Errorf("it refers to more than %d files", maxOwnFiles)
	}
	text, err := files.ReadInside(l.root, name, limit)
	if err != nil {
		message := errors.Unwrap(err)
		if errors.Is(err, fs.ErrNotExist) {
			message = errors.New("there is no such file")
		}
		return nil, &Mistake{Path: l.display(name), Message: "read schema: " + message.Error()}
	}
	return read(l.display(name), text)
}

// beside finds the file for a URL whose folder is that of the $id of a schema which was read from a file: its
// own folder is taken for that of the URL.
func (l *Loader) beside(u *url.URL) string {
	for _, where := range slices.Sorted(maps.Keys(l.docs)) {
		d := l.docs[where]
		id, err := url.Parse(d.root.Get("$id").Text())
		if err != nil || id.Host != u.Host || id.Host == "" || !strings.HasPrefix(where, "file:") {
			continue
		}
		rel, found := strings.CutPrefix(u.Path, strings.TrimSuffix(path.Dir(id.Path), "/")+"/")
		file, err := url.Parse(where)
		if !found || err != nil {
			continue
		}
		name, err := filepath.Rel(l.root, filepath.FromSlash(path.Join(path.Dir(l.filePath(file)), rel)))
		if err == nil && filepath.IsLocal(name) {
			return filepath.ToSlash(name)
		}
	}
	return ""
}

// node is what stands at a location, nil where that is not known.
func (l *Loader) node(location string) *matter.Node {
	where, fragment, _ := strings.Cut(location, "#")
	d := l.docs[where]
	pointer, err := url.PathUnescape(fragment)
	if d == nil || err != nil {
		return nil
	}
	return d.root.At(pointer)
}
