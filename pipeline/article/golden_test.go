package article_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
)

var update = flag.Bool("update", false, "rewrite the expectations in testdata/article")

// A case begins with source, a file's bytes, or with decode, an article. source.quoted and
// decode.quoted are Go strings. What follows is checked: article is the article, indented to be
// read; text and text.quoted are the bytes; told is what the document holds beside its bytes;
// error is why an article can't be read.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("../../testdata/article/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			d, err := input(t, archive.Files[0])
			for i := range archive.Files[1:] {
				f := &archive.Files[i+1]
				got := output(t, f.Name, d, err)
				if *update {
					f.Data = got
				} else if !bytes.Equal(got, f.Data) {
					t.Errorf("%s is\n%s\nnot\n%s", f.Name, got, f.Data)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// input makes the document of a case, or gives the error of its article.
func input(t *testing.T, f txtar.File) (*pipeline.Document, error) {
	t.Helper()
	data := f.Data
	name, quoted := strings.CutSuffix(f.Name, ".quoted")
	if quoted {
		s, err := strconv.Unquote(strings.TrimSpace(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		data = []byte(s)
	}
	switch name {
	case "source":
		return document("posts/a.md", data), nil
	case "decode":
		return article.Decode(data)
	}
	t.Fatalf("a case begins with source or decode, not with %q", f.Name)
	return nil, nil
}

func output(t *testing.T, name string, d *pipeline.Document, err error) []byte {
	t.Helper()
	if name == "error" {
		return fmt.Appendln(nil, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	switch name {
	case "article":
		line := article.Append(nil, d)
		validate(t, line)
		var out bytes.Buffer
		if err := json.Indent(&out, line, "", " "); err != nil {
			t.Fatal(err)
		}
		return append(out.Bytes(), '\n')
	case "text":
		return d.Text
	case "text.quoted":
		return fmt.Appendf(nil, "%q\n", d.Text)
	case "told":
		return fmt.Appendf(nil, "path %q name %q format %q encoding %q changed %v\nfailed %v\nassets %+v\ntrail %+v\n",
			d.Path, d.Name, d.Format, d.Encoding, d.Changed(), d.Failed, d.Assets, d.Trail)
	}
	t.Fatalf("unknown output %q", name)
	return nil
}
