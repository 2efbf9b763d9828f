package matter

import "copydesk/pipeline"

// Format is the data syntax of front matter.
type Format string

// The formats of front matter.
const (
	None Format = "" // there is no front matter
	YAML Format = "yaml"
	TOML Format = "toml"
	JSON Format = "json"
)

// Matter is the front matter of a document: where it stands, what it says, what is wrong with it.
// All spans count in the document's Text.
type Matter struct {
	Envelope
	Text   []byte  // the whole document, which the spans count in
	Root   *Node   // the top value; nil when there is no front matter or its syntax is broken
	Faults []Fault // all of them, in the order of their place: the envelope's, the syntax's, the values'
}

var reading = pipeline.NewReading(func(d *pipeline.Document) *Matter { return Read(d.Text) })

// Of is the front matter of the document.
func Of(d *pipeline.Document) *Matter { return reading.Of(d) }

// BodyStart is the offset in the document's Text where its body begins: a Document.BodyStart.
func BodyStart(d *pipeline.Document) int { return Of(d).Body.Start }

// FaultKind names what is wrong.
type FaultKind string

// The kinds of fault. Each is reported by the rule of the same name.
const (
	NotFirst      FaultKind = "front-matter-not-first" // Span: the bytes before the fence
	BOM           FaultKind = "byte-order-mark"        // Span: the mark
	Unclosed      FaultKind = "unclosed-front-matter"  // Span: the opening fence; Related: where it probably ends
	EarlyFence    FaultKind = "early-delimiter"        // Span: the indented fence inside a scalar
	OddFence      FaultKind = "odd-delimiter"          // Span: the fence line
	WrongFormat   FaultKind = "format-mismatch"        // Span: the opening fence
	Syntax        FaultKind = "syntax-error"           // Span: the guilty bytes
	Duplicate     FaultKind = "duplicate-key"          // Span: the later key; Related: the earlier one
	TabIndent     FaultKind = "tab-indent"             // Span: the tabs
	NotMapping    FaultKind = "not-a-mapping"          // Span: the value, or the prose between two rules
	MixedNewlines FaultKind = "mixed-newlines"         // Span: the first line break that differs
	OverLimit     FaultKind = "over-limit"             // Span: the place where the limit is passed
)

// A Fault is something wrong with front matter.
type Fault struct {
	Kind    FaultKind
	Span    pipeline.Span
	Message string          // in plain words, lower case, no full stop
	Related []pipeline.Span // the other place that the fault speaks of
	Edits   []pipeline.Edit // the bytes that repair it, where there is one way to do it; nil otherwise
	Equal   bool            // Duplicate: both entries have the same value
	Minor   bool            // OddFence: plain to read, though some tools see no front matter
	Prose   bool            // NotMapping: prose between two thematic breaks, which stays body
}
