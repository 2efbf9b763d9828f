package feed

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"copydesk/pipeline"
)

// put writes files below a new folder and gives its path.
func put(t testing.TB, named map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range named {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func open(t testing.TB, o Options, stdin io.Reader, paths ...string) *Input {
	t.Helper()
	in, err := Open(paths, stdin, o)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// collect reads all documents.
func collect(t testing.TB, in *Input) []*pipeline.Document {
	t.Helper()
	var all []*pipeline.Document
	for d, err := range in.Documents(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		d.Load()
		all = append(all, d)
	}
	return all
}

// send writes documents to a sink and closes it.
func send(t testing.TB, sink pipeline.Sink, docs ...*pipeline.Document) {
	t.Helper()
	for _, d := range docs {
		if err := sink.Write(context.Background(), d); err != nil {
			t.Fatal(err)
		}
	}
	if err := sink.Close(); err != nil {
		t.Fatal(err)
	}
}

func wantFile(t testing.TB, name, text string) {
	t.Helper()
	if got, err := os.ReadFile(name); err != nil || string(got) != text {
		t.Errorf("%s holds %.80q, %v; want %.80q", name, got, err, text)
	}
}

// doc makes a Markdown document.
func doc(path, text string) *pipeline.Document {
	d := pipeline.NewDocument(path, path, []byte(text))
	d.Format = pipeline.Markdown
	return d
}
