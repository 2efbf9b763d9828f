package rules_test

import (
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
)

// scraped is an article of 3.6 KB in the shape of those that scrapers leave behind.
var scraped = []byte("\n---\ntitle: '雨下了一整天！官方火速回应：部分地区发生积水 正在修复'\ncategories: \n - 天气\n - 最新新闻\n" +
	"headimg: 'https://example.com/img/s_1.png'\nauthor: 天气\ncomments: false\ndate: Fri, 22 Jul 2022 22:48:17 GMT\n" +
	"thumbnail: 'https://example.com/img/s_1.png'\n---\n\n<div>   \n" +
	strings.Repeat("<p>7月22日深夜，<strong>不少用户在社交平台反馈称</strong>，雨下个不停，<span style=\"color:#ff0000;\">道路积水严重</span>，官方回应。</p>\n"+
		"<p align=\"center\"><a href=\"https://example.com/img/1.png\" target=\"_blank\"><img alt=\"雨下了一整天！\" h=\"380\" "+
		"src=\"https://example.com/img/s_1.png\" style=\"border: black 1px solid\" w=\"600\" referrerpolicy=\"no-referrer\"></a></p>\n"+
		"<p>据了解，去年也下过雨，有不少网友投诉称，晚上开始下雨，官方微博随后回应称：“刚刚下了雨，现在已经停了。”</p>\n", 5) +
	"\n           \n           <p class=\"end\"><img src=\"https://example.com/end.png\"></p>\n" +
	"<div style=\"overflow: hidden;\">\n           <p class=\"url\"><a href=\"javascript:;\" class=\"a\">文章纠错</a></p>\n        </div>\n</div>\n            ")

func archiveLinter(b *testing.B) *lint.Linter {
	return selected(b, lint.Selection{Presets: []string{"archive"}})
}

func selected(b *testing.B, s lint.Selection) *lint.Linter {
	list, err := lint.Select(rules.All(), s)
	if err != nil {
		b.Fatal(err)
	}
	return linter(b, list)
}

// BenchmarkLint checks an article from its bytes, reading it included: by all rules of the archive preset, by those of
// core, and by those on front matter alone.
func BenchmarkLint(b *testing.B) {
	for _, c := range []struct {
		name  string
		rules lint.Selection
		least int // findings
	}{
		{"archive", lint.Selection{Presets: []string{"archive"}}, 10},
		{"core", lint.Selection{Presets: []string{"core"}}, 3},
		{"front-matter", lint.Selection{Select: []string{"FM"}}, 1},
	} {
		b.Run(c.name, func(b *testing.B) {
			l := selected(b, c.rules)
			b.SetBytes(int64(len(scraped)))
			b.ReportAllocs()
			for b.Loop() {
				if len(l.Check(document("a.txt", scraped))) < c.least {
					b.Fatal("too few findings")
				}
			}
		})
	}
}

// BenchmarkRules runs the rules alone on an article that has been read.
func BenchmarkRules(b *testing.B) {
	l := archiveLinter(b)
	d := document("a.txt", scraped)
	l.Check(d)
	b.ReportAllocs()
	for b.Loop() {
		l.Check(d)
	}
}

func BenchmarkFix(b *testing.B) {
	l := archiveLinter(b)
	b.ReportAllocs()
	for b.Loop() {
		if n, err := l.Fix(document("a.txt", scraped), pipeline.Safe); n < 5 || err != nil {
			b.Fatal(n, err)
		}
	}
}
