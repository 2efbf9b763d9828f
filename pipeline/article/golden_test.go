package article_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/testdata/golden"
)

// A case begins with source, a file's bytes, or with decode, an article. source.quoted and
// decode.quoted are Go strings. What follows is checked: article is the article, indented to be
// read; text and text.quoted are the bytes; told is what the document holds beside its bytes;
// error is why an article can't be read.
func TestCases(t *testing.T) {
	golden.Run(t, "../../testdata/article/*.txtar", func(t *testing.T, a *txtar.Archive) []txtar.File {
		d, err := input(t, a.Files[0])
		for i := range a.Files[1:] {
			f := &a.Files[i+1]
			f.Data = output(t, f.Name, d, err)
		}
		return a.Files
	})
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
