package steps

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/feed"
)

// BenchmarkFolder lints a folder of 200 articles, from walking it to the findings.
func BenchmarkFolder(b *testing.B) {
	const articles = 200
	text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "articles", "notes", "tram.md"))
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	for i := range articles {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.md", i)), text, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		choose []string
	}{{"core", nil}, {"front-matter", []string{"FM"}}} {
		b.Run(c.name, func(b *testing.B) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			b.SetBytes(articles * int64(len(text)))
			for b.Loop() {
				in, err := feed.Open([]string{dir}, nil, feed.Options{})
				if err != nil {
					b.Fatal(err)
				}
				step := lintSpec.New().(*Lint)
				step.Select = c.choose
				sum, err := pipeline.Run(context.Background(), in, []pipeline.Step{step}, feed.Discard(), pipeline.Options{})
				if err != nil || sum.Documents != articles || sum.Failed > 0 {
					b.Fatalf("%+v, %v", sum, err)
				}
			}
			runtime.ReadMemStats(&after)
			files := float64(articles) * float64(b.N)
			b.ReportMetric(float64(after.Mallocs-before.Mallocs)/files, "allocs/file")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/files, "µs/file")
		})
	}
}
