package markup

import (
	"bytes"
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

// NewRenderer makes a renderer that takes for formulas what math says, and writes typographic marks where asked:
// “quotes”, ‘quotes’, dashes for -- and ---, and an ellipsis for three dots; code, raw HTML and addresses stay.
func NewRenderer(math Math, typographic bool) *Renderer {
	m := extended()
	if math != NoMath {
		addMath(m, math == TeX)
	}
	if typographic {
		addTypographer(m)
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
	if err := r.goldmark.Renderer().Render(&out, source, newParse(source).run(r.goldmark)); err != nil {
		return nil, fmt.Errorf("render Markdown: %w", err)
	}
	return out.Bytes(), nil
}

// An output is a buffer with a limit.
type output struct {
	bytes.Buffer
	room int
}

// Write implements io.Writer; the error is a LimitError.
func (o *output) Write(p []byte) (int, error) {
	if o.Len()+len(p) > o.room {
		return 0, &LimitError{"bytes of HTML", o.room, 0}
	}
	return o.Buffer.Write(p)
}
