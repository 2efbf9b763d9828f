package schema_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"
)

// corpus is where real articles lie, beside the checkout; nothing of it is part of the repository.
const corpus = "../../../shared/corpus"

// An article is the front matter of a file.
type article struct {
	name string
	*matter.Matter
}

// articles reads the articles of folders of the corpus. The test is skipped where there is none.
func articles(t *testing.T, folders ...string) (list []article) {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("no corpus of real articles beside the checkout")
	}
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(corpus, folder), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			switch filepath.Ext(path) {
			case ".md", ".mdx", ".markdown", ".html", ".txt":
				text, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				name, _ := filepath.Rel(corpus, path)
				list = append(list, article{name, matter.Read(text)})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// TestInferOnSites holds each site, and the scraped articles, to the schemas that are inferred from them.
func TestInferOnSites(t *testing.T) {
	sites, err := filepath.Glob(filepath.Join(corpus, "sites", "*"))
	if err != nil {
		t.Fatal(err)
	}
	sites = append(sites, filepath.Join(corpus, "seedlike"))
	for _, site := range sites {
		name, _ := filepath.Rel(corpus, site)
		t.Run(filepath.Base(site), func(t *testing.T) {
			list := articles(t, name)
			var in schema.Inference
			for _, a := range list {
				in.Add(a.Matter)
			}
			for _, o := range inferOptions {
				checkAccepts(t, in.Schema(o), list)
			}
		})
	}
}

// TestBuiltinsOnSites holds well-kept sites to the built-in schemas: what is found there is known, and true.
func TestBuiltinsOnSites(t *testing.T) {
	for _, c := range []struct {
		schema  string
		folders string
		found   []string // place and kind
	}{
		{"hugo", "sites/hugo-docs sites/otel-docsy", nil},
		{"jekyll", "sites/jekyll-docs sites/opensource-guide sites/raymondcamden sites/rust-blog", nil},
		{"hexo", "sites/hexo-site sites/hexo-vue-zh", nil},
		{"astro", "sites/astro-docs sites/biome-astro", nil},
		{"scraped", "seedlike", []string{ // Invalid Date
			"seedlike/frontmatter/v3-13103649870.md:11 pattern-mismatch",
			"seedlike/frontmatter/v3-13445355345.md:11 pattern-mismatch",
			"seedlike/frontmatter/v3-34159959013.md:11 pattern-mismatch",
			"seedlike/frontmatter/v3-34346362737.md:11 pattern-mismatch",
			"seedlike/frontmatter/v3-34576381678.md:11 pattern-mismatch",
			"seedlike/frontmatter/v3-34697138053.md:11 pattern-mismatch",
		}},
	} {
		t.Run(c.schema, func(t *testing.T) {
			loader, err := schema.NewLoader(".")
			if err != nil {
				t.Fatal(err)
			}
			s, err := loader.Builtin(c.schema)
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			for _, a := range articles(t, strings.Fields(c.folders)...) {
				for _, f := range s.Check(a.Matter) {
					at := pipeline.NewLines(a.Text).At(f.Span.Start, pipeline.CodePoints)
					place := fmt.Sprintf("%s:%d %s", a.name, at.Line, f.Kind)
					found = append(found, place)
					if !slices.Contains(c.found, place) {
						t.Errorf("%s: %s", place, f.Message)
					}
				}
			}
			if len(found) < len(c.found) {
				t.Errorf("found %v only", found)
			}
		})
	}
}
