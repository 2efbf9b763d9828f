package matter

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"copydesk/pipeline"
)

// parseJSON reads the span of text as one JSON value; order, duplicates and the spelling of numbers are kept.
func parseJSON(text []byte, span pipeline.Span, limits bounds) (*Node, []Fault) {
	if bytes.HasPrefix(span.Of(text), []byte(byteOrderMark)) {
		span.Start += len(byteOrderMark)
	}
	if isBlankText(span.Of(text)) {
		return &Node{Kind: Mapping, Span: pipeline.Span{Start: span.Start, End: span.Start}}, nil
	}
	r := jsonReader{
		text: text[:span.End], base: span.Start, limits: limits,
		dec: jsontext.NewDecoder(bytes.NewBuffer(text[span.Start:span.End:span.End]), jsontext.AllowDuplicateNames(true)),
	}
	root, err := r.value()
	if err == nil {
		if _, err = r.dec.ReadToken(); err == nil || !errors.Is(err, io.EOF) {
			err = r.trailing(err)
		} else {
			err = nil
		}
	}
	if err != nil {
		return nil, append(r.faults, r.explain(err))
	}
	return root, r.faults
}

func isBlankText(data []byte) bool { return len(bytes.TrimSpace(data)) == 0 }

type jsonReader struct {
	text               []byte // up to the end of the data
	base               int    // where the data begins
	limits             bounds
	dec                *jsontext.Decoder
	faults             []Fault
	depth, keys, nodes int
}

// A faultError is a fault on its way up.
type faultError struct{ Fault }

func (e *faultError) Error() string { return e.Message }

// token reads one token and finds its span: the decoder tells its end.
func (r *jsonReader) token() (jsontext.Token, pipeline.Span, error) {
	start := r.skip(r.base + int(r.dec.InputOffset()))
	tok, err := r.dec.ReadToken()
	return tok, pipeline.Span{Start: start, End: r.base + int(r.dec.InputOffset())}, err
}

// skip skips what stands between two tokens.
func (r *jsonReader) skip(at int) int {
	for at < len(r.text) {
		switch r.text[at] {
		case ' ', '\t', '\n', '\r', ',', ':':
			at++
		default:
			return at
		}
	}
	return at
}

func (r *jsonReader) value() (*Node, error) {
	tok, span, err := r.token()
	if err != nil {
		return nil, err
	}
	if r.nodes++; r.limits.Nodes > 0 && r.nodes > r.limits.Nodes {
		return nil, &faultError{overLimit(span.Start, "values", r.limits.Nodes)}
	}
	n := &Node{Span: span}
	switch tok.Kind() {
	case '{', '[':
		if r.depth++; r.limits.Depth > 0 && r.depth > r.limits.Depth {
			return nil, &faultError{overLimit(span.Start, "collections inside one another", r.limits.Depth)}
		}
		if tok.Kind() == '{' {
			err = r.object(n)
		} else {
			err = r.array(n)
		}
		r.depth--
		return n, err
	case '"':
		n.Kind, n.Quoted, n.Value = String, true, tok.String()
		return n, nil
	case 'n':
		n.Kind = Null
	case 't', 'f':
		n.Kind = Bool
	default:
		n.Kind = Int
		if bytes.ContainsAny(span.Of(r.text), ".eE") {
			n.Kind = Float
		}
	}
	n.Value = string(span.Of(r.text))
	return n, nil
}

func (r *jsonReader) object(n *Node) error {
	n.Kind = Mapping
	for r.dec.PeekKind() != '}' {
		tok, span, err := r.token()
		if err != nil {
			return err
		}
		if r.keys++; r.limits.Keys > 0 && r.keys > r.limits.Keys {
			return &faultError{overLimit(span.Start, "keys", r.limits.Keys)}
		}
		key := tok.String()
		value, err := r.value()
		if err != nil {
			return err
		}
		n.Entries = append(n.Entries, Entry{
			Key: key, KeySpan: span, Value: value,
			Span: pipeline.Span{Start: span.Start, End: value.Span.End},
		})
	}
	_, end, err := r.token()
	n.Span.End = end.End
	r.faults = append(r.faults, duplicates(n)...)
	return err
}

func (r *jsonReader) array(n *Node) error {
	n.Kind = Sequence
	for r.dec.PeekKind() != ']' {
		item, err := r.value()
		if err != nil {
			return err
		}
		n.Items = append(n.Items, item)
	}
	_, end, err := r.token()
	n.Span.End = end.End
	return err
}

// trailing is the error for what stands behind the value.
func (r *jsonReader) trailing(err error) error {
	if err != nil {
		return err
	}
	at := r.base + int(r.dec.InputOffset())
	return &faultError{syntaxFault(pipeline.Span{Start: at - 1, End: at}, "something stands behind the JSON value")}
}
