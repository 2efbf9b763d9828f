package rules_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"
)

// document makes a document as a source does.
func document(name string, text []byte) *pipeline.Document {
	d := pipeline.NewDocument(name, name, text)
	d.BodyStart = matter.BodyStart
	d.Format = markup.Detect(name, d.Body().Of(text))
	return d
}

// linter makes a linter of rules, for which only the files are there that are named.
func linter(t testing.TB, list []lint.Rule, files ...string) *lint.Linter {
	t.Helper()
	return schemaLinter(t, "", list, files...)
}

// schemaLinter is linter with a JSON Schema in YAML, "" for none.
func schemaLinter(t testing.TB, text string, list []lint.Rule, files ...string) *lint.Linter {
	t.Helper()
	there := fstest.MapFS{}
	for _, f := range files {
		there[f] = &fstest.MapFile{}
	}
	l, err := lint.New(lint.Options{
		Rules:   list,
		Schemas: func() (*schema.Chooser, error) { return schemas(t, text), nil },
		Stat:    func(path string) (fs.FileInfo, error) { return fs.Stat(there, path) },
		Now:     func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// one selects a single rule, with the one that reports fixes which were rolled back, and for the one
// that judges suppressions two that can be suppressed.
func one(name string) []lint.Rule {
	names := []string{name, "fix-rolled-back"}
	if name == "unused-suppression" {
		names = append(names, "date-format", "inline-style")
	}
	list, err := lint.Select(rules.All(), lint.Selection{Select: names})
	if err != nil {
		panic(err)
	}
	return list
}

// corpus gives the path of real articles that are kept beside the project, or skips the test.
func corpus(t testing.TB, path string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("left out of short runs")
	}
	dir := filepath.Join("..", "..", "..", "..", "shared", "corpus", path)
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the corpus is not here: ", err)
	}
	return dir
}

// schemas holds all articles to a JSON Schema in YAML, and to what they name themselves.
func schemas(t testing.TB, text string) *schema.Chooser {
	t.Helper()
	loader, err := schema.NewLoader(".")
	if err != nil {
		t.Fatal(err)
	}
	c := schema.NewChooser(loader)
	if text == "" {
		return c
	}
	root, faults := matter.Parse([]byte(text), matter.YAML)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	s, err := loader.Inline("schema.yaml", []byte(text), root)
	if err != nil {
		t.Fatal(err)
	}
	c.Map(s, func(string) bool { return true })
	return c
}
