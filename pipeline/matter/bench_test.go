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

// BenchmarkRead reads the same data in YAML that needs no loader, in YAML that does, in TOML and in JSON.
func BenchmarkRead(b *testing.B) {
	body := strings.Repeat("<p>深夜，不少用户在社交平台反馈称，<strong>消息无法发送</strong>。</p>\n", 40)
	for _, c := range []struct{ name, text string }{
		{"simple", string(article)},
		{"loader", strings.Replace(string(article), "comments: false", "comments: !!bool false", 1)},
		{"toml", "+++\ntitle = '服务中断！官方火速回应：部分功能恢复中'\ncategories = ['新媒体', '科技资讯（转载）', '最新新闻']\n" +
			"headimg = 'https://img.example.com/20220722/s_8ebc0e57.png'\nauthor = '科技资讯（转载）'\ncomments = false\n" +
			"date = 2022-07-22T22:48:17Z\nthumbnail = 'https://img.example.com/20220722/s_8ebc0e57.png'\n+++\n\n" + body},
		{"json", "{\"title\": \"服务中断！官方火速回应：部分功能恢复中\", \"categories\": [\"新媒体\", \"科技资讯（转载）\", \"最新新闻\"],\n" +
			"\"headimg\": \"https://img.example.com/20220722/s_8ebc0e57.png\", \"author\": \"科技资讯（转载）\", \"comments\": false,\n" +
			"\"date\": \"2022-07-22T22:48:17Z\", \"thumbnail\": \"https://img.example.com/20220722/s_8ebc0e57.png\"}\n\n" + body},
	} {
		b.Run(c.name, func(b *testing.B) {
			text := []byte(c.text)
			if m := Read(text); m.Root == nil || len(m.Root.Entries) != 7 {
				b.Fatalf("%+v", m.Faults)
			}
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Read(text)
			}
		})
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
