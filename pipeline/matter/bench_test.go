package matter

import (
	"strings"
	"testing"
)

// article has the shape of a scraped news article.
var article = []byte("\n---\ntitle: '服务中断！官方火速回应：部分功能恢复中'\ncategories: \n - 新媒体\n - 科技资讯（转载）\n - 最新新闻\n" +
	"headimg: 'https://img.example.com/20220722/s_8ebc0e571f5f4a76ac4207289d39451d.png'\nauthor: 科技资讯（转载）\ncomments: false\n" +
	"date: Fri, 22 Jul 2022 22:48:17 GMT\nthumbnail: 'https://img.example.com/20220722/s_8ebc0e571f5f4a76ac4207289d39451d.png'\n---\n\n" +
	strings.Repeat("<p>深夜，不少用户在社交平台反馈称，<strong>消息无法发送</strong>。</p>\n", 40))

func BenchmarkSplit(b *testing.B) {
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		Split(article)
	}
}

func BenchmarkRead(b *testing.B) {
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		Read(article)
	}
}

func BenchmarkPatch(b *testing.B) {
	m := Read(article)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Patch("/date", []byte(`"2022-07-22T22:48:17Z"`)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseJSON(b *testing.B) {
	text := []byte("[" + strings.Repeat(`{"title": "t", "n": [1, 2.5, true, null]},`, 20_000) + "1]")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(text, JSON)
	}
}
