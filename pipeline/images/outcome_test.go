package images

import (
	"bytes"
	"testing"

	"copydesk/pipeline"
)

func TestOutcomesSayWhatBecameOfPictures(t *testing.T) {
	text := "---\ncover: a.png\n---\n![one](a.png) <img src=\"b.jpg\"> ![x](none.png) ![y](walk.gif) ![far](https://example.org/a.png)\n"
	c := &testCase{files: map[string][]byte{"a.png": asPNG(t, noisy(700, 70)), "b.jpg": asJPEG(t, scene(600, 300)), "walk.gif": testPicture(t, "animation", 9, 9)}}
	d := pipeline.NewDocument("a.md", "a.md", []byte(text))
	d.Format = pipeline.Markdown
	m := newMaker(t, Options{Widths: []int{100, 200}})
	m.KeepOriginals(1 << 20)
	result, err := m.Apply(t.Context(), d, c.open)
	if err != nil {
		t.Fatal(err)
	}
	if result.Elsewhere != 1 || result.Failed != 1 || len(result.Outcomes) != 5 {
		t.Fatalf("%d elsewhere, %d failed, %d outcomes", result.Elsewhere, result.Failed, len(result.Outcomes))
	}
	for i, want := range []struct {
		url, alt, format, note string
		lacksAlt, failed       bool
		w, made                int
	}{
		{url: "a.png", format: "PNG", w: 700, made: 1}, // of the front matter
		{url: "a.png", alt: "one", format: "PNG", w: 700, made: 1},
		{url: "b.jpg", format: "JPEG", lacksAlt: true, w: 600, made: 2},
		{url: "none.png", alt: "x", note: "open none.png: file does not exist", failed: true},
		{url: "walk.gif", alt: "y", format: "GIF", note: "an animated GIF is left as it is; --animation first makes pictures of its first frame"},
	} {
		o := result.Outcomes[i]
		if o.URL != want.url || o.Alt != want.alt || o.LacksAlt != want.lacksAlt || o.From.Format != want.format || o.Note != want.note ||
			o.Failed != want.failed || want.w != 0 && o.From.W != want.w || len(o.Made) != want.made || text[o.At.Start:o.At.End] != want.url {
			t.Errorf("%s: %+v", want.url, o)
		}
		if data := c.files[o.URL]; !bytes.Equal(o.From.Data, data) || o.From.Size != len(data) {
			t.Errorf("%s: an original of %d bytes, %d of them kept", o.URL, o.From.Size, len(o.From.Data))
		}
		for _, made := range o.Made {
			if made.W > 200 || made.Path == "" || len(made.Data) == 0 || made.Format != want.format {
				t.Errorf("%s: made %s, %d wide", o.URL, made.Path, made.W)
			}
		}
	}
}
