package article_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
)

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{
		`{"copydesk":1`:             true,
		"\ufeff \n{ \"copydesk\" :": true,
		`{"body":{"raw":"\"}{[\\"},"n":[1,{}],"copydesk":1}`: true,
		`{"a":1,"b":true,"copydesk":1}`:                      true,
		`{"copydesk"`:                                        false,
		`{"a":{"copydesk":1}}`:                               false,
		`{"a":"copydesk"}`:                                   false,
		`{"title":"x"}` + "\n\n" + `{"copydesk":1}`:          false,
		`["copydesk"]`:                                       false,
		`{copydesk:1}`:                                       false,
		"":                                                   false,
		"{":                                                  false,
		`{"a\`:                                               false,
		`{"a":"\`:                                            false,
		"---\ncopydesk: 1\n---\n":                            false,
		`{}}"copydesk":1`:                                    false,
	} {
		if got := article.Is([]byte(text)); got != want {
			t.Errorf("Is(%q) is %v", text, got)
		}
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"2022-07-22t22:48:17.5+08:00":   "2022-07-22T22:48:17+08:00",
		"2021-10-10 11:06:15":           "2021-10-10T11:06:15Z assumed",
		"Fri, 22 Jul 2022 22:48:17 GMT": "2022-07-22T22:48:17Z",
		"Fri, 22 Jul 2022 22:48:17 CST": "2022-07-22T22:48:17Z assumed",
		"2021年6月22日，21点39分":             "2021-06-22T21:39:00Z assumed",
		"7/8/2022":                      "",
		"Invalid Date":                  "",
		"0001-01-01T00:00:00Z":          "",
		"":                              "",
	} {
		m := article.Of(document("a.md", fmt.Appendf(nil, "---\ndate: %q\n---\n", text)))
		got := m.Date
		if got != "" && !m.Zoned {
			got += " assumed"
		}
		if got != want {
			t.Errorf("%q is %q, not %q", text, got, want)
		}
		if (m.DateFrom == "/date") != (want != "") {
			t.Errorf("%q is said to come from %q", text, m.DateFrom)
		}
	}
}

func TestMeta(t *testing.T) {
	m := article.Of(document("a.md", []byte("---\ntitle: ' a '\nlang: de\nauthors: &a [{name: x, url: y}, z, x]\nauthor: '  '\n"+
		"tags: null\ncategories: *a\nimage: {src: s.png}\nthumbnail: t.png\npublished: 2022-07-22\n---\n日本語のテキスト and one")))
	want := article.Meta{
		Title: "a", Date: "2022-07-22T00:00:00Z", DateFrom: "/published", Authors: []string{"x", "z"}, Tags: []string{"x", "z"},
		Image: "s.png", Lang: "de", Words: 10,
	}
	if !reflect.DeepEqual(m, want) {
		t.Errorf("got %+v, not %+v", m, want)
	}
}

func TestCarriedFailure(t *testing.T) {
	d := document("a.md", []byte("x"))
	d.Failed = errors.New("images: too big")
	line := article.Append(nil, d)
	for range 3 {
		back, err := article.Decode(line)
		if err != nil {
			t.Fatal(err)
		}
		if !errors.Is(back.Failed, pipeline.ErrCarried) || back.Failed.Error() != "images: too big" {
			t.Errorf("failed with %v", back.Failed)
		}
		if again := article.Append(nil, back); !bytes.Equal(again, line) {
			t.Errorf("%s is not %s", again, line)
		}
	}
}

// The findings of two processes stand one behind the other.
func TestDiagnosticsAccumulate(t *testing.T) {
	d := document("a.md", []byte("---\nt: 1\n---\n天 b\n"))
	d.Report(pipeline.Diagnostic{Span: pipeline.Span{Start: 17, End: 18}, Code: "XX001", Rule: "one", Message: "m"})
	back, err := article.Decode(article.Append(nil, d))
	if err != nil {
		t.Fatal(err)
	}
	back.Report(pipeline.Diagnostic{Span: pipeline.Span{Start: 13, End: 16}, Code: "XX002", Rule: "two", Message: "n"})
	line := string(article.Append(nil, back))
	validate(t, []byte(line))
	want := `"diagnostics":[{"path":"a.md","code":"XX001","rule":"one","severity":"info","message":"m",` +
		`"start":{"line":4,"column":3,"offset":17},"end":{"line":4,"column":4,"offset":18},"fixes":[],"related":[]},` +
		`{"path":"a.md","code":"XX002",`
	if !strings.Contains(line, want) {
		t.Errorf("%s lacks %s", line, want)
	}
}

// A line of 2 MB, whatever it holds, is read in a time that its length alone says.
func TestLongLinesAreLinear(t *testing.T) {
	const n = 2 << 20
	for name, text := range map[string]string{
		"plain":     strings.Repeat("汉字 and <b>text</b> ", n/26),
		"escapes":   strings.Repeat("\"\\\n\x01", n/4),
		"bytes":     strings.Repeat("\xff", n),
		"open tags": strings.Repeat("<a &", n/4),
		"brackets":  strings.Repeat("](", n/2),
		"scripts":   strings.Repeat("<script><style>", n/15),
		"marks":     strings.Repeat("e\u0301'", n/4),
	} {
		begin := time.Now()
		line := article.Append(nil, document("a.md", []byte(text)))
		back, err := article.Decode(line)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if string(back.Text) != text {
			t.Errorf("%s: the bytes differ", name)
		}
		if took := time.Since(begin); took > 30*time.Second {
			t.Errorf("%s takes %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
}

// Front matter that is too much is refused before it is merged.
func TestDataIsLimited(t *testing.T) {
	data := strings.Repeat(`"k":[0,0,0],`, 200_000)
	for _, format := range []string{"yaml", "toml", "json"} {
		begin := time.Now()
		_, err := article.Decode(fmt.Appendf(nil, `{"copydesk":1,"path":"a","frontMatter":{"format":%q,"data":{%s"l":0}},"body":{"raw":""}}`, format, data))
		if err == nil || !strings.Contains(err.Error(), "frontMatter.data has 200001 keys") {
			t.Errorf("%s: %v", format, err)
		}
		if took := time.Since(begin); took > 30*time.Second {
			t.Errorf("%s takes %v", format, took)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"copydesk":1,"path":"a.md","frontMatter":{"format":"yaml","open":"---\n","raw":"a: 1\n","close":"---\n","data":{"a":2,"b":[{}]},"x":1},"body":{"format":"html","raw":"b","y":[]},"assets":[{"url":"u","full":"f","role":"made"}],"diagnostics":[{}],"trail":[{"step":"s","changed":true}],"source":{"encoding":"x"},"z":{"q":1e5}}`))
	f.Add([]byte(`{"copydesk":1,"path":"a.md","frontMatter":{"format":"toml","data":{"a":{"b":[1,"x",null]}}},"body":{"rawBase64":"/w=="},"error":"e"}`))
	f.Add([]byte(`{"copydesk":1,"path":"a.md","frontMatter":{"format":"json","rawBase64":"e30K","data":{"a":"\u2028"}},"body":{"raw":""}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := article.Decode(text)
		if err != nil {
			return
		}
		if !article.Is(text) && !bytes.Contains(text, []byte(`\u`)) {
			t.Fatalf("decoded, and not taken for an article: %q", text)
		}
		roundTripOf(t, d)
	})
}

// roundTripOf holds for whatever Decode gives: what is written of it is read as the same.
func roundTripOf(t *testing.T, d *pipeline.Document) {
	t.Helper()
	line := article.Append(nil, d)
	back, err := article.Decode(line)
	if err != nil {
		t.Fatalf("%v\n%s", err, line)
	}
	if !bytes.Equal(back.Text, d.Text) || back.Changed() {
		t.Fatalf("%q is not %q", back.Text, d.Text)
	}
	if again := article.Append(nil, back); !bytes.Equal(again, line) {
		if bytes.Contains(line, []byte(`"source":{"size"`)) {
			return // The source was that of d, whose Text is another.
		}
		t.Fatalf("a second time it is:\n%s\n%s", again, line)
	}
}

// modelLike is a post in the shape of scraped ones.
func modelLike() []byte {
	return []byte("\n---\ntitle: '天气预报：明日有雨 出门带伞'\ncategories: \n - 新闻\n - 本地\nheadimg: 'https://img.example/s_a.png'\nauthor: 某某\n" +
		"comments: false\ndate: Fri, 22 Jul 2022 22:48:17 GMT\nthumbnail: 'https://img.example/s_a.png'\n---\n\n<div>   \n" +
		strings.Repeat("<p align=\"center\">明天<strong>下雨、</strong>“请大家”带伞。<a href=\"https://x.example/a.png\" target=\"_blank\"><img alt=\"雨\" h=\"35\" src=\"https://x.example/s_a.png\"></a></p>\n", 16) +
		"</div>            ")
}

// fresh parses the front matter too, kept has it from an earlier step.
func BenchmarkAppend(b *testing.B) {
	text := modelLike()
	kept := document("a.md", text)
	var dst []byte
	b.Run("fresh", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			dst = article.Append(dst[:0], document("a.md", text))
		}
	})
	b.Run("kept", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			dst = article.Append(dst[:0], kept)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	line := article.Append(nil, document("a.md", modelLike()))
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if _, err := article.Decode(line); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeLong(b *testing.B) {
	line := article.Append(nil, document("a.md", bytes.Repeat(modelLike(), 2500)))
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		if _, err := article.Decode(line); err != nil {
			b.Fatal(err)
		}
	}
}
