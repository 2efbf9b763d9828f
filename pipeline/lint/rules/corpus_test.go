package rules_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
)

// onDisk is a linter of a preset that looks at the files that are really there.
func onDisk(t testing.TB, preset string) *lint.Linter {
	t.Helper()
	list, err := lint.Select(rules.All(), lint.Selection{Presets: []string{preset}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := lint.New(lint.Options{Rules: list, Stat: func(path string) (fs.FileInfo, error) { return os.Stat(path) }})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// eachArticle calls do for all files of a folder that look like articles.
func eachArticle(t *testing.T, dir string, do func(path string, text []byte)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		ext := strings.ToLower(filepath.Ext(path))
		if err != nil || e.IsDir() || !slices.Contains([]string{".md", ".markdown", ".mdx", ".html", ".htm", ".txt"}, ext) {
			return err
		}
		text, err := os.ReadFile(path)
		do(path, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestSites counts what preset core finds on well-kept sites; with -v and COPYDESK_FINDINGS set
// it prints each finding.
func TestSites(t *testing.T) {
	sites, err := os.ReadDir(corpus(t, "sites"))
	if err != nil {
		t.Fatal(err)
	}
	l := onDisk(t, "core")
	for _, site := range sites {
		counts := map[string]int{}
		files, faulty := 0, 0
		dir := filepath.Join(corpus(t, "sites"), site.Name())
		eachArticle(t, dir, func(path string, text []byte) {
			files++
			d := document(filepath.ToSlash(path), text)
			found := l.Check(d)
			lines := pipeline.NewLines(text)
			for _, f := range found {
				counts[f.Code]++
				if os.Getenv("COPYDESK_FINDINGS") != "" {
					at := lines.At(f.Span.Start, pipeline.CodePoints)
					t.Logf("%s:%d:%d: %s %s", path, at.Line, at.Column, f.Code, f.Message)
				}
			}
			// Samples of sites lack pages and pictures; guides to Vue and blogs on JavaScript do hold scripts.
			if slices.ContainsFunc(found, func(f pipeline.Diagnostic) bool {
				return f.Severity == pipeline.Error && f.Code != "LK001" && f.Code != "IM002" && f.Code != "SE002"
			}) {
				faulty++
			}
		})
		t.Log(site.Name(), files, "files:", fmt.Sprint(counts))
		if faulty*20 > files {
			t.Errorf("%s: %d of %d files have errors", site.Name(), faulty, files)
		}
	}
}
