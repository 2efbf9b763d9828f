package markdown

import (
	"testing"

	"copydesk/pipeline/markup"
)

// BenchmarkWrite writes an article and proves it.
func BenchmarkWrite(b *testing.B) {
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		if md, err := Write([]byte(article), Options{}); !md.Faithful || err != nil {
			b.Fatal(md.Faithful, err)
		}
	}
}

// BenchmarkWriteUnproven writes it once, without reading it back.
func BenchmarkWriteUnproven(b *testing.B) {
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		doc, err := markup.Tree([]byte(article))
		if err != nil {
			b.Fatal(err)
		}
		p := &prover{targets: targets(doc)}
		root, _ := p.tree(doc, false)
		p.write(root)
	}
}
