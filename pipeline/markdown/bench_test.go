package markdown

import (
	"os"
	"path/filepath"
	"testing"
)

func BenchmarkDir(b *testing.B) {
	files, _ := filepath.Glob(os.Getenv("BENCH_DIR") + "/*.html")
	var texts [][]byte
	n := 0
	for _, f := range files {
		t, _ := os.ReadFile(f)
		texts = append(texts, t)
		n += len(t)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, t := range texts {
			if _, _, err := Write(t); err != nil {
				b.Fatal(err)
			}
		}
	}
}
