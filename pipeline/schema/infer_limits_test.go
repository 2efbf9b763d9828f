package schema_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"copydesk/pipeline/matter"
	"copydesk/pipeline/schema"
)

// TestInferLimits infers from keys, depths and texts without end: the schema still accepts what it was inferred
// from, though closed, and neither it nor the memory grows on.
func TestInferLimits(t *testing.T) {
	for _, c := range []struct {
		name string
		text func(i int) string
	}{
		{"keys", func(i int) string { return keys("", i, 100) }},
		{"keys below", func(i int) string { return "a:\n" + keys("  ", i, 100) }},
		{"keys of mappings", func(i int) string { return fmt.Sprintf("k%d:\n", i) + keys("  ", i, 100) }},
		{"depth", func(i int) string { return strings.Repeat("{a: ", 30) + fmt.Sprint(i) + strings.Repeat("}", 30) + "\n" }},
		{"lists", func(i int) string {
			return "a: " + strings.Repeat("[", 30) + fmt.Sprintf("b%d", i) + strings.Repeat("]", 30) + "\n"
		}},
		{"long keys", func(i int) string { return fmt.Sprintf("%q: {a: 1}\n", strings.Repeat("长", 100)+fmt.Sprint(i)) }},
		{"texts", func(i int) string { return fmt.Sprintf("a: b%d\nc: %s%d\n", i, strings.Repeat("x", 10_000), i) }},
		{"layouts", func(i int) string { return "date: 2022-07-22" + strings.Repeat(" ", 1+i) + "10:00:00\n" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			var in schema.Inference
			var list []article
			learn := func(from, to int) (kept int, text []byte) {
				for i := from; i < to; i++ {
					a := article{fmt.Sprint(i), matter.Read([]byte("---\n" + c.text(i) + "---\n"))}
					if !in.Add(a.Matter) {
						t.Fatalf("%d: %v", i, a.Faults)
					}
					if i%50 == 0 {
						list = append(list, a)
					}
				}
				return int(memory()), in.Schema(schema.InferOptions{Closed: true, MaxEnum: 12, Required: 100})
			}
			early, _ := learn(0, 150)
			late, text := learn(150, 400)
			if late > early+4<<20 {
				t.Errorf("memory grew from %d to %d bytes", early, late)
			}
			if len(text) > 2<<20 {
				t.Errorf("the schema has %d bytes", len(text))
			}
			checkAccepts(t, text, list)
			runtime.KeepAlive(&in)
		})
	}
}

// keys are n entries that no other article has.
func keys(indent string, article, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%sk%d-%d: v%d\n", indent, article, i, article)
	}
	return b.String()
}

// memory is the number of bytes in use.
func memory() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkInferAdd learns from the front matter of a scraped article, which has been read.
func BenchmarkInferAdd(b *testing.B) {
	text, err := os.ReadFile(filepath.FromSlash("../../testdata/articles/news/storm.txt"))
	if err != nil {
		b.Fatal(err)
	}
	list := make([]*matter.Matter, 64)
	for i := range list {
		list[i] = matter.Read(bytes.Replace(text, []byte("港口"), fmt.Appendf(nil, "港口%d", i), 1))
	}
	var in schema.Inference
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if !in.Add(list[i%len(list)]) {
			b.Fatal("nothing was learned")
		}
	}
}
