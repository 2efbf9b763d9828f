package article_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/matter"
)

// document makes a document as the feed does, of a format that needs no look at its body.
func document(path string, text []byte) *pipeline.Document {
	d := pipeline.NewDocument(path, path, text)
	d.Format = pipeline.HTML
	d.BodyStart = matter.BodyStart
	return d
}

// roundTrip writes a document as JSON, reads it, and writes it again.
func roundTrip(t *testing.T, d *pipeline.Document) {
	t.Helper()
	line := article.Append(nil, d)
	if bytes.ContainsAny(line, "\r\n") {
		t.Fatalf("line break in %q", line)
	}
	if !json.Valid(line) {
		t.Fatalf("not JSON: %q", line)
	}
	if !article.Is(line) {
		t.Fatalf("not taken for an article: %q", line)
	}
	back, err := article.Decode(line)
	if err != nil {
		t.Fatalf("%v\n%q", err, line)
	}
	if !bytes.Equal(back.Text, d.Text) {
		t.Fatalf("bytes differ:\n%q\n%q\n%q", d.Text, back.Text, line)
	}
	if back.Changed() {
		t.Fatalf("changed by reading it:\n%q\n%q", back.Source, back.Text)
	}
	if again := article.Append(nil, back); !bytes.Equal(again, line) {
		t.Fatalf("a second time it is:\n%s\n%s", again, line)
	}
}

func FuzzIdentity(f *testing.F) {
	for _, s := range []string{
		"", "\x00", "\xff\xfe", "\uFEFF---\ntitle: a\n---\n", "a\u2028b\u2029\x7f\u0085\u202e", "\r", "\ud7ff\xed\xa0\x80",
		"\n---\ntitle: '微信'\ndate: Fri, 22 Jul 2022 22:48:17 GMT\n---\n\n<div>   \n</div>            ",
		"---\r\na: 1\r\na: 2\r\n...\r\nbody", "+++\na = 1979-05-27\n+++\n", "{\"a\": 1.10,\n \"a\": \"\xff\"}\n\nbody", "---\na: \xff\n---\nb\xff",
		"---\n- a\n---\n", "---\na: &x [1, *x]\n---\n", "---\n? [a]\n: b\n---\n", "---\na: .nan\nb: 0x1F\nc: !!binary aGk=\nd: 012\n---\n", "------\na: 1\n------\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) { roundTrip(t, document("a.md", text)) })
}

// eachOfCorpus calls visit for every article that is kept beside the project, or skips the test.
func eachOfCorpus(t *testing.T, visit func(path string, text []byte)) {
	t.Helper()
	for _, folder := range []string{"sites", "seedlike"} {
		root := filepath.Join("..", "..", "..", "shared", "corpus", folder)
		if _, err := os.Stat(root); err != nil {
			t.Skipf("no corpus here: %v", err)
		}
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			text, err := os.ReadFile(path)
			if err == nil {
				visit(path, text)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestIdentityOfCorpus(t *testing.T) {
	files := 0
	eachOfCorpus(t, func(path string, text []byte) {
		files++
		t.Run(filepath.ToSlash(path), func(t *testing.T) { roundTrip(t, document("a", text)) })
	})
	t.Logf("%d files", files)
}

// An edit of frontMatter.data changes the bytes of that entry only, one of body.raw those of the body.
func TestEditsOfCorpusAreLocal(t *testing.T) {
	edited := 0
	eachOfCorpus(t, func(path string, text []byte) {
		if editTitle(t, path, text) {
			edited++
		}
	})
	if edited < 1000 {
		t.Errorf("only %d files have a title to edit", edited)
	}
}

// editTitle gives an article another title and a longer body; it returns false where there is no title.
func editTitle(t *testing.T, path string, text []byte) bool {
	t.Helper()
	d := document("a", text)
	title := matter.Of(d).Root.At("/title")
	if title == nil || title.Kind != matter.String || title.Value == "" || len(matter.Of(d).Faults) > 0 {
		return false
	}
	value, err := json.Marshal(title.Value)
	if err != nil {
		t.Fatal(err)
	}
	line := article.Append(nil, d)
	at := bytes.Index(line, []byte(`"data":{`))
	old := regexp.MustCompile(`"title":` + `"(?:[^"\\]|\\.)*"`).FindIndex(line[max(at, 0):])
	if at < 0 || old == nil || len(value) == 0 {
		return false
	}
	begin := bytes.LastIndex(line, []byte(`,"assets":`)) - len(`"}`)
	var out []byte
	out = append(out, line[:at+old[0]]...)
	out = append(out, `"title":"Edited: 雨 #1"`...)
	out = append(append(out, line[at+old[1]:begin]...), `\nmore`...)
	back, err := article.Decode(append(out, line[begin:]...))
	if err != nil {
		t.Errorf("%s: %v", path, err)
		return false
	}
	got, more := bytes.CutSuffix(back.Text, []byte("\nmore"))
	span := title.Span
	if !more || len(got) < len(text)-span.Len() || !bytes.Equal(got[:span.Start], text[:span.Start]) ||
		!bytes.HasSuffix(got, text[span.End:]) || matter.Of(back).Root.At("/title").Text() != "Edited: 雨 #1" {
		t.Errorf("%s: more than the title has changed, or the title has not:\n%.300q", path, got)
	}
	return true
}
