package pipeline

import (
	"encoding/json"
	"errors"
	"time"
)

// Format is what a body is written in.
type Format string

// The formats of a body.
const (
	Markdown Format = "markdown"
	HTML     Format = "html"
)

// Form is how a document is written.
type Form int

// The forms of a document.
const (
	AsFile    Form = iota // its own bytes, Document.Text
	AsArticle             // one JSON article that holds those bytes
	AsProduct             // Document.Product, which was made of them
)

// A Product is what was made of a document to be written in its place.
type Product struct {
	Data      []byte
	Extension string // of the file it is written to: ".txt"
	JSON      bool   // Data is one JSON value on one line
}

// A Document is its bytes, and what is known of them. One goroutine owns a document at a time.
type Document struct {
	Path   string // relative to what the user named, with slashes; its extension follows the format
	Name   string // how the user would open what was read; findings are printed with it
	Source []byte // what was read (decoded to UTF-8); never changes
	Text   []byte // the whole file now, envelope and body; changed by Apply only
	Format Format // of the body; "" while nobody has asked BodyFormat for it
	Form   Form   // how it will be written

	Zone *time.Location // of dates that name none, where it is known; nil otherwise

	Product Product // what is written where Form is AsProduct; Apply refuses edits then
	Tree    bool    // a JSON article of it has the tree of its body

	Encoding    string // what Source was decoded from, "utf-8" mostly
	Assets      []Asset
	Diagnostics []Diagnostic // found in this run, spans in Source
	Trail       []Visit      // the steps that saw it, those of earlier processes first
	Extra       []Member     // members of a JSON article that copydesk does not know, kept as they are
	Failed      error        // why the document could not be done; no step sees it then
	Skipped     error        // why a file that a walk came upon was not taken, for lint to tell; it has no bytes then

	// Read, where it is set, gives what the document is, of which nothing but Path and Name is known before. Load calls it.
	Read func() *Document

	// BodyStart gives the offset in the Text where the body begins, behind the front matter. Whoever
	// makes the document sets it, since this package knows no syntax; nil means that all is body.
	BodyStart func(*Document) int
	// FindFormat looks at the Text to tell what the body is written in, where Format is "".
	FindFormat func(*Document) Format

	offsets  offsets
	readings []keptReading
}

// A Visit is one entry of a document's trail.
type Visit struct {
	Step    string `json:"step"`
	Changed bool   `json:"changed"`
}

// A Member is one name and value of a JSON object.
type Member struct {
	Name  string
	Value json.RawMessage
}

// An Asset is a file that belongs to an article: a picture that it shows or that was made for it.
type Asset struct {
	URL  string // the reference, as the article has it
	Full string // the larger picture that it stands for, if any
	Role string // "body", "frontMatter" or "made"
	// Path is where the sink writes the asset, relative to the article's folder, with slashes;
	// empty for one that is only referred to.
	Path string
	// Data is what is written at Path, in place of the file Copy if there is one. Nil: that is copied. Where Path is that
	// file itself, it stays as it is.
	Data []byte
	Copy string
}

// ErrCarried marks the failure of a document that came with it: it failed in an earlier process,
// and this one passed it on.
var ErrCarried = errors.New("failed earlier")

// NewDocument returns a document of the given bytes, which it keeps.
func NewDocument(path, name string, source []byte) *Document {
	d := &Document{Path: path, Name: name, Source: source, Text: source, Encoding: "utf-8"}
	if len(source) > 0 {
		d.offsets = offsets{{0, 0, len(source)}}
	}
	return d
}

// Load reads a document that has not been read.
func (d *Document) Load() {
	if d.Read != nil {
		*d = *d.Read()
	}
}

// Apply carries out edits whose offsets mean the Text as it is, and drops every reading of it.
// It refuses all of them when two overlap or one lies outside the Text.
func (d *Document) Apply(edits ...Edit) error {
	sorted, err := SortEdits(edits, len(d.Text))
	if err != nil {
		return err
	}
	if len(sorted) == 0 {
		return nil
	}
	if d.Form == AsProduct {
		return errors.New("the article has been converted to what has no way back; no step can change it afterwards")
	}
	d.BodyFormat() // It is found in what was read.
	d.offsets = d.offsets.after(sorted, len(d.Text))
	d.Text = ApplyEdits(d.Text, sorted)
	d.readings = nil
	return nil
}

// Forget drops all readings of the Text, which take memory: whoever asks reads it again.
func (d *Document) Forget() { d.readings = nil }

var bodyStart = NewReading(func(d *Document) int {
	if d.BodyStart == nil {
		return 0
	}
	return d.BodyStart(d)
})

// BodyFormat is what the body is written in: Format, which is found now where nobody has asked before.
func (d *Document) BodyFormat() Format {
	if d.Format == "" && d.FindFormat != nil {
		d.Format = d.FindFormat(d)
	}
	return d.Format
}

// Body is the span of the body in the Text.
func (d *Document) Body() Span { return Span{bodyStart.Of(d), len(d.Text)} }

// Changed tells whether the Text is other than the Source.
func (d *Document) Changed() bool { return !sameText(d.Text, d.Source) }

// ToSource maps a span of Text to Source. Where its bytes were replaced, it gives the region
// of Source that they replace, and exact is false. The result lies inside Source.
func (d *Document) ToSource(text Span) (source Span, exact bool) {
	return d.offsets.toSource(text, len(d.Source))
}

// ToText maps a span of Source to Text, as ToSource does the other way.
func (d *Document) ToText(source Span) (text Span, exact bool) {
	return d.offsets.toText(source, len(d.Text))
}

// Report adds a diagnostic whose offsets mean the Text as it is. They are mapped to Source;
// a fix that can't be told in offsets of Source is left out.
func (d *Document) Report(found Diagnostic) {
	found.Path = d.Name
	if !d.untouched() || found.Span.Start < 0 || found.Span.End > len(d.Text) {
		d.moveToSource(&found)
	}
	d.Diagnostics = append(d.Diagnostics, found)
}

// untouched tells whether every offset of Text is the same in Source.
func (d *Document) untouched() bool {
	return len(d.offsets) == 1 && d.offsets[0] == run{0, 0, len(d.Source)} && len(d.Text) == len(d.Source)
}

// moveToSource maps a diagnostic's offsets. What others have of it stays as it is.
func (d *Document) moveToSource(found *Diagnostic) {
	var exact bool
	found.Span, exact = d.ToSource(found.Span)
	found.Replaced = !exact
	related := make([]Related, len(found.Related))
	for i, r := range found.Related {
		r.Span, _ = d.ToSource(r.Span)
		related[i] = r
	}
	found.Related = related
	var fixes []Fix
	for _, fix := range found.Fixes {
		if edits, ok := d.editsToSource(fix.Edits); ok {
			fix.Edits = edits
			fixes = append(fixes, fix)
		}
	}
	found.Fixes = fixes
}

func (d *Document) editsToSource(edits []Edit) ([]Edit, bool) {
	out := make([]Edit, len(edits))
	for i, e := range edits {
		s, exact := d.ToSource(e.Span())
		if !exact || s.Len() != e.End-e.Start {
			return nil, false
		}
		out[i] = Edit{s.Start, s.End, e.Text}
	}
	return out, true
}
