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

var reading = pipeline.NewReading(func(d *pipeline.Document) *Matter {
	s := splitting.Of(d)
	return read(d.Text, s.envelope, s.faults)
})

// divided is what Split gives.
type divided struct {
	envelope Envelope
	faults   []Fault
}

var splitting = pipeline.NewReading(func(d *pipeline.Document) *divided {
	envelope, faults := Split(d.Text)
	return &divided{envelope, faults}
})

// EnvelopeOf is the envelope of the document, for those who need not know what is in it.
func EnvelopeOf(d *pipeline.Document) Envelope { return splitting.Of(d).envelope }

// Of is the front matter of the document.
func Of(d *pipeline.Document) *Matter { return reading.Of(d) }

// BodyStart is the offset in the document's Text where its body begins: a Document.BodyStart.
func BodyStart(d *pipeline.Document) int { return EnvelopeOf(d).Body.Start }
