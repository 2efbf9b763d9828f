package feed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"copydesk/pipeline"
)

func TestStdinKinds(t *testing.T) {
	article := `{"copydesk": 1, "path": "a/b.md", "body": {"format": "markdown", "raw": "Text\n"}}`
	sorted := `{"body": {"format": "markdown", "raw": "Text\n"}, "path": "b.md", "copydesk": 1}`
	for _, test := range []struct {
		name, stdin string
		kind        Kind
		want        string
	}{
		{"", "Text\n", StdinArticle, `stdin.md from -: "Text\n"`},
		{"", "", StdinArticle, `stdin.md from -: ""`},
		{"", "<div>\n<p>x</p>\n</div>\n", StdinArticle, `stdin.html from -: "<div>\n<p>x</p>\n</div>\n"`},
		{"posts/x.html", "Text\n", StdinArticle, `x.html from posts/x.html: "Text\n"`},
		{"", article + "\n" + sorted + "\n\n", StdinStream, `a/b.md from a/b.md: "Text\n" b.md from b.md: "Text\n"`},
		{"", "\uFEFF" + sorted, StdinStream, `b.md from b.md: "Text\n"`},
		{"", strings.ReplaceAll(article, ", ", ",\n"), StdinArticle, `b.md from -: "Text\n"`},
		{"", "{\n\"title\": \"front matter\"\n}\n\nText\n", StdinArticle, `stdin.md from -: "{\n\"title\": \"front matter\"\n}\n\nText\n"`},
	} {
		in := open(t, Options{StdinName: test.name}, strings.NewReader(test.stdin), "-")
		var got []string
		for _, d := range collect(t, in) {
			got = append(got, fmt.Sprintf("%s from %s: %q", d.Path, d.Name, d.Text))
			if d.Failed != nil {
				t.Error(d.Failed)
			}
		}
		if in.Kind() != test.kind || strings.Join(got, " ") != test.want {
			t.Errorf("%.40q: kind %d, %s; want %d, %s", test.stdin, in.Kind(), strings.Join(got, " "), test.kind, test.want)
		}
		if in.Replaceable() == nil {
			t.Error("standard input can be replaced")
		}
	}
}

func TestFirstLineWithoutEnd(t *testing.T) {
	stdin := "{" + strings.Repeat(" ", 1000)
	got := collect(t, open(t, Options{MaxSize: 10}, strings.NewReader(stdin), "-"))
	if len(got) != 1 || got[0].Failed == nil || got[0].Failed.Error() != "read: larger than the limit of 640 bytes; raise it with --max-size" {
		t.Errorf("%d documents, %v", len(got), got[0].Failed)
	}
}

// slowReader counts what is read of it.
type slowReader struct {
	r    io.Reader
	read int
}

func (s *slowReader) Read(p []byte) (int, error) {
	n, err := s.r.Read(p[:min(len(p), 100)])
	s.read += n
	return n, err
}

func TestStdinIsReadLazily(t *testing.T) {
	stdin := &slowReader{r: strings.NewReader("Text " + strings.Repeat("x", 10000))}
	open(t, Options{}, stdin, "-")
	if stdin.read > 200 {
		t.Errorf("%d bytes were read before they were asked for", stdin.read)
	}
}

func TestLinesThatFail(t *testing.T) {
	stdin := strings.Join([]string{
		`{"copydesk":1,"path":"a.md","body":{"format":"markdown","raw":"x"}}`,
		`nonsense`,
		`{"copydesk":1,"path":"../../etc/passwd","body":{"format":"markdown","raw":"x"}}`,
		`{"copydesk":1,"path":"b.md","body":{"format":"markdown","raw":"` + strings.Repeat("x", 2000) + `"}}`,
		`{"copydesk":1,"path":"c.md","body":{"format":"markdown","raw":"` + strings.Repeat("x", 70000) + `"}}`,
		`{"copydesk":1,"path":"d.md","error":"took too long"}`,
		`{"copydesk":1,"path":"e.md","body":{"format":"markdown","raw":"x"}}`,
	}, "\n")
	var got []string
	for _, d := range collect(t, open(t, Options{MaxSize: 1000}, strings.NewReader(stdin), "-")) {
		text := d.Name
		if d.Failed != nil {
			text += ": " + strings.SplitN(d.Failed.Error(), " (", 2)[0]
		}
		got = append(got, text)
	}
	for i, want := range []string{
		"a.md", "-:2: ", `-:3: unsafe path "../../etc/passwd": it leads upwards`, "-:4: 2000 bytes, more than the limit of 1000 bytes; raise it with --max-size",
		"-:5: larger than the limit of 64000 bytes; raise it with --max-size", "d.md: took too long", "e.md",
	} {
		if i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Fatalf("line %d: got %q, want %q", i+1, got, want)
		}
	}
}

func TestBrokenInput(t *testing.T) {
	article := `{"copydesk":1,"path":"a.md","body":{"format":"markdown","raw":"x"}}` + "\n"
	for _, stdin := range []string{"Text", article} {
		r := io.MultiReader(strings.NewReader(stdin), failingReader{syscall.EIO})
		got := collect(t, open(t, Options{}, r, "-"))
		if d := got[len(got)-1]; !errors.Is(d.Failed, syscall.EIO) {
			t.Errorf("%.10q: %v", stdin, d.Failed)
		}
	}
}

func TestStreamThereAndBack(t *testing.T) {
	dir := put(t, map[string]string{"a.md": "---\ntitle: t\n---\nText", "s/b.html": "<p>x", "bad.md": "caf\xe9\n", "u.md": encoded(t, "\uFEFF"+chinese, "utf-16be")})
	var wire bytes.Buffer
	send(t, Stream(&wire, Out{}), collect(t, open(t, Options{}, nil, dir))...)
	in := open(t, Options{}, &wire, "-")
	if in.Kind() != StdinStream {
		t.Fatal("not a stream")
	}
	out := t.TempDir()
	sink, err := ToDir(out, Out{Carry: AsBytes})
	if err != nil {
		t.Fatal(err)
	}
	docs := collect(t, in)
	send(t, sink, docs...)
	for _, d := range docs {
		if (d.Failed != nil) != (d.Path == "bad.md") || d.Failed != nil && !errors.Is(d.Failed, pipeline.ErrCarried) {
			t.Errorf("%s: %v", d.Path, d.Failed)
		}
	}
	for _, d := range collect(t, open(t, Options{}, nil, dir)) {
		raw, err := encode(d.Source, d.Encoding)
		if err != nil {
			t.Fatal(err)
		}
		wantFile(t, filepath.Join(out, d.Path), string(raw))
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestBrokenOutputEndsTheRun(t *testing.T) {
	d := doc("a.md", "a")
	if err := d.Apply(pipeline.Edit{Start: 0, End: 1, Text: "b"}); err != nil {
		t.Fatal(err)
	}
	for _, cause := range []error{syscall.EPIPE, syscall.ENOSPC} {
		w := brokenWriter{cause}
		for _, sink := range []pipeline.Sink{Bare(w, Out{}), Stream(w, Out{}), List(w), Diff(w)} {
			err := sink.Write(context.Background(), d)
			if stop := (*pipeline.StopError)(nil); !errors.As(err, &stop) || !errors.Is(err, cause) || err.Error() != "write standard output: "+cause.Error() {
				t.Errorf("%T: %v", sink, err)
			}
		}
	}
}

// FuzzLines: any stream gives documents with safe paths, or failures, and never ends early.
func FuzzLines(f *testing.F) {
	f.Add("{\"copydesk\":1,\"path\":\"a.md\",\"body\":{\"format\":\"markdown\",\"raw\":\"x\"}}\n{}\n\nx")
	f.Add("{\"copydesk\":1,\"path\":\"../a\",\"error\":\"x\"}")
	f.Fuzz(func(t *testing.T, stdin string) {
		in := open(t, Options{MaxSize: 1000}, strings.NewReader(stdin), "-")
		for _, d := range collect(t, in) {
			if in.Kind() == StdinStream && d.Failed == nil {
				if clean, err := CheckName(d.Path); err != nil || clean != d.Path {
					t.Errorf("%q: %v", d.Path, err)
				}
			}
		}
	})
}
