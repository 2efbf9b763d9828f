package matter

import (
	"bytes"

	"github.com/pelletier/go-toml/v2/unstable"

	"copydesk/pipeline"
)

// parseTOML reads the span of text as TOML.
func parseTOML(text []byte, span pipeline.Span, limits bounds) (*Node, []Fault) {
	if bytes.HasPrefix(span.Of(text), []byte(byteOrderMark)) {
		span.Start += len(byteOrderMark)
	}
	if at, n, what := findBadByte(span.Of(text), TOML); n > 0 {
		bad := pipeline.Span{Start: span.Start + at, End: span.Start + at + n}
		return nil, []Fault{syntaxFault(bad, "%s, which TOML does not allow", what).of(BadByte)}
	}
	data := lineFeeds(span.Of(text))
	if at := tooDeep(data, limits.Depth); at >= 0 {
		return nil, []Fault{overLimit(span.Start+at, "collections inside one another", limits.Depth)}
	}
	root := &Node{Kind: Mapping, Span: pipeline.Span{Start: span.Start, End: span.Start}}
	r := tomlReader{data: data, index: map[*Node]map[string]int{}, base: span.Start, limits: limits, root: root, table: root}
	r.parser.Reset(data)
	for r.parser.NextExpression() && len(r.faults) <= maxFaults {
		r.expression(r.parser.Expression())
	}
	if err := r.parser.Error(); err != nil {
		return nil, append(r.faults, r.explain(err))
	}
	if unreadable(r.faults) {
		return nil, r.faults
	}
	settle(root)
	return root, r.faults
}

// maxFaults is how many faults of the values end the reading of a text.
const maxFaults = 1000

// lineFeeds makes lone carriage returns line feeds, which is all that TOML takes for line breaks
// beside CRLF. Offsets stay.
func lineFeeds(data []byte) []byte {
	if bytes.Count(data, []byte{'\r'}) == bytes.Count(data, []byte("\r\n")) {
		return data[:len(data):len(data)]
	}
	data = bytes.Clone(data)
	for i, c := range data {
		if c == '\r' && (i+1 == len(data) || data[i+1] != '\n') {
			data[i] = '\n'
		}
	}
	return data
}

// tooDeep gives the offset of the bracket that opens more than depth collections in one another, or -1.
func tooDeep(data []byte, depth int) int {
	open, quote := 0, byte(0)
	for at := 0; at < len(data); {
		line, next := lineAt(data, at)
		before := quote
		quote = tomlString(line.Of(data), quote)
		if before == 0 {
			for i := line.Start; i < line.End; i++ {
				switch data[i] {
				case '#':
					i = line.End
				case '"', '\'':
					i = line.Start + stringEnd(line.Of(data), i-line.Start)
				case '[', '{':
					if open++; depth > 0 && open >= depth {
						return i
					}
				case ']', '}':
					open = max(open-1, 0)
				}
			}
		}
		at = next
	}
	return -1
}

type tomlReader struct {
	parser unstable.Parser
	data   []byte
	base   int // where the data begins in the text
	limits bounds
	faults []Fault
	root   *Node
	table  *Node // the one that key and value pairs go to
	keys   int
	nodes  int
	index  map[*Node]map[string]int // of large tables: where a key stands first
	below  int                      // tables that the parts of the key in hand have passed through
}

func (r *tomlReader) span(raw unstable.Range) pipeline.Span {
	start := r.base + int(raw.Offset)
	return pipeline.Span{Start: start, End: start + int(raw.Length)}
}

func (r *tomlReader) fault(f Fault) { r.faults = append(r.faults, f) }

func (r *tomlReader) expression(n *unstable.Node) {
	switch n.Kind {
	case unstable.KeyValue:
		if end := r.pair(r.table, n); end > 0 {
			if r.table.table == nil { // the top
				r.table.table = &layout{}
			}
			r.table.table.tail = end
		}
	case unstable.Table, unstable.ArrayTable:
		r.header(n)
	}
}

// pair adds a key and its value to a table, and gives the end of the value, 0 when it can't be added.
func (r *tomlReader) pair(table *Node, n *unstable.Node) (end int) {
	key := n.Key()
	r.below = 0
	var last *unstable.Node
	for key.Next() {
		if last != nil && table != nil {
			table = r.descend(table, last, dotted)
		}
		last = key.Node()
	}
	if last == nil || table == nil {
		return 0
	}
	keySpan := r.span(last.Raw)
	at := r.skip(keySpan.End - r.base)
	if at < len(r.data) && r.data[at] == '=' {
		at = r.skip(at + 1)
	}
	value := r.value(n.Value(), at)
	r.add(table, string(last.Data), keySpan, value)
	return value.Span.End
}
