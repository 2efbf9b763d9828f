package markup

import (
	"bytes"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"copydesk/pipeline"
)

// TestOutlineAgreesWithRendering compares what is found in Markdown with what is found in the HTML that it
// renders to: the same headings, links and pictures in the same order.
func TestOutlineAgreesWithRendering(t *testing.T) {
	compare(t, "note", []byte(note))
	corpus := "../../../shared/corpus/sites/"
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpus is not here")
	}
	files, odd := 0, 0
	err := filepath.WalkDir(corpus, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".md" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		if text = withoutFrontMatter(text); Detect(path, text) == pipeline.HTML || strings.Contains(string(text), "[^") {
			return nil
		}
		if !compare(t, path, text) {
			odd++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d differ", files, odd)
}

func compare(t *testing.T, name string, text []byte) bool {
	out, err := Render(text)
	if err != nil {
		t.Fatalf("render %s: %v", name, err)
	}
	body := newBody(string(text))
	if body.Err != nil {
		t.Errorf("%s: %v", name, body.Err) // No real article is beyond a limit.
	}
	for _, e := range body.Elements {
		if rawElement(e.Name) != "" && e.End.Len() == 0 {
			return true // In a browser it swallows all that follows, in Markdown only its block.
		}
	}
	got, want := things(body), things(bodyOf(string(out), pipeline.HTML))
	if slices.Equal(got, want) {
		return true
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Errorf("%s: got %q, rendered %q", name, got[min(i, len(got)):min(i+2, len(got))], want[min(i, len(want)):min(i+2, len(want))])
			break
		}
	}
	return false
}

func things(b *Body) []string {
	var out []string
	for _, h := range b.Headings {
		out = append(out, "heading "+h.Text+" #"+h.ID)
	}
	for _, l := range b.Links {
		if l.Element >= 0 || !isDefinition(b.Text, l) {
			out = append(out, "link "+unescaped(l.URL)+" "+l.Text)
		}
	}
	for _, i := range b.Images {
		out = append(out, "image "+unescaped(i.URL)+" "+collapse(i.Alt))
	}
	return out
}

// isDefinition tells [label]: url from links.
func isDefinition(text []byte, l Link) bool {
	return l.Span.Start < l.URLSpan.Start && l.URLSpan.End <= l.Span.End &&
		bytes.HasSuffix(bytes.TrimRight(text[l.Span.Start:l.URLSpan.Start], " \t\r\n<>"), []byte("]:"))
}

// unescaped is a URL without percent escapes, which rendering adds.
func unescaped(u string) string {
	if plain, err := url.PathUnescape(u); err == nil {
		return plain
	}
	return u
}
