package pipeline

// A Reading is one way to read a document: a parse of its Text that is made when first asked for,
// kept on the document, and dropped when Apply changes the Text. So each text is parsed once,
// whoever asks. Readings are package variables of the package that parses:
//
//	var reading = pipeline.NewReading(parse)
//
//	// Of is the front matter of the document.
//	func Of(d *pipeline.Document) *Matter { return reading.Of(d) }
type Reading[T any] struct{ parse func(*Document) T }

// NewReading returns a reading made by parse, which must not change the document
// and must give an answer for any bytes: what is wrong with them is part of the answer.
func NewReading[T any](parse func(*Document) T) *Reading[T] { return &Reading[T]{parse} }

// Of returns the reading of the document's current Text.
func (r *Reading[T]) Of(d *Document) T {
	if have, ok := r.Known(d); ok {
		return have
	}
	made := r.parse(d)
	r.Keep(d, made)
	return made
}

// Known is the reading of the document's current Text if somebody has asked for it.
func (r *Reading[T]) Known(d *Document) (have T, ok bool) {
	for i := range d.readings { // They are few.
		if d.readings[i].by == any(r) {
			return d.readings[i].made.(T), true
		}
	}
	return have, false
}

// Keep gives the document a reading that was made on the way to something else.
func (r *Reading[T]) Keep(d *Document, made T) { d.readings = append(d.readings, keptReading{r, made}) }

// A keptReading is what a Reading made of a document.
type keptReading struct{ by, made any }
