package schema_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"
	"copydesk/testdata/golden"

	"github.com/rogpeppe/go-internal/txtar"
)

// What can't be seen or can't stand in a txtar file is written as «CR», «TAB» and «BOM».
var marks = strings.NewReplacer("«CR»", "\r", "«TAB»", "\t", "«BOM»", "\uFEFF")

// A case of testdata/schema/*.txtar is a folder:
//
//	-- wrong/schema.json --  the schema: also .yaml; where there is none, that of the case before
//	-- wrong/other.json --   a file that it refers to, under any name that begins with no a.
//	-- wrong/a.md --         an article, a.* (optional)
//	-- wrong/faults --       what is found: line:column-line:column kind pointer: message
//	-- wrong/errors --       what is wrong with the schema
//
// -update rewrites faults and errors.
func TestCases(t *testing.T) {
	golden.Run(t, "../../testdata/schema/*.txtar", func(t *testing.T, a *txtar.Archive) (out []txtar.File) {
		var compiled *schema.Schema
		for _, c := range split(a) {
			if c.schema != "" {
				compiled = c.compile(t)
			}
			c.check(compiled)
			out = append(out, c.files...)
		}
		return out
	})
}

type testCase struct {
	dir      string
	files    []txtar.File
	schema   string // the name of its file
	articles []txtar.File
}

func split(a *txtar.Archive) []*testCase {
	var cases []*testCase
	for _, f := range a.Files {
		dir, name, _ := strings.Cut(f.Name, "/")
		if len(cases) == 0 || cases[len(cases)-1].dir != dir {
			cases = append(cases, &testCase{dir: dir})
		}
		c := cases[len(cases)-1]
		switch {
		case name == "faults" || name == "errors":
			continue
		case strings.HasPrefix(name, "schema."):
			c.schema = name
		case strings.HasPrefix(name, "a."):
			c.articles = append(c.articles, f)
		}
		c.files = append(c.files, f)
	}
	return cases
}

// compile compiles the schema of a case, and adds what is wrong with it.
func (c *testCase) compile(t testing.TB) *schema.Schema {
	folder := t.TempDir()
	for _, f := range c.files {
		_, name, _ := strings.Cut(f.Name, "/")
		full := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(marks.Replace(string(f.Data))), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	loader, err := schema.NewLoader(folder)
	if err != nil {
		t.Fatal(err)
	}
	s, err := loader.File(c.schema)
	if err != nil {
		text := strings.NewReplacer(folder+string(filepath.Separator), "", folder, "FOLDER").Replace(err.Error())
		c.files = append(c.files, txtar.File{Name: c.dir + "/errors", Data: []byte(text + "\n")})
	}
	return s
}

// check holds the articles of a case to a schema, and adds what is found.
func (c *testCase) check(s *schema.Schema) {
	if s == nil || len(c.articles) == 0 {
		return
	}
	var b strings.Builder
	for _, article := range c.articles {
		if len(c.articles) > 1 {
			fmt.Fprintf(&b, "%s\n", path.Base(article.Name))
		}
		text := []byte(marks.Replace(string(article.Data)))
		lines := pipeline.NewLines(text)
		for _, f := range s.Check(matter.Read(text)) {
			from, to := lines.At(f.Span.Start, pipeline.CodePoints), lines.At(f.Span.End, pipeline.CodePoints)
			fmt.Fprintf(&b, "%d:%d-%d:%d %s %s: %s%s\n", from.Line, from.Column, to.Line, to.Column, f.Kind, f.Pointer, f.Message, remedy(f.Remedy))
			for _, r := range f.Related {
				at := lines.At(r.Span.Start, pipeline.CodePoints)
				fmt.Fprintf(&b, "\t%d:%d %s\n", at.Line, at.Column, r.Message)
			}
		}
	}
	c.files = append(c.files, txtar.File{Name: c.dir + "/faults", Data: []byte(b.String())})
}

func remedy(r *schema.Remedy) string {
	if r == nil {
		return ""
	}
	words := []string{[]string{"set", "add", "rename to", "remove"}[r.Action]}
	if r.Key != "" {
		words = append(words, r.Key)
	}
	if r.Value != nil {
		words = append(words, string(r.Value))
	}
	if r.Sure {
		words = append(words, "for sure")
	}
	return " [" + strings.Join(words, " ") + "]"
}
