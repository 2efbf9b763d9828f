package markup

import (
	"strings"
	"testing"

	"copydesk/pipeline"
)

// newBody reads a text as a Markdown body.
func newBody(text string) *Body { return bodyOf(text, pipeline.Markdown) }

func bodyOf(text string, format pipeline.Format) *Body {
	d := pipeline.NewDocument("a", "a", []byte(text))
	d.Format = format
	return Of(d)
}

// article is an article in the shape of those that scrapers make.
var article = "\n<div>   \n" + strings.Repeat(`<p>七月二十二日深夜，不少用户在社交平台反馈称，<strong>消息无法发送，</strong>引起网友热议。</p>
<p align="center"><a href="https://example.org/20220722/8ebc.png" target="_blank"><img alt="图片说明：部分功能发生故障" h="35" src="https://example.org/20220722/s_8ebc.png" style="border: black 1px solid;" w="600" referrerpolicy="no-referrer"></a></p>
`, 7) + "\n           \n           <p class=\"end\"><a href=\"javascript:;\">纠错</a></p>\n</div>\n            "

var note = strings.Repeat("## A heading\n\nSome *text* with [a link](https://example.org/a) and `code`, 中文也有。\n\n- one\n- two ![pic](a.png)\n\n", 25)

func TestDeepHTML(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("<div>", 30_000) + strings.Repeat("</x>", 30_000),
		strings.Repeat("<h1><a href=x>", 20_000), strings.Repeat("<ul><li>", 20_000) + strings.Repeat("<li>", 20_000),
		strings.Repeat("<table><tr><td>", 30_000) + strings.Repeat("</p>", 30_000),
	} {
		if b := bodyOf(text, pipeline.HTML); len(b.Elements) < 30_000 || b.Err != nil {
			t.Errorf("%.20s…: %d elements, %v", text, len(b.Elements), b.Err)
		}
	}
	b := bodyOf(strings.Repeat("<b>", maxElements+1), pipeline.HTML)
	if b.Err == nil || len(b.Elements) != maxElements {
		t.Errorf("%d elements, %v", len(b.Elements), b.Err)
	}
}

func BenchmarkOfHTML(b *testing.B) { benchmarkOf(b, article, pipeline.HTML) }

func BenchmarkOfMarkdown(b *testing.B) { benchmarkOf(b, note, pipeline.Markdown) }

func benchmarkOf(b *testing.B, text string, format pipeline.Format) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		bodyOf(text, format)
	}
}

func BenchmarkDetect(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		Detect("a.md", []byte(article))
	}
}

func BenchmarkIndentedCode(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		IndentedCode([]byte(article))
	}
}

func BenchmarkRender(b *testing.B) {
	b.SetBytes(int64(len(note)))
	for b.Loop() {
		_, _ = Render([]byte(note))
	}
}
