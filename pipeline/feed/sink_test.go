package feed

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
)

func edit(t testing.TB, d *pipeline.Document, from, to int, text string) *pipeline.Document {
	t.Helper()
	if err := d.Apply(pipeline.Edit{Start: from, End: to, Text: text}); err != nil {
		t.Fatal(err)
	}
	return d
}

func picture(path, data string) pipeline.Asset {
	return pipeline.Asset{URL: path, Role: "made", Path: path, Data: []byte(data)}
}

func TestToDir(t *testing.T) {
	original := filepath.Join(put(t, map[string]string{"o.png": "original"}), "o.png")
	dir := filepath.Join(t.TempDir(), "new")
	sink, err := ToDir(dir, Out{})
	if err != nil {
		t.Fatal(err)
	}
	a, b, empty := doc("s/a.md", "text"), doc("b.md", "b"), doc("empty.md", "")
	a.Assets = []pipeline.Asset{picture("assets/x.png", "x"), {URL: "o.png", Path: "o.png", Copy: original}, {URL: "https://x/y.png"}}
	b.Form = pipeline.AsArticle
	bad := doc("bad.md", "x")
	bad.Failed = errors.New("no")
	again := doc("s/a.md", "other")
	send := func(d *pipeline.Document) error { return sink.Write(context.Background(), d) }
	for _, d := range []*pipeline.Document{a, b, empty, bad} {
		if err := send(d); err != nil {
			t.Error(err)
		}
	}
	if err := send(again); err == nil || err.Error() != "write s/a.md: already written, by s/a.md" {
		t.Error(err)
	}
	if err := send(doc("", "x")); err == nil || err.Error() != "write: the article has no path" {
		t.Error(err)
	}
	if err := send(doc("../x.md", "x")); err == nil {
		t.Error("wrote outside")
	}
	if err := sink.Close(); err != nil {
		t.Error(err)
	}
	for name, text := range map[string]string{"s/a.md": "text", "s/assets/x.png": "x", "s/o.png": "original", "empty.md": ""} {
		wantFile(t, filepath.Join(dir, name), text)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "b.json")); err != nil || !bytes.HasPrefix(got, []byte(`{"copydesk":1,"path":"b.md"`)) || !bytes.HasSuffix(got, []byte("}\n")) {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "bad.md")); err == nil {
		t.Error("a document that failed was written")
	}
}

func TestJSONPath(t *testing.T) {
	for path, want := range map[string]string{"a.md": "a.json", "s/a.b.html": "s/a.b.json", "a.b": "a.b.json", "README": "README.json", ".md": ".md.json", "a.json": "a.json"} {
		d := doc(path, "")
		d.Form = pipeline.AsArticle
		if got := (output{}).path(d); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

func TestCarry(t *testing.T) {
	dir := put(t, map[string]string{"a.md": "caf\xe9\n"})
	for carry, want := range map[Carry]string{Leave: "", AsBytes: "a.md", AsJSON: "a.json"} {
		out := t.TempDir()
		sink, err := ToDir(out, Out{Carry: carry})
		if err != nil {
			t.Fatal(err)
		}
		docs := collect(t, open(t, Options{}, nil, dir))
		send(t, sink, docs...)
		names, _ := filepath.Glob(out + "/*")
		if got := strings.TrimPrefix(strings.Join(names, " "), out+"/"); got != want {
			t.Errorf("%d: got %q, want %q", carry, got, want)
		}
		if docs[0].Failed == nil {
			t.Error("the failure is gone")
		}
	}
}

func TestInPlace(t *testing.T) {
	json := `{ "copydesk": 1, "path": "deep/j.md", "body": {"format": "markdown", "raw": "json\n"}, "mine": [1] }`
	dir := put(t, map[string]string{"a.md": "one\n", "b.md": "two\n", "j.json": json, "k.json": json, "u.md": encoded(t, "\uFEFFone\n", "utf-16le"), "c.md": "three\n"})
	old := time.Now().Add(-time.Hour).Truncate(time.Second)
	for _, name := range []string{"a.md", "b.md", "j.json", "k.json", "u.md"} {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	in := open(t, Options{}, nil, dir)
	if err := in.Replaceable(); err != nil {
		t.Fatal(err)
	}
	sink := InPlace(Out{})
	for _, d := range collect(t, in) {
		switch filepath.Base(d.Name) {
		case "a.md":
			d.Assets = []pipeline.Asset{picture("assets/x.png", "x")}
			edit(t, d, 0, 3, "ONE")
		case "j.json":
			edit(t, d, 0, 4, "JSON")
		case "u.md":
			edit(t, d, 3, 6, "微信")
		case "c.md":
			edit(t, d, 0, 0, "x")
			if err := os.WriteFile(d.Name, []byte("of another program"), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := sink.Write(context.Background(), d); !errors.Is(err, files.ErrChanged) || err.Error() != "write: changed since it was read" {
				t.Error(err)
			}
			continue
		}
		if err := sink.Write(context.Background(), d); err != nil {
			t.Error(d.Name, err)
		}
	}
	if err := sink.Close(); err != nil {
		t.Error(err)
	}
	for name, text := range map[string]string{"a.md": "ONE\n", "assets/x.png": "x", "b.md": "two\n", "k.json": json, "c.md": "of another program", "u.md": encoded(t, "\uFEFF微信\n", "utf-16le")} {
		wantFile(t, filepath.Join(dir, name), text)
	}
	if got, _ := os.ReadFile(filepath.Join(dir, "j.json")); !bytes.Contains(got, []byte(`"raw":"JSON\n"`)) || !bytes.Contains(got, []byte(`"mine":[1]`)) {
		t.Errorf("%s", got)
	}
	for _, name := range []string{"b.md", "k.json"} {
		if info, _ := os.Stat(filepath.Join(dir, name)); !info.ModTime().Equal(old) {
			t.Errorf("%s was touched", name)
		}
	}
}

func TestToFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "new", "out.md")
	d := doc("s/a.md", "text")
	d.Assets = []pipeline.Asset{picture("assets/x.png", "x")}
	sink := ToFile(name, Out{})
	send(t, sink, d)
	wantFile(t, name, "text")
	wantFile(t, filepath.Join(filepath.Dir(name), "assets/x.png"), "x")
	if err := sink.Write(context.Background(), doc("b.md", "b")); err == nil || !strings.HasSuffix(err.Error(), "already written, by s/a.md") {
		t.Error(err)
	}
}

func TestBare(t *testing.T) {
	var out bytes.Buffer
	d := doc("a.md", "text")
	send(t, Bare(&out, Out{}), d)
	if out.String() != "text" {
		t.Errorf("%q", out.String())
	}
	d.Assets = []pipeline.Asset{picture("x.png", "x")}
	if err := Bare(&out, Out{}).Write(context.Background(), d); err == nil || err.Error() != "write x.png: no folder for pictures; name one with --assets" {
		t.Error(err)
	}
	dir := filepath.Join(t.TempDir(), "pictures")
	send(t, Bare(&out, Out{Assets: dir}), d)
	send(t, Stream(&out, Out{Assets: dir}), d)
	wantFile(t, filepath.Join(dir, "x.png"), "x")
}

func TestPreview(t *testing.T) {
	docs := []*pipeline.Document{
		edit(t, doc("posts/a.md", "one\ntwo\n"), 4, 7, "zwei"), doc("same.md", "x"), edit(t, doc("a\nb.md", "x"), 0, 1, "y"), edit(t, doc("new.md", ""), 0, 0, "n\n"),
	}
	for _, test := range []struct {
		preview func(*bytes.Buffer) *Preview
		want    string
	}{
		{func(b *bytes.Buffer) *Preview { return List(b) }, "posts/a.md\n\"a\\nb.md\"\nnew.md\n"},
		{func(b *bytes.Buffer) *Preview { return Diff(b) }, `--- a/posts/a.md
+++ b/posts/a.md
@@ -1,2 +1,2 @@
 one
-two
+zwei
--- "a/a\nb.md"
+++ "b/a\nb.md"
@@ -1 +1 @@
-x
\ No newline at end of file
+y
\ No newline at end of file
--- a/new.md
+++ b/new.md
@@ -0,0 +1 @@
+n
`},
	} {
		var out bytes.Buffer
		p := test.preview(&out)
		send(t, p, docs...)
		if out.String() != test.want || p.Changed() != 3 {
			t.Errorf("got %s%d changed, want %s", out.String(), p.Changed(), test.want)
		}
	}
}

// TestDiffOfMuch: two large texts that have little in common.
func TestDiffOfMuch(t *testing.T) {
	var a, b strings.Builder
	for i := range 40000 {
		a.WriteString(strings.Repeat("x", i*7%13) + "a\n")
		b.WriteString(strings.Repeat("y", i*5%11) + "b\n")
	}
	d := doc("a.md", a.String())
	start := time.Now()
	send(t, Diff(&bytes.Buffer{}), edit(t, d, 0, len(d.Text), b.String()))
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}
