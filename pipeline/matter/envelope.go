package matter

import "copydesk/pipeline"

// An Envelope says where the front matter of a text stands. Open, Raw, Close and Body
// lie one behind the other and together are the whole text; without front matter the
// first three are empty and Body is all of it.
type Envelope struct {
	Format Format
	Open   pipeline.Span // what stands before the data: blank lines, BOM, the opening fence and its line break
	Raw    pipeline.Span // the data, with its last line break
	Close  pipeline.Span // the closing fence and its line break
	Body   pipeline.Span
	// Fence is the opening fence without what stands before it and without its line break.
	// Of a bare JSON object it is the opening brace, which belongs to Raw.
	Fence pipeline.Span
	// Lost is true when there is an opening fence and its end can't be found: then Format is None
	// and all is Body, and only what carries bytes may handle the document.
	Lost bool
}

// Join puts the parts of an envelope together again: for what Split gave for text, it is text.
func (e Envelope) Join(text []byte) []byte {
	joined := make([]byte, 0, len(text))
	for _, part := range []pipeline.Span{e.Open, e.Raw, e.Close, e.Body} {
		joined = append(joined, part.Of(text)...)
	}
	return joined
}
