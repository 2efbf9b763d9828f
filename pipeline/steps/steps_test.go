package steps

import (
	"reflect"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

// TestAll holds the list of steps to its form: a name, a sentence about it, options that explain themselves.
func TestAll(t *testing.T) {
	seen := map[string]bool{}
	for _, spec := range All() {
		step := spec.New()
		if step.Name() != spec.Name || seen[spec.Name] {
			t.Errorf("step %q calls itself %q, or is there twice", spec.Name, step.Name())
		}
		seen[spec.Name] = true
		if first, rest, _ := strings.Cut(spec.Doc, "\n\n"); first == "" && rest == "" || strings.HasSuffix(first, ".") {
			t.Errorf("step %s: the first line of its doc is %q", spec.Name, first)
		}
		if step == spec.New() {
			t.Errorf("step %s: New gives the same step twice", spec.Name)
		}
		for _, f := range reflect.VisibleFields(reflect.TypeOf(step).Elem()) {
			if f.IsExported() && !f.Anonymous && (f.Tag.Get("option") == "" || f.Tag.Get("help") == "") {
				t.Errorf("step %s: the option %s lacks the tag option or help", spec.Name, f.Name)
			}
		}
	}
}

// document makes a document as a source does.
func document(name, text string) *pipeline.Document {
	d := pipeline.NewDocument(name, name, []byte(text))
	d.BodyStart = matter.BodyStart
	d.Format = markup.Detect(name, d.Body().Of(d.Text))
	return d
}

func TestConvertChangesThePath(t *testing.T) {
	for _, c := range []struct{ name, text, to, want string }{
		{"posts/a.md", "Text", "html", "posts/a.html"},
		{"posts/a.markdown", "Text", "markdown", "posts/a.markdown"},
		{"a.mdx", "Text", "html", "a.html"},
		{"a.txt", "<p>Text</p>", "html", "a.html"},
		{"a.md", "<p>Text</p>", "markdown", "a.md"},
		{"a.HTM", "<p>Text</p>", "html", "a.HTM"},
		{"a", "Text", "html", "a.html"},
		{"a.md", "Text", "json", "a.md"},
	} {
		d := document(c.name, c.text)
		step := &Convert{To: c.to, Policy: "article"}
		if err := step.Prepare(); err != nil {
			t.Fatal(err)
		}
		if err := step.Apply(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if d.Path != c.want || (d.Form == pipeline.AsArticle) != (c.to == "json") {
			t.Errorf("%s to %s: path %q, form %d; want %q", c.name, c.to, d.Path, d.Form, c.want)
		}
	}
}

func TestShelf(t *testing.T) {
	for _, c := range []struct {
		path, name string
		want       shelf
	}{
		{"a.md", "a.md", shelf{".", ".", "."}},
		{"a.md", "posts/a.md", shelf{".", "posts", "posts"}},
		{"sub/a.md", "posts/sub/a.md", shelf{".", "posts/sub", "posts"}},
		{"sub/a.md", "/srv/posts/sub/a.md", shelf{"/srv/posts", "sub", "."}},
		{"a.md", "../a.md", shelf{"..", ".", "."}},
		{"x/a.md", "../posts/x/a.md", shelf{"../posts", "x", "."}},
	} {
		if got := shelfOf(pipeline.NewDocument(c.path, c.name, nil)); got != c.want {
			t.Errorf("%s as %s: %+v, want %+v", c.path, c.name, got, c.want)
		}
	}
}
