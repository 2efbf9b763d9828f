package markup

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"copydesk/pipeline"
)

func TestDetect(t *testing.T) {
	prose := strings.Repeat("Some words of *text* that go on for a while. ", 10) + "\n\n"
	for _, c := range []struct {
		why, name, body string
		want            pipeline.Format
	}{
		{"nothing", "a.md", "", pipeline.Markdown},
		{"the name", "A.HTM", "# a", pipeline.HTML},
		{"JSX", "a.mdx", "<div><p>x</p></div>", pipeline.Markdown},
		{"scraped", "a.txt", article, pipeline.HTML},
		{"BOM", "a.md", "\uFEFF" + article, pipeline.HTML},
		{"two BOMs", "a.md", "\uFEFF\uFEFF" + article, pipeline.HTML},
		{"BOMs and blanks", "a.md", "\uFEFF \n\uFEFF" + article, pipeline.HTML},
		{"paragraphs", "a.md", "<p>\nOne\n</p>\n\n<p>Two <b>bold</b>\n<p>Three", pipeline.HTML},
		{"comment first", "a.md", "<!-- by x -->\n<p>One</p>", pipeline.HTML},
		{"page", "a.md", "<!doctype html><html><head><title>t</title></head><body><p>x</p></body></html>", pipeline.HTML},
		{"code of Markdown in pre", "a.md", "<div><pre>\n\n# a\n\n- b\n\n- c\n</pre></div>", pipeline.HTML},
		{"logo first", "a.md", "<p align=\"center\"><img src=a.png></p>\n\n# Title\n\n" + prose, pipeline.Markdown},
		{"logo never closed", "a.md", "<p align=\"center\">\n<img src=a.png>\n\n# Title\n\n" + prose + "## More\n\n" + prose, pipeline.Markdown},
		{"picture first", "a.md", "<img src=a.png>\n\n" + prose, pipeline.Markdown},
		{"Markdown in div", "a.md", "<div align=center>\n\n# Title\n\n[a](b) [c](d)\n\n</div>\n", pipeline.Markdown},
		{"comment, then Markdown", "a.md", "<!-- markdownlint-disable -->\n\n" + prose, pipeline.Markdown},
		{"autolink", "a.md", "<https://example.org> is a place\n", pipeline.Markdown},
		{"details", "a.md", "<details>\n<summary>s</summary>\n\n```go\nx\n```\n\n</details>\n\n" + prose, pipeline.Markdown},
		{"prose with tags", "a.md", prose + "<div>x</div>", pipeline.Markdown},
	} {
		if got := Detect(c.name, []byte(c.body)); got != c.want {
			t.Errorf("%s: %s", c.why, got)
		}
		checkDetectIn(t, c.name, []byte(c.body))
	}
}

// checkDetectIn holds that DetectIn and FormatOf find what Detect does, and that DetectIn keeps the body that reading it
// gives.
func checkDetectIn(t *testing.T, name string, body []byte) {
	t.Helper()
	d := pipeline.NewDocument(name, name, append([]byte("+++\n"), body...))
	d.BodyStart = func(*pipeline.Document) int { return 4 }
	format := DetectIn(name, d)
	if want := Detect(name, body); format != want {
		t.Fatalf("%q in %s: %s in a document, %s alone", body, name, format, want)
	}
	again := pipeline.NewDocument(name, name, d.Source)
	again.BodyStart = d.BodyStart
	again.FindFormat = func(d *pipeline.Document) pipeline.Format { return DetectIn(name, d) }
	if got := FormatOf(again); got != format || Known(again) != nil || Weighed(again) != Weighed(d) {
		t.Fatalf("%q in %s: %s when only that is asked, %s else", body, name, got, format)
	}
	if b := Known(d); b != nil {
		d.Format = format
		if !reflect.DeepEqual(b, read(d)) {
			t.Fatalf("%q: kept %+v, read %+v", body, b, read(d))
		}
	}
}

// TestDetectCorpus judges real articles: all that scrapers made is HTML, and of what people keep by hand
// only one site's old posts are, which were brought over from a blog of HTML.
func TestDetectCorpus(t *testing.T) {
	corpus := "../../../shared/corpus/"
	if _, err := os.Stat(corpus + "sites"); err != nil {
		t.Skip("the corpus is not here")
	}
	count := map[pipeline.Format]int{}
	err := filepath.WalkDir(corpus, func(path string, e fs.DirEntry, err error) error {
		rest, site := strings.CutPrefix(path, corpus+"sites/")
		seed := strings.HasPrefix(path, corpus+"seedlike/exact") || strings.HasPrefix(path, corpus+"seedlike/rebuilt")
		ext := filepath.Ext(path)
		if err != nil || e.IsDir() || !site && !seed || ext != ".md" && ext != ".txt" && ext != ".mdx" || strings.HasPrefix(rest, "raymondcamden") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		got := Detect(path, withoutFrontMatter(text))
		checkDetectIn(t, path, withoutFrontMatter(text))
		count[got]++
		if seed != (got == pipeline.HTML) {
			t.Errorf("%s is judged %s", path, got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(count)
}

func withoutFrontMatter(text []byte) []byte {
	text = bytes.TrimLeft(trimBOM(text), " \r\n")
	for _, fence := range []string{"---", "+++"} {
		if end := bytes.Index(text, []byte("\n"+fence+"\n")); bytes.HasPrefix(text, []byte(fence)) && end >= 0 {
			return text[end+5:]
		}
	}
	return text
}
