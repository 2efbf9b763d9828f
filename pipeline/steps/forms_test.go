package steps

import (
	"bytes"
	"encoding/json"
	"path"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/testdata/golden"
)

// A case of testdata/forms is an article, NAME.md or NAME.html, and what is made of it behind: article.text,
// article.mdast and so on, and article.tree, the member tree of its JSON article, indented to be read.
func TestForms(t *testing.T) {
	golden.Run(t, "../../testdata/forms/*.txtar", func(t *testing.T, a *txtar.Archive) []txtar.File {
		var source txtar.File
		for i := range a.Files {
			f := &a.Files[i]
			if kind := strings.TrimPrefix(path.Ext(f.Name), "."); kind == "md" || kind == "html" {
				source = *f
			} else {
				f.Data = formOf(t, source, kind)
			}
		}
		return a.Files
	})
}

// formOf is what a kind of conversion makes of an article.
func formOf(t *testing.T, f txtar.File, kind string) []byte {
	t.Helper()
	step := &Convert{To: kind, Policy: "article"}
	switch kind {
	case "tree":
		step.To, step.Tree = "json", true
	case "jsonfeed":
		step.FeedTitle, step.Site = "Cases", "https://example.org/blog"
	case "jsonld":
		step.Site = "https://example.org/blog/"
	}
	if err := step.Prepare(); err != nil {
		t.Fatal(err)
	}
	d := document(f.Name, string(f.Data))
	if err := step.Apply(t.Context(), d); err != nil {
		return []byte("error: " + err.Error() + "\n")
	}
	data := d.Product.Data
	if kind == "tree" {
		var whole struct{ Tree json.RawMessage }
		if err := json.Unmarshal(article.Append(nil, d), &whole); err != nil {
			t.Fatal(err)
		}
		data = whole.Tree
	}
	if kind == "text" {
		return data
	}
	return append(oneNodeALine(t, data), '\n')
}

// oneNodeALine breaks the lines of a tree before each node, and indents them.
func oneNodeALine(t *testing.T, data []byte) []byte {
	t.Helper()
	if !json.Valid(data) {
		t.Fatalf("this is no JSON: %s", data)
	}
	var out bytes.Buffer
	depth := 0
	for i := range data {
		if bytes.HasPrefix(data[i:], []byte(`{"type":"`)) && i > 0 {
			out.WriteString("\n" + strings.Repeat("  ", depth))
		}
		switch data[i] {
		case '[':
			depth++
		case ']':
			depth--
		}
		out.WriteByte(data[i])
	}
	return out.Bytes()
}

// Nothing that is made of an article can be changed afterwards.
func TestNoStepBehindAProduct(t *testing.T) {
	d := document("a.md", "a\n")
	step := &Convert{To: "text", Policy: "article"}
	if err := step.Prepare(); err != nil {
		t.Fatal(err)
	}
	if err := step.Apply(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := d.Apply(pipeline.Edit{Text: "b"}); err == nil {
		t.Error("it was changed")
	}
}
