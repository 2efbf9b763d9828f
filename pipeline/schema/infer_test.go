package schema_test

import (
	"os"
	"path/filepath"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/schema"
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
