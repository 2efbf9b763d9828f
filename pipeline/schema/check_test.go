package schema_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"

	"github.com/rogpeppe/go-internal/txtar"
)

// inline compiles a schema in YAML.
func inline(t testing.TB, text string) *schema.Schema {
	t.Helper()
	loader, err := schema.NewLoader(".")
	if err != nil {
		t.Fatal(err)
	}
	root, faults := matter.Parse([]byte(text), matter.YAML)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	s, err := loader.Inline("schema.yaml", []byte(text), root)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// all are the schemas of the cases, with their articles.
func all(t testing.TB) (schemas []*schema.Schema, articles [][]byte) {
	names, err := filepath.Glob("../../testdata/schema/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases: ", err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range split(archive) {
			for _, a := range c.articles {
				articles = append(articles, []byte(marks.Replace(string(a.Data))))
			}
			if c.schema == "" || strings.HasPrefix(filepath.Base(name), "broken") {
				continue
			}
			if s := c.compile(t); s != nil {
				schemas = append(schemas, s)
			}
		}
	}
	return schemas, articles
}

// FuzzCheck holds what is found in any text to its promises: places inside the text, messages, the same each time.
func FuzzCheck(f *testing.F) {
	schemas, articles := all(f)
	for i, text := range articles {
		f.Add(text, i)
	}
	f.Fuzz(func(t *testing.T, text []byte, i int) {
		if len(text) > 4096 {
			t.Skip("too long to be checked often")
		}
		checkFaults(t, schemas[uint(i)%uint(len(schemas))], text)
	})
}

// FuzzSchema compiles any text as a schema, and holds an article to what compiles.
func FuzzSchema(f *testing.F) {
	names, err := filepath.Glob("../../testdata/schema/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if strings.Contains(file.Name, "/schema.") {
				f.Add(file.Data)
			}
		}
	}
	article := []byte("---\ntitle: 5\ntags: [a, a]\nseo: {x: 1.5}\nimage: null\n---\n")
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 2048 {
			t.Skip("too long to be compiled often")
		}
		loader, err := schema.NewLoader(".")
		if err != nil {
			t.Fatal(err)
		}
		root, faults := matter.Parse(text, matter.YAML)
		if root == nil || len(faults) > 0 {
			t.Skip("not YAML")
		}
		s, err := loader.Inline("schema.yaml", text, root)
		switch {
		case err == nil:
			checkFaults(t, s, article)
		case err.Error() == "":
			t.Errorf("%q: an error says nothing", text)
		}
	})
}

func checkFaults(t *testing.T, s *schema.Schema, text []byte) {
	m := matter.Read(text)
	found := s.Check(m)
	for i, fault := range found {
		if fault.Span.Start < 0 || fault.Span.End < fault.Span.Start || fault.Span.End > len(text) || fault.Message == "" {
			t.Errorf("%q: %+v lies outside", text, fault)
		}
		if i > 0 && fault.Span.Start < found[i-1].Span.Start {
			t.Errorf("%q: %+v is out of order", text, fault)
		}
		if strings.ContainsAny(fault.Message, "\n\r") {
			t.Errorf("%q: %q takes several lines", text, fault.Message)
		}
		for _, r := range fault.Related {
			if r.Span.Start < 0 || r.Span.End < r.Span.Start || r.Span.End > len(text) {
				t.Errorf("%q: %+v has something outside", text, fault)
			}
		}
	}
	if again := fmt.Sprintf("%+v", plain(s.Check(m))); again != fmt.Sprintf("%+v", plain(found)) {
		t.Errorf("%q: once %+v, once %s", text, found, again)
	}
}

// plain are faults without pointers.
func plain(faults []schema.Fault) (texts []string) {
	for _, f := range faults {
		texts = append(texts, fmt.Sprint(f.Kind, f.Pointer, f.Span, f.Message, f.Related, remedy(f.Remedy)))
	}
	return texts
}

// TestDeterministic checks each article with each schema of the cases, several times and at the same time.
func TestDeterministic(t *testing.T) {
	schemas, articles := all(t)
	var wait sync.WaitGroup
	for _, s := range schemas {
		wait.Go(func() {
			for _, text := range articles {
				checkFaults(t, s, text)
			}
		})
	}
	wait.Wait()
}

// TestHostile checks articles that are made to take long.
func TestHostile(t *testing.T) {
	var keys strings.Builder
	for i := range 990 {
		fmt.Fprintf(&keys, "titl%d: [1, 1]\n", i)
	}
	s := inline(t, `
additionalProperties: false
required: [title]
propertyNames: {maxLength: 4}
properties:
  title: {type: string}
  n: {minimum: 1, multipleOf: 0.1}
  big: {type: integer, minimum: 1, uniqueItems: true}
  list: {uniqueItems: true, items: {properties: {title: {}, n: {type: integer}, tags: {uniqueItems: true}}, additionalProperties: false, anyOf: [{required: [a]}, {required: [b, c]}]}}
`)
	for name, text := range map[string]string{
		"unknown keys": keys.String(),
		"items":        "list:\n" + strings.Repeat("- {tilte: 1, n: x, tags: [a, a]}\n", 300),
		"exponents":    "n: 1e999999999\nbig: -1e-999999999\nlist: [1e999999999, 1e999999999, 1e99999, .inf, .nan, " + strings.Repeat("1e999999, ", 100) + "0]\n",
		"digits":       "n: " + strings.Repeat("9", 30_000) + "\n",
		"long key":     strings.Repeat("k", 1000) + ": 1\n",
		"long value":   "title: [" + strings.Repeat("x, ", 9_000) + "]\n",
	} {
		start := time.Now()
		found := s.Check(matter.Read([]byte("---\n" + text + "---\n")))
		if took := time.Since(start); took > 2*time.Second || len(found) == 0 {
			t.Errorf("%s: %d faults took %s", name, len(found), took)
		}
	}
}

// TestOutside reads no file outside the loader's folder, whatever leads there.
func TestOutside(t *testing.T) {
	folder := t.TempDir()
	inside, secret := filepath.Join(folder, "in"), filepath.Join(folder, "secret.json")
	if err := os.MkdirAll(inside, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{secret: `{"type": "object"}`, filepath.Join(inside, "a.json"): `{"$ref": "link.json"}`} {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(secret, filepath.Join(inside, "link.json")); err != nil {
		t.Skip(err)
	}
	loader, err := schema.NewLoader(inside)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.json", "link.json", "../secret.json", secret} {
		if _, err := loader.File(name); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

// TestBombs applies schemas that articles name and that multiply, or refer to themselves.
func TestBombs(t *testing.T) {
	t.Chdir(t.TempDir())
	var doubling, inside strings.Builder
	for i := range 60 {
		fmt.Fprintf(&doubling, "a%d: {anyOf: [{$ref: '#/$defs/a%d'}, {$ref: '#/$defs/a%d'}]}, ", i, i+1, i+1)
	}
	inside.WriteString("n: {properties: {a: {allOf: [{$ref: '#/$defs/n'}, {$ref: '#/$defs/n'}, {$ref: '#/$defs/n'}]}}}")
	deep := strings.Repeat("{a: ", 30) + "1" + strings.Repeat("}", 30)
	for name, c := range map[string]struct{ schema, article, want string }{
		"doubling": {"{$ref: '#/$defs/a0', $defs: {" + doubling.String() + "a60: {type: string}}}", "a: 1", "takes too long"},
		"not":      {"{not: {$ref: '#/$defs/a0'}, $defs: {" + doubling.String() + "a60: {required: [b]}}}", "a: 1", "takes too long"},
		"inside":   {"{$ref: '#/$defs/n', $defs: {" + inside.String() + "}}", "a: " + deep, "takes too long"},
		"itself":   {"{required: [b], properties: {b: {anyOf: [{$ref: '#/properties/b'}, {type: string}]}}}", "a: 1", "b is missing"},
		"cycle":    {"{properties: {a: {$ref: '#/properties/a'}}}", "a: 1", "refers to itself"},
		"large":    {"{description: " + strings.Repeat("x", 70_000) + "}", "a: 1", "can't be used"},
		"plain":    {"{required: [b]}", "a: 1", "b is missing"},
	} {
		if err := os.WriteFile(name+".yaml", []byte(c.schema), 0o644); err != nil {
			t.Fatal(err)
		}
		loader, err := schema.NewLoader(".")
		if err != nil {
			t.Fatal(err)
		}
		chooser := schema.NewChooser(loader)
		m := matter.Read([]byte("---\n$schema: " + name + ".yaml\n" + c.article + "\n---\n"))
		start := time.Now()
		s, fault := chooser.For("a.md", m)
		var found []schema.Fault
		if fault != nil {
			found = append(found, *fault)
		} else {
			found = s.Check(m)
		}
		if took := time.Since(start); took > 5*time.Second || len(found) != 1 || !strings.Contains(found[0].Message, c.want) {
			t.Errorf("%s: %v in %s, want %q", name, found, took, c.want)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	s := inline(b, `
type: object
required: [title, date, categories]
additionalProperties: false
properties:
  title: {type: string, minLength: 1, maxLength: 200}
  date: {type: string, format: date-time}
  draft: {type: boolean}
  categories: {type: array, items: {type: string}, uniqueItems: true}
  author: {type: string}
  image: {type: string, format: uri}
  slug: {type: string, pattern: "^[a-z0-9-]+$"}
`)
	valid := "---\ntitle: Rain in May\ndate: 2022-07-22T22:48:17Z\ndraft: false\ncategories: [News, 天气]\nauthor: Ann\nimage: https://example.org/a.png\nslug: rain-in-may\n---\n"
	for name, text := range map[string]string{"valid": valid, "faulty": strings.NewReplacer("title", "tilte", "false", "'no'", "Z\n", "\n").Replace(valid)} {
		m := matter.Read([]byte(text))
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if found := s.Check(m); (len(found) == 0) != (name == "valid") {
					b.Fatal(found)
				}
			}
		})
	}
	b.Run("reading", func(b *testing.B) { // What Check is measured against.
		b.ReportAllocs()
		text := []byte(valid)
		for b.Loop() {
			if m := matter.Read(text); !bytes.Equal(m.Text, text) {
				b.Fatal(m)
			}
		}
	})
}
