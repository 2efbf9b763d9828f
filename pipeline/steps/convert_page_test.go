package steps

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"copydesk/pipeline"
	"copydesk/testdata/golden"
	"copydesk/testdata/hostile"
)

// TestPages runs the cases of testdata/page: source is an article, template.html a template for it, page.html
// the page that it gives, without the built-in style sheet, and told what is told of it.
func TestPages(t *testing.T) { golden.Run(t, "../../testdata/page/*.txtar", pageCase) }

func pageCase(t *testing.T, a *txtar.Archive) (out []txtar.File) {
	step := &Convert{To: "html", Policy: "article", Math: "dollars", Standalone: true}
	for _, f := range a.Files {
		switch f.Name {
		case "page.html", "told":
			continue
		case "template.html":
			step.Template = filepath.Join(t.TempDir(), f.Name)
			if err := os.WriteFile(step.Template, f.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, f)
	}
	d := makePage(t, step, a.Files[0].Name, string(a.Files[0].Data))
	checkInert(t, d.Text)
	return append(out, txtar.File{Name: "page.html", Data: withoutStyle(d.Text)}, txtar.File{Name: "told", Data: []byte(told(d))})
}

// makePage takes an article through a step that makes pages.
func makePage(t *testing.T, step *Convert, name, text string) *pipeline.Document {
	t.Helper()
	d := document(name, text)
	if err := step.Prepare(); err != nil {
		t.Fatal(err)
	}
	if err := step.Apply(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if d.Format != pipeline.HTML || !strings.HasSuffix(d.Path, ".html") || d.Body().Start != 0 {
		t.Errorf("format %q, path %q, body at %d", d.Format, d.Path, d.Body().Start)
	}
	return d
}

// TestHostilePages puts payloads into everything that front matter can say and into the body, in every way to
// read formulas: nothing in a page is active, and its parts stay in their places.
func TestHostilePages(t *testing.T) {
	payloads := []string{`"><script>alert(1)</script>`, "</title><svg onload=x>", "javascript:alert(1)", "{{.Body}}", "</script><!--<script>"}
	every := 20
	if os.Getenv("COPYDESK_CORPUS") == "all" {
		every = 1
	}
	for i, payload := range hostile.Payloads(t) {
		if i%every == 0 {
			payloads = append(payloads, payload)
		}
	}
	for _, math := range []string{"dollars", "tex", "off"} {
		step := &Convert{To: "html", Policy: "article", Math: math, Standalone: true, Typographer: math == "tex"}
		for i, p := range payloads {
			value, err := json.Marshal(p)
			if err != nil {
				t.Fatal(err)
			}
			var front strings.Builder
			for _, key := range []string{"title", "author", "tags", "description", "image", "canonical", "lang", "date", "lastmod", "other"} {
				fmt.Fprintf(&front, "%s: %s\n", key, value)
			}
			d := makePage(t, step, "a.md", "---\n"+front.String()+"---\n\n$"+p+"$ \\("+p+"\\)\n\n"+p+"\n")
			if checkInert(t, d.Text); t.Failed() {
				t.Fatalf("payload %d, math %s: %q gives\n%s", i, math, p, withoutStyle(d.Text))
			}
		}
	}
	t.Logf("%d payloads", len(payloads))
}

func withoutStyle(text []byte) []byte {
	return regexp.MustCompile(`(?s)<style>.*?</style>`).ReplaceAll(text, []byte("<style>…</style>"))
}

func told(d *pipeline.Document) string {
	var b strings.Builder
	for _, f := range d.Diagnostics {
		fmt.Fprintf(&b, "%d: %s: %s\n", pipeline.NewLines(d.Source).At(f.Span.Start, pipeline.CodePoints).Line, f.Code, f.Message)
	}
	return b.String()
}

// scheme is that of an address, with what browsers pass over before it and in it.
var scheme = regexp.MustCompile(`^[\x00-\x20]*([A-Za-z\t\r\n][A-Za-z0-9+.\-\t\r\n]*):`)

// checkInert parses a page and finds what may run in it, or leads out of its parts.
func checkInert(t *testing.T, text []byte) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data]++
		var kind string
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s has %s=%q", n.Data, a.Key, a.Val)
			}
			if slices.Contains([]string{"href", "src", "action", "formaction", "xlink:href"}, a.Key) {
				if m := scheme.FindStringSubmatch(a.Val); m != nil && !slices.Contains([]string{"http", "https", "mailto", "tel"}, strings.ToLower(m[1])) {
					t.Errorf("%s has %s=%q", n.Data, a.Key, a.Val)
				}
			}
			if a.Key == "type" {
				kind = a.Val
			}
		}
		if n.Data == "script" && kind != "application/ld+json" || slices.Contains([]string{"iframe", "object", "embed", "base", "form"}, n.Data) {
			t.Errorf("there is a %s", n.Data)
		}
	}
	for _, once := range []string{"title", "body"} {
		if count[once] != 1 {
			t.Errorf("there are %d %s", count[once], once)
		}
	}
}
