package sanitize

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"copydesk/pipeline"
)

// articleBody is a body in the shape of a scraped article, some 4 KB of it.
func articleBody() []byte {
	return []byte("\n<div>   \n" + strings.Repeat(`<p>7月22日深夜，不少用户在社交平台反馈称，<strong>消息无法发送、图片打不开等情况，</strong>话题#崩了#冲上热搜，引起网友热议。</p>
<p align="center"><a href="https://img.example.com/20220722/8ebc0e57.png" target="_blank"><img alt="官方回应：部分功能发生故障 恢复中" h="35" src="https://img.example.com/20220722/s_8ebc0e57.png" style="border: black 1px solid;" w="600" referrerpolicy="no-referrer"></a></p>
<p>对此，官方回应称，刚刚，<span style="color:#ff0000;"><strong>部分功能发生故障，有少量用户受到影响。目前，功能已经恢复中。</strong></span></p>
<p class="url"><span style="color:#666">责任编辑</span><a href="javascript:;" class="jiucuo" id="leftjiucuo">文章纠错</a></p>
`, 4) + "</div>\n            ")
}

func BenchmarkClean(b *testing.B) {
	body := articleBody()
	p, _ := Named("article")
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		d := pipeline.NewDocument("a.md", "a.md", body)
		d.Format = pipeline.HTML
		if edits, _, err := p.Clean(d); err != nil || len(edits) == 0 {
			b.Fatal(err)
		}
	}
}

// BenchmarkBluemonday is what the policy alone costs on the same bytes.
func BenchmarkBluemonday(b *testing.B) {
	body := articleBody()
	p, _ := Named("article")
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if err := p.engine.SanitizeReaderToWriter(bytes.NewReader(body), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
