package markup

import (
	"fmt"

	"github.com/yuin/goldmark/ast"

	"copydesk/pipeline"
)

// Body is the body of a document and what stands in it. All spans count in the document's Text.
// Headings, links, images and elements each are in the order of their place, but those of Markdown's
// footnotes come last. In Markdown, elements are those of raw HTML, in blocks and inline.
type Body struct {
	Format   pipeline.Format
	Text     []byte        // the whole document
	Span     pipeline.Span // the body in it
	Headings []Heading
	Links    []Link
	Images   []Image
	Elements []Element
	// Err is a LimitError when the body goes beyond a limit: HTML then is read up to there, Markdown not at
	// all if it is the nesting or the number of its lines, else with what is beyond as text.
	Err error

	doc   ast.Node // the tree of Markdown until it is rendered
	shown []byte
}

// Render gives the HTML of a Markdown body as the function Render does, which nobody must change. The body is parsed and
// rendered once.
func (b *Body) Render() ([]byte, error) {
	source := b.Span.Of(b.Text)
	if b.shown != nil || b.doc == nil {
		if b.shown != nil {
			return b.shown, nil
		}
		return Render(source)
	}
	out := output{room: max(minOutput, outputPerInput*len(source))}
	if err := markdown().Renderer().Render(&out, trimBOM(source), b.doc); err != nil {
		return nil, fmt.Errorf("render Markdown: %w", err)
	}
	b.shown, b.doc = out.Bytes(), nil
	return b.shown, nil
}

// A Heading is a heading of either format.
type Heading struct {
	Level int    // 1 to 6
	Text  string // white space collapsed
	ID    string // the element's id, or the id that rendering gives it
	Span  pipeline.Span
}

// A Link is <a href>, <area href>, [text](url), <url>, a bare URL that GFM links, or a reference definition.
// The links and images that use a definition have their URLSpan there, the same for all.
type Link struct {
	URL     string        // as a browser would see it: entities and escapes decoded, tabs and line breaks left out
	URLSpan pipeline.Span // the bytes of the URL; empty when it has none, or they can't be told
	Text    string        // white space collapsed
	Span    pipeline.Span // all of it; in HTML to the end tag
	Element int           // index in Elements, -1 for Markdown's own
}

// An Image is <img>, ![alt](src), or a candidate of picture, source, srcset, video poster.
type Image struct {
	URL     string        // as in Link
	URLSpan pipeline.Span // as in Link; of one candidate in a srcset
	Alt     string
	HasAlt  bool
	Title   string        // of ![…](… "…")
	Span    pipeline.Span // the tag, or ![…](…)
	Element int           // index in Elements, -1 for Markdown's own
	Attr    string        // "src", "srcset", "poster", "" for Markdown
	Link    int           // index in Links of the link around it, -1 without one
}

// An Element is a start tag, with its end tag where there is one.
type Element struct {
	Name     string        // lower case
	Span     pipeline.Span // the start tag
	End      pipeline.Span // the end tag; where it has none, empty, and at the place where the element ends
	Attrs    []Attr        // in source order, duplicates included
	Parent   int           // index of the element around it, -1 at the top
	SelfEnds bool          // a void element, or one that /> closes
}

// Attr returns the first attribute of the name, which is the one that browsers take.
func (e *Element) Attr(name string) (*Attr, bool) {
	for i := range e.Attrs {
		if e.Attrs[i].Name == name {
			return &e.Attrs[i], true
		}
	}
	return nil, false
}

var reading = pipeline.NewReading(read)

// Of is the body of the document, which is read as its format says.
func Of(d *pipeline.Document) *Body {
	d.BodyFormat() // Finding it may leave a reading: see DetectIn.
	return reading.Of(d)
}

// Known is the body of the document if it has been read, else nil.
func Known(d *pipeline.Document) *Body {
	b, _ := reading.Known(d)
	return b
}

func read(d *pipeline.Document) *Body {
	b := &Body{Format: d.BodyFormat(), Text: d.Text, Span: d.Body()}
	if b.Format == pipeline.HTML {
		readHTML(b, nil)
	} else {
		readMarkdown(b)
	}
	return b
}
