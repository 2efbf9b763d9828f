package pagemeta

import (
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"copydesk/pipeline/matter"
	"copydesk/testdata/golden"
)

// TestCases runs the cases of testdata/pagemeta: CASE/page is a page, CASE/want the front matter that is made of it
// and the content of its body.
func TestCases(t *testing.T) {
	golden.Run(t, "../../testdata/pagemeta/*.txtar", func(t *testing.T, a *txtar.Archive) []txtar.File {
		var page []byte
		for i := range a.Files {
			if f := &a.Files[i]; path.Base(f.Name) == "page" {
				page = f.Data
			} else {
				f.Data = []byte(show(t, page))
			}
		}
		return a.Files
	})
}

func show(t testing.TB, text []byte) string {
	t.Helper()
	page, ok := Read(text)
	if !ok {
		return "no page\n"
	}
	made, err := matter.Compose(page.Matter(), matter.YAML, "\n")
	if err != nil {
		t.Fatal(err)
	}
	return made + strings.TrimSpace(string(page.Content.Of(text))) + "\n"
}

// TestHostile holds that a page made to do harm is read in a time that its length says, and that what is taken of it
// is front matter in every syntax.
func TestHostile(t *testing.T) {
	const n = 4 << 20
	for name, unit := range map[string]string{
		"titles":   "<title>a",
		"metas":    `<meta name=keywords content="a,b">`,
		"scripts":  `<script type="application/ld+json">{"@type":"Article","headline":"x"}</script>`,
		"nested":   `<script type="application/ld+json">` + strings.Repeat(`{"@type":"Article","author":[`, 3000),
		"brackets": `<script type="application/ld+json">` + strings.Repeat(`[`, 500_000) + `</script>`,
		"many":     `<script type="application/ld+json">[` + strings.Repeat(`{"@type":"Article","keywords":"a"},`, 20_000) + `1]</script>`,
		"open":     "<a <a ",
		"comments": "<!-- <!",
		"names":    `<meta name="x" content="` + strings.Repeat("y", 5000) + `">`,
		"controls": "<meta name=author content='\x00\x01\u2028---\n'>",
	} {
		text := []byte("<html><head>" + strings.Repeat(unit, max(1, n/len(unit))))
		start := time.Now()
		page, ok := Read(text)
		if !ok {
			t.Errorf("%s: no page", name)
		}
		for _, f := range []matter.Format{matter.YAML, matter.TOML, matter.JSON} {
			if _, err := matter.Compose(page.Matter(), f, "\r\n"); err != nil {
				t.Errorf("%s as %s: %v", name, f, err)
			}
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s takes %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
}

// FuzzRead holds that whatever a page says can be written as front matter, and that its content lies inside of it.
func FuzzRead(f *testing.F) {
	paths, _ := filepath.Glob(filepath.Join("..", "..", "testdata", "pagemeta", "*.txtar"))
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(file.Data)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		page, _ := Read(text)
		if c := page.Content; c.Start < 0 || c.End < c.Start || c.End > len(text) {
			t.Fatalf("%q: content %v", text, c)
		}
		for _, format := range []matter.Format{matter.YAML, matter.TOML, matter.JSON} {
			if _, err := matter.Compose(page.Matter(), format, "\n"); err != nil {
				t.Fatalf("%q as %s: %v", text, format, err)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	text := []byte(`<html lang=en><head><title>T</title><meta property="og:image" content="https://x.example/a.png">` +
		`<script type="application/ld+json">{"@type":"Article","headline":"H"}</script></head><body>` + strings.Repeat("<p>Text <b>bold</b></p>\n", 500) + "</body></html>")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Read(text)
	}
}
