package markup

import (
	"fmt"

	"github.com/yuin/goldmark"
)

// Render gives the HTML of a Markdown body: CommonMark, GFM, footnotes and definition lists, headings with ids,
// formulas between dollars left alone, raw HTML kept as it is. A BOM is skipped. Emphasis, links, tables and
// footnotes beyond the limits stay text (the Err of a Body says so); where blocks or the output are beyond
// them, the error is a LimitError.
func Render(body []byte) ([]byte, error) { return (&Renderer{markdown()}).Render(body) }

// A Renderer renders Markdown in a way of its own. It is safe for concurrent use.
type Renderer struct{ goldmark goldmark.Markdown }

// A Rendering is how Markdown is rendered.
type Rendering struct {
	Math        Math // what is taken for formulas
	Typographic bool // “quotes”, ‘quotes’, dashes for -- and ---, and an ellipsis for three dots; code, raw HTML and addresses stay
	CJK         bool // marks of emphasis between punctuation and a character of Chinese, Japanese or Korean are read as such
}

// NewRenderer makes a renderer.
func NewRenderer(how Rendering) *Renderer {
	m := extended(how.CJK)
	if how.Math != NoMath {
		addMath(m, how.Math == TeX)
	}
	if how.Typographic {
		addTypographer(m)
	}
	if !how.Typographic && how.Math != TeX { // These read something in plain text.
		addPlainRuns(m)
	}
	return &Renderer{m}
}

// Render is as the function Render.
func (r *Renderer) Render(body []byte) ([]byte, error) {
	source := trimBOM(body)
	if err := checkMarkdown(source); err != nil {
		return nil, err
	}
	out := output{room: max(minOutput, outputPerInput*len(body))}
	out.Grow(len(source) + len(source)/4 + 64)
	p := newParse(source)
	p.ends = nil
	runs := plainSpace.Get().(*output)
	defer freePlainSpace(runs)
	p.html, runs.room = runs, 2*len(source)+4096
	if err := r.goldmark.Renderer().Render(&out, source, p.run(r.goldmark)); err != nil {
		return nil, fmt.Errorf("render Markdown: %w", err)
	}
	return out.Bytes(), nil
}
