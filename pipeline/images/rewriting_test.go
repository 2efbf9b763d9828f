package images

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

// Whatever articles hold, edits never overlap, a second run changes nothing, and the <img> of --markdown-srcset
// leave the rest of an article as it renders.
func TestRewritingKeepsTheRestOfArticles(t *testing.T) {
	roots := []string{"../../testdata", "../../../shared/corpus/seedlike", "../../../shared/corpus/hostile", "../../../shared/corpus/spec"}
	if os.Getenv("COPYDESK_CORPUS") == "all" {
		roots = append(roots, "../../../shared/corpus/sites")
	}
	picture := asPNG(t, noisy(300, 150))
	open := func(context.Context, string) (*File, error) {
		return &File{ReadCloser: io.NopCloser(bytes.NewReader(picture)), Size: int64(len(picture))}, nil
	}
	for _, o := range []Options{{MarkdownSrcset: true}, {Picture: true, MarkdownSrcset: true, Links: dropLinks, Placeholder: colorPlaceholder}, {Thumb: "100x", BaseURL: "/p"}} {
		o.Widths = []int{100, 200}
		r := rewriter{t, newMaker(t, o), open}
		for _, root := range roots {
			if _, err := os.Stat(root); err != nil {
				continue // Beside the repository there may be no corpora.
			}
			if err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
				if err == nil && !e.IsDir() {
					r.check(path)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

type rewriter struct {
	*testing.T
	maker *Maker
	open  Opener
}

func (r rewriter) check(path string) {
	switch filepath.Ext(path) {
	case ".md", ".markdown", ".html", ".htm", ".txt":
	default:
		return
	}
	text, err := os.ReadFile(path)
	if err != nil || len(text) > 256<<10 {
		return
	}
	format, one := r.apply(path, text)
	if one == nil {
		return
	}
	if _, two := r.apply(path, one); !bytes.Equal(one, two) {
		r.Errorf("%s: a second run changes what the first wrote", path)
	}
	if format == pipeline.Markdown && r.maker.MarkdownSrcset && r.maker.Links == keepLinks {
		if before, after := rest(text), rest(one); before != after {
			r.Errorf("%s: renders as\n%s\nand not as\n%s", path, after, before)
		}
	}
}

// apply rewrites a text; nil where a body is beyond the limits.
func (r rewriter) apply(path string, text []byte) (pipeline.Format, []byte) {
	d := pipeline.NewDocument(filepath.Base(path), path, text)
	d.BodyStart = matter.BodyStart
	d.Format = markup.Detect(path, d.Body().Of(text))
	result, err := r.maker.Apply(r.Context(), d, r.open)
	if err == nil {
		err = d.Apply(result.Edits...)
	}
	if err != nil {
		r.Errorf("%s: %v", path, err)
		return d.Format, nil
	}
	return d.Format, d.Text
}

// rest is how a text of Markdown renders, without pictures and what leads to some.
func rest(text []byte) string {
	d := pipeline.NewDocument("a.md", "a.md", text)
	d.BodyStart = matter.BodyStart
	out, err := markup.Render(d.Body().Of(text))
	if err != nil {
		return ""
	}
	return string(regexp.MustCompile(`(?s)<img[^>]*>|href="[^"]*"`).ReplaceAll(out, []byte("*")))
}
