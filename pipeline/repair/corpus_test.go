package repair

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"copydesk/pipeline"
	"copydesk/testdata/hostile"
)

// TestHostile makes all repairs in hostile bodies, HTML and Markdown: nothing panics, and a second run mends nothing.
func TestHostile(t *testing.T) {
	payloads := hostile.Payloads(t)
	if len(payloads) == 0 {
		t.Skip("the corpus is not here")
	}
	for n, payload := range payloads {
		if testing.Short() && n%10 > 0 {
			continue
		}
		mendAll(t, "a.html", []byte(payload))
		mendAll(t, "a.html", []byte("<p>x</p><pre><code>"+payload+"</code></pre><p>y</p>"))
		if n%4 == 0 {
			mendAll(t, "a.md", []byte("Text.\n\n"+payload))
		}
	}
}

// TestArticles makes all repairs in real articles.
func TestArticles(t *testing.T) {
	for _, folder := range []string{"seedlike", "sites"} {
		dir := filepath.Join("../../../shared/corpus", folder)
		if _, err := os.Stat(dir); err != nil {
			t.Skip("the corpus is not here: ", err)
		}
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			mendAll(t, filepath.Base(path), text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func mendAll(t *testing.T, name string, text []byte) {
	t.Helper()
	var names []string
	for _, r := range All() {
		names = append(names, r.Name)
	}
	mend(t, document(name, text), names...)
}

// FuzzMend holds that no body breaks a repair.
func FuzzMend(f *testing.F) {
	for _, r := range All() {
		f.Add(r.Before, true)
	}
	f.Fuzz(func(t *testing.T, body string, isHTML bool) {
		d := document("a.md", []byte(body))
		if d.Format = pipeline.Markdown; isHTML {
			d.Format = pipeline.HTML
		}
		s, err := New(Options{EscapeCode: true, LoadLazy: true, RenameAttributes: true, UnwrapRedirects: true, StripTracking: true, AddNoopener: true,
			DropPixels: true, UnlinkVoid: true, StripWord: true, DecodeBraces: true, DropBoilerplate: true, DropEmpty: true, UnwrapBody: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Apply(d); err != nil {
			t.Fatal(err)
		}
	})
}
