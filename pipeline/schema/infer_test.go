package schema_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"
	"copydesk/testdata/golden"

	"github.com/rogpeppe/go-internal/txtar"
)

// inferOptions are those under which a schema accepts all that it was inferred from.
var inferOptions = []schema.InferOptions{
	schema.DefaultInferOptions(),
	{Closed: true, MaxEnum: schema.MaxEnum, Required: 100},
	{},
}

// checkAccepts holds articles to the text of a schema.
func checkAccepts(t *testing.T, text []byte, list []article) {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.json"), text, 0o666); err != nil {
		t.Fatal(err)
	}
	loader, err := schema.NewLoader(folder)
	if err != nil {
		t.Fatal(err)
	}
	s, err := loader.File("a.json")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for _, a := range list {
		for _, f := range s.Check(a.Matter) {
			at := pipeline.NewLines(a.Text).At(f.Span.Start, pipeline.CodePoints)
			t.Errorf("%s:%d: %s [%s]", a.name, at.Line, f.Message, f.Kind)
		}
	}
}

// A case of testdata/infer/*.txtar is a folder:
//
//	-- words/a.md --        an article, under any name
//	-- words/each --        articles, each of them a JSON object in a line
//	-- words/options --     closed, max-enum=N, required=N
//	-- words/schema.json -- what is inferred from them
//
// -update rewrites schema.json.
func TestInferCases(t *testing.T) {
	golden.Run(t, "../../testdata/infer/*.txtar", func(t *testing.T, a *txtar.Archive) (out []txtar.File) {
		var c *inferCase
		for _, f := range a.Files {
			dir, base, _ := strings.Cut(f.Name, "/")
			if c == nil || c.dir != dir {
				out = append(out, c.infer(t)...)
				c = &inferCase{dir: dir, options: schema.DefaultInferOptions()}
			}
			c.add(t, base, f)
		}
		return append(out, c.infer(t)...)
	})
}

type inferCase struct {
	dir      string
	options  schema.InferOptions
	files    []txtar.File
	articles []article
}

func (c *inferCase) add(t *testing.T, name string, f txtar.File) {
	text := marks.Replace(string(f.Data))
	switch name {
	case "schema.json":
		return
	case "options":
		for word := range strings.FieldsSeq(text) {
			option, value, _ := strings.Cut(word, "=")
			n, err := strconv.Atoi(value)
			switch {
			case option == "closed":
				c.options.Closed, err = true, nil
			case option == "max-enum":
				c.options.MaxEnum = n
			case option == "required":
				c.options.Required = n
			default:
				t.Fatalf("unknown option %s", word)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	case "each":
		for line := range strings.Lines(text) {
			c.articles = append(c.articles, article{line, matter.Read([]byte(line + "\n"))})
		}
	default:
		c.articles = append(c.articles, article{f.Name, matter.Read([]byte(text))})
	}
	c.files = append(c.files, f)
}

// infer gives the files of the case with the schema, which accepts the articles.
func (c *inferCase) infer(t *testing.T) []txtar.File {
	if c == nil {
		return nil
	}
	var in schema.Inference
	learned := slices.DeleteFunc(c.articles, func(a article) bool { return !in.Add(a.Matter) })
	text := in.Schema(c.options)
	if c.options.Required == 100 || c.options.Required == 0 {
		checkAccepts(t, text, learned)
	}
	return append(c.files, txtar.File{Name: c.dir + "/schema.json", Data: text})
}
