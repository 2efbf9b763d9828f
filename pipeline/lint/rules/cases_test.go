package rules_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
	"copydesk/testdata/golden"

	"github.com/rogpeppe/go-internal/txtar"
)

// A case of testdata/rules/<rule>.txtar is a folder:
//
//	-- scraped/article.md --   the article, under any name
//	-- scraped/schema.yaml --  the JSON Schema that it is held to (optional)
//	-- scraped/files --        the local files that are there, one a line (optional)
//	-- scraped/findings --     what is found: line:column message
//	-- scraped/fix --          the article after --fix, where that changes it
//	-- scraped/unsafe --       after --fix --unsafe-fixes, where that changes it further
//
// What can't be seen or can't stand in a txtar file is written as «CR», «TAB», «BOM», «SP», «NUL», and
// «END» for the end of a file without a line break. -update rewrites all but article, schema and files.
var marks = strings.NewReplacer("«CR»", "\r", "«TAB»", "\t", "«BOM»", "\uFEFF", "«SP»", " ", "«NUL»", "\x00", "«END»\n", "")

func marked(text []byte) []byte {
	s := strings.NewReplacer("\r", "«CR»", "\uFEFF", "«BOM»", "\x00", "«NUL»", " \n", "«SP»\n").Replace(string(text))
	if s != "" && !strings.HasSuffix(s, "\n") {
		s += "«END»\n"
	}
	return []byte(s)
}

// TestCases finds a file of cases for each rule.
func TestCases(t *testing.T) {
	for _, r := range rules.All() {
		t.Run(r.Name, func(t *testing.T) {
			file := filepath.Join("..", "..", "..", "testdata", "rules", r.Name+".txtar")
			golden.File(t, file, func(t *testing.T, a *txtar.Archive) (out []txtar.File) {
				for _, c := range split(a) {
					out = append(out, c.run(t, r)...)
				}
				return out
			})
		})
	}
}

// A testCase is what stands in one folder of a case file.
type testCase struct {
	dir     string
	article txtar.File
	files   *txtar.File
	schema  *txtar.File
}

func split(a *txtar.Archive) []*testCase {
	var cases []*testCase
	for _, f := range a.Files {
		dir, name, _ := strings.Cut(f.Name, "/")
		if len(cases) == 0 || cases[len(cases)-1].dir != dir {
			cases = append(cases, &testCase{dir: dir})
		}
		c := cases[len(cases)-1]
		switch name {
		case "files":
			c.files = &f
		case "schema.yaml":
			c.schema = &f
		case "findings", "fix", "unsafe":
		default:
			c.article = f
		}
	}
	return cases
}

// run checks and fixes the article, and gives the case's files as they should be.
func (c *testCase) run(t *testing.T, r lint.Rule) []txtar.File {
	out := []txtar.File{c.article}
	var there []string
	rulesOf := ""
	if c.schema != nil {
		out = append([]txtar.File{*c.schema}, out...)
		rulesOf = string(c.schema.Data)
	}
	if c.files != nil {
		out = append(out, *c.files)
		there = strings.Fields(string(c.files.Data))
	}
	add := func(name string, data []byte) {
		out = append(out, txtar.File{Name: c.dir + "/" + name, Data: data})
	}
	text := []byte(marks.Replace(string(c.article.Data)))
	_, name, _ := strings.Cut(c.article.Name, "/")
	l := schemaLinter(t, rulesOf, one(r.Name), there...)
	var findings bytes.Buffer
	d := document(name, text)
	lines := pipeline.NewLines(text)
	for _, f := range l.Check(d) {
		at := lines.At(f.Span.Start, pipeline.CodePoints)
		fmt.Fprintf(&findings, "%d:%d %s\n", at.Line, at.Column, describe(f, r))
	}
	add("findings", findings.Bytes())
	before := text
	for _, safety := range []pipeline.Safety{pipeline.Safe, pipeline.Unsafe} {
		d := document(name, text)
		n, err := l.Fix(d, safety)
		if err != nil || len(d.Diagnostics) > 0 {
			t.Errorf("%s: %s fixes: %v %v", c.dir, safety, err, d.Diagnostics)
		}
		if again, _ := l.Fix(d, safety); again > 0 {
			t.Errorf("%s: a second run applies %d more %s fixes", c.dir, again, safety)
		}
		if n > 0 && !bytes.Equal(d.Text, before) {
			add(map[pipeline.Safety]string{pipeline.Safe: "fix", pipeline.Unsafe: "unsafe"}[safety], marked(d.Text))
		}
		before = d.Text
	}
	return out
}

// describe gives a finding's message, with a severity other than the rule's, and the titles of its fixes.
func describe(f pipeline.Diagnostic, r lint.Rule) string {
	s := f.Message
	if f.Severity != r.Severity {
		s = f.Severity.String() + ": " + s
	}
	for _, fix := range f.Fixes {
		s += " [" + fix.Safety.String() + ": " + fix.Title + "]"
	}
	return s
}
