package images

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
	"copydesk/testdata/golden"
)

// A case holds an article, "pictures" (a line each: path, format, width, height), "options", and
// what is expected: "want", the article afterwards, and "report", its assets and findings. Hashes
// stand as the name of the picture in braces, since they depend on the encoders of the test.
func TestArticles(t *testing.T) {
	golden.Run(t, "../../testdata/images/*.txtar", func(t *testing.T, a *txtar.Archive) (out []txtar.File) {
		c := readCase(t, a)
		text, report := c.run(t, c.text)
		if again, _ := c.run(t, text); !bytes.Equal(again, text) {
			t.Errorf("a second run changes its own output:\n%s", again)
		}
		for _, f := range a.Files {
			if f.Name != "want" && f.Name != "report" {
				out = append(out, f)
			}
		}
		return append(out, txtar.File{Name: "want", Data: []byte(c.nameHashes(string(text)))},
			txtar.File{Name: "report", Data: []byte(c.nameHashes(report))})
	})
}

// Workers that share a maker get what one worker alone gets.
func TestWorkersShareAMaker(t *testing.T) {
	archive, err := txtar.ParseFile("../../testdata/images/html-tags.txtar")
	if err != nil {
		t.Fatal(err)
	}
	c := readCase(t, archive)
	m := newMaker(t, Options{})
	c.maker = m
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			d := pipeline.NewDocument(c.name, c.name, c.text)
			d.Format = pipeline.HTML
			result, err := m.Apply(t.Context(), d, c.open)
			if err != nil || d.Apply(result.Edits...) != nil || c.nameHashes(string(d.Text)) != c.part["want"] {
				t.Error(err, string(d.Text))
			}
		})
	}
	all.Wait()
}

// A run that was cancelled gives an error and no edits.
func TestCancelledRun(t *testing.T) {
	d := pipeline.NewDocument("a.html", "a.html", []byte(`<img src="a.png" alt="">`))
	d.Format = pipeline.HTML
	c := &testCase{files: map[string][]byte{"a.png": asPNG(t, scene(9, 9))}}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if result, err := newMaker(t, Options{}).Apply(ctx, d, c.open); !errors.Is(err, context.Canceled) || result.Edits != nil || len(d.Diagnostics) > 0 {
		t.Fatal(result, err, d.Diagnostics)
	}
}

func TestPictureFilesAboveTheLimitAreRefused(t *testing.T) {
	c := &testCase{files: map[string][]byte{"a.png": asPNG(t, noisy(50, 50))}}
	for _, lie := range []bool{false, true} {
		d := pipeline.NewDocument("a.html", "a.html", []byte(`<img src="a.png" alt="">`))
		d.Format = pipeline.HTML
		result, err := newMaker(t, Options{MaxBytes: 100}).Apply(t.Context(), d, func(ctx context.Context, file string) (*File, error) {
			f, err := c.open(ctx, file)
			if lie {
				f.Size = 1
			}
			return f, err
		})
		if err != nil || result.Failed != 1 || !strings.Contains(d.Diagnostics[0].Message, "more than the limit of 100") {
			t.Fatal(result, err, d.Diagnostics)
		}
	}
}

func TestPicturesOfFrontMatterAreBounded(t *testing.T) {
	text := "---\nimages:\n" + strings.Repeat("- a.png\n", maxMatterRefs+1) + "---\n"
	d := pipeline.NewDocument("a.md", "a.md", []byte(text))
	c := &testCase{files: map[string][]byte{"a.png": asPNG(t, scene(9, 9))}}
	result, err := newMaker(t, Options{}).Apply(t.Context(), d, c.open)
	if err != nil || len(result.Edits) != maxMatterRefs || len(d.Diagnostics) != 1 || d.Diagnostics[0].Code != "CD009" {
		t.Fatal(len(result.Edits), err, d.Diagnostics)
	}
}

// What the outcomes tell of originals without a file is each one's own.
func TestOriginalsAreKept(t *testing.T) {
	c := &testCase{files: map[string][]byte{"a.png": asPNG(t, scene(30, 30)), "b.png": asPNG(t, scene(20, 30)), "c.svg": []byte("<svg/>")}}
	d := pipeline.NewDocument("a.html", "a.html", []byte(`<img src="a.png"><img src="c.svg"><img src="b.png">`))
	d.Format = pipeline.HTML
	m := newMaker(t, Options{})
	m.KeepOriginals(1 << 20)
	result, err := m.Apply(t.Context(), d, func(ctx context.Context, place string) (*File, error) {
		f, err := c.open(ctx, place)
		f.Name = ""
		return f, err
	})
	if err != nil || len(result.Outcomes) != 3 {
		t.Fatal(err, len(result.Outcomes))
	}
	for _, o := range result.Outcomes {
		if !bytes.Equal(o.From.Data, c.files[o.URL]) {
			t.Errorf("%s: %.30q", o.URL, o.From.Data)
		}
	}
	for _, a := range d.Assets {
		if a.Path == "c.svg" && string(a.Data) != "<svg/>" {
			t.Errorf("%q", a.Data)
		}
	}
}

// What is left as it is comes to the made pictures when it lies elsewhere, an SVG clean and under its own extension.
func TestPicturesOfOtherHostsThatAreLeft(t *testing.T) {
	c := &testCase{files: map[string][]byte{"walk.gif": testPicture(t, "animation", 20, 10),
		"a.png": testPicture(t, "active-svg", 30, 15), "b.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)}}
	for name, want := range map[string]struct{ tag, data, found string }{
		"walk.gif": {`<img src="assets/{}-20.gif" width="20" height="10" loading="eager" decoding="async">`, string(c.files["walk.gif"]), "animated GIF"},
		"a.png":    {`<img src="assets/{}-30.svg" width="30" height="15" loading="eager" decoding="async">`, `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="15"/>`, "without attribute onload"},
		"b.svg":    {`<img src="https://example.org/b.svg">`, "", "does not say how large"},
	} {
		d := pipeline.NewDocument("a.html", "a.html", []byte(`<img src="https://example.org/`+name+`">`))
		d.Format = pipeline.HTML
		result, err := newMaker(t, Options{}).Apply(t.Context(), d, func(ctx context.Context, place string) (*File, error) {
			return c.open(ctx, strings.TrimPrefix(place, "https://example.org/"))
		})
		if err != nil || d.Apply(result.Edits...) != nil || (len(d.Assets) == 1) != (want.data != "") || len(d.Assets) == 1 && string(d.Assets[0].Data) != want.data {
			t.Fatal(name, err, d.Assets)
		}
		sum := sha256.Sum256(c.files[name])
		if got := strings.ReplaceAll(string(d.Text), hex.EncodeToString(sum[:4]), "{}"); got != want.tag {
			t.Error(got)
		}
		if last := d.Diagnostics[len(d.Diagnostics)-1].Message; !strings.Contains(last, want.found) {
			t.Error(name, last)
		}
	}
}

func TestSidesOfSVGs(t *testing.T) {
	for text, want := range map[string]image.Point{
		`<svg width="20px" height='10.4'>`: {20, 10}, `<svg viewBox=" 0,0 300 150">`: {300, 150}, `<svg width="100%" height="100%" viewBox="0 0 24 24">`: {24, 24},
		`<svg width="2em" height="1em">`: {}, `<svg width="1e9" height="1">`: {}, `<svg width="0" height="5">`: {}, `<svg viewBox="0 0 NaN 4">`: {},
		`<svg>`: {}, `<svg id="x"><rect width="5" height="5"/>`: {}, `<svg viewBox="0 0 1e999 1e999">`: {}, `<svg width="-4" height="5" viewBox="0 0 5 5">`: {5, 5},
	} {
		if w, h := svgSides([]byte(text)); w != want.X || h != want.Y {
			t.Errorf("%s: %d x %d", text, w, h)
		}
	}
}

// testCase is a case that has been read.
type testCase struct {
	name    string
	text    []byte
	part    map[string]string
	options Options
	maker   *Maker
	files   map[string][]byte
}

func readCase(t *testing.T, archive *txtar.Archive) *testCase {
	t.Helper()
	c := &testCase{part: map[string]string{}, files: map[string][]byte{}}
	for _, f := range archive.Files {
		c.part[f.Name] = string(f.Data)
		if strings.HasPrefix(f.Name, "article.") {
			c.name, c.text = f.Name, f.Data
		}
	}
	for option := range strings.FieldsSeq(c.part["options"]) {
		name, value, _ := strings.Cut(option, "=")
		switch name {
		case "thumb":
			c.options.Thumb = value
		case "fit":
			c.options.Fit = value
		case "widths":
			for w := range strings.SplitSeq(value, ",") {
				n, err := strconv.Atoi(w)
				if err != nil {
					t.Fatal(err)
				}
				c.options.Widths = append(c.options.Widths, n)
			}
		case "assets":
			c.options.Assets = value
		case "base-url":
			c.options.BaseURL = value
		case "name":
			c.options.Name = value
		case "links":
			c.options.Links = value
		case "placeholder":
			c.options.Placeholder = value
		case "sizes":
			c.options.Sizes = value
		case "picture":
			c.options.Picture = true
		case "markdown-srcset":
			c.options.MarkdownSrcset = true
		default:
			t.Fatalf("unknown option %q", name)
		}
	}
	for rule := range strings.Lines(c.part["map"]) {
		c.options.Map = append(c.options.Map, strings.TrimSpace(rule))
	}
	for line := range strings.Lines(c.part["pictures"]) {
		var name, kind string
		var w, h int
		if _, err := fmt.Sscan(line, &name, &kind, &w, &h); err != nil {
			t.Fatal(line, err)
		}
		c.files[name] = testPicture(t, kind, w, h)
	}
	return c
}

func testPicture(t *testing.T, kind string, w, h int) []byte {
	t.Helper()
	switch kind {
	case "jpeg":
		return asJPEG(t, scene(w, h))
	case "png":
		return asPNG(t, scene(w, h))
	case "cut-jpeg":
		data := asJPEG(t, noisy(w, h))
		return data[:len(data)/2]
	case "animation":
		return asGIF(t, image.NewGray(image.Rect(0, 0, w, h)), 2)
	case "svg":
		return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d"><path d="M0 0h9v9z"/></svg>`, w, h)
	case "active-svg":
		return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" onload="alert(1)"/>`, w, h)
	case "script-svg":
		return []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)
	case "bmp":
		return append([]byte("BM"), make([]byte, w*h)...)
	}
	t.Fatalf("unknown kind of picture %q", kind)
	return nil
}

// run applies a maker to a text, and gives the new text and a report.
func (c *testCase) run(t *testing.T, text []byte) ([]byte, string) {
	t.Helper()
	d := pipeline.NewDocument(c.name, c.name, text)
	d.BodyStart = matter.BodyStart
	d.Format = markup.Detect(c.name, d.Body().Of(text))
	c.maker = newMaker(t, c.options)
	result, err := c.maker.Apply(t.Context(), d, c.open)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Apply(result.Edits...); err != nil {
		t.Fatal(err)
	}
	var report strings.Builder
	for _, a := range d.Assets {
		fmt.Fprintf(&report, "%s %s", a.Role, a.Path)
		if a.Data != nil && a.Role != "made" {
			fmt.Fprintf(&report, " %s", a.Data)
		} else if a.Data != nil {
			c.files[a.Path] = a.Data
			config, _, err := image.DecodeConfig(bytes.NewReader(a.Data))
			fmt.Fprintf(&report, " %dx%d", config.Width, config.Height)
			if err != nil {
				t.Error(err)
			}
		}
		if a.Full != "" {
			fmt.Fprintf(&report, " of %s", a.Full)
		}
		report.WriteByte('\n')
	}
	lines := pipeline.NewLines(text)
	for _, f := range d.Diagnostics {
		p := lines.At(f.Span.Start, pipeline.CodePoints)
		fmt.Fprintf(&report, "%d:%d: %s: %s [%s]\n", p.Line, p.Column, f.Severity, f.Message, f.Code)
	}
	fmt.Fprintf(&report, "%d failed\n", result.Failed)
	return d.Text, report.String()
}

func (c *testCase) open(_ context.Context, file string) (*File, error) {
	if IsRemote(file) {
		return nil, ErrElsewhere
	}
	data, ok := c.files[path.Clean(strings.TrimPrefix(file, "/"))]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: file, Err: fs.ErrNotExist}
	}
	return &File{ReadCloser: io.NopCloser(bytes.NewReader(data)), Size: int64(len(data)), Path: path.Clean(file), Copy: "/originals/" + file}, nil
}

func (c *testCase) nameHashes(text string) string {
	for name, data := range c.files {
		if !strings.HasPrefix(name, "assets/") {
			sum := c.maker.salted(sha256.Sum256(data))
			text = strings.ReplaceAll(text, hex.EncodeToString(sum[:4]), "{"+name+"}")
		}
	}
	return text
}
