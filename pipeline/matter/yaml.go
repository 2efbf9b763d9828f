package matter

import (
	"bytes"
	"errors"
	"sync"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"copydesk/pipeline"
)

// maxAliasNodes bounds the values that aliases may stand for where there is no other limit of values,
// maxAliasBytes the length of their source.
const (
	maxAliasNodes = 1_000_000
	maxAliasBytes = 1 << 20
)

// yamlOptions are the loader's options for a depth: it refuses deeper texts before it recurses.
var yamlOptions = sync.OnceValue(func() map[int]yaml.Option {
	options := map[int]yaml.Option{}
	for _, l := range []bounds{frontMatterLimits, textLimits} {
		options[l.Depth] = yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(l.Depth), loaderlimits.AliasNone()))
	}
	return options
})

// parseYAML reads the span of text as one YAML document.
func parseYAML(text []byte, span pipeline.Span, limits bounds) (*Node, []Fault) {
	if bytes.HasPrefix(span.Of(text), []byte(byteOrderMark)) {
		span.Start += len(byteOrderMark)
	}
	if root, faults, ok := simpleYAML(text, span, limits); ok {
		return root, faults
	}
	return loadYAML(text, span, limits)
}

// loadYAML reads the span of text, which has no byte order mark, with the loader.
func loadYAML(text []byte, span pipeline.Span, limits bounds) (*Node, []Fault) {
	if at, n, what := findBadByte(span.Of(text), YAML); n > 0 {
		bad := pipeline.Span{Start: span.Start + at, End: span.Start + at + n}
		return nil, []Fault{syntaxFault(bad, "%s, which YAML does not allow", what).of(BadByte)}
	}
	r := yamlReader{text: text[:span.End], marks: newMarks(text, span), limits: limits}
	var doc yaml.Node
	if err := yaml.Load(withoutDirectives(span.Of(text)), &doc, yamlOptions()[limits.Depth]); err != nil {
		return r.failed(err, span)
	}
	root := r.document(&doc, span)
	if unreadable(r.faults) {
		root = nil
	}
	return root, r.faults
}

// failed turns the loader's error into a fault. A text without a document is an empty mapping.
func (r *yamlReader) failed(err error, span pipeline.Span) (*Node, []Fault) {
	var e *yaml.LoadError
	if !errors.As(err, &e) {
		return nil, []Fault{syntaxFault(span, "%v", err)}
	}
	if e.Mark.Line == 0 && isEmptyYAML(span.Of(r.text)) {
		return &Node{Kind: Mapping, Span: pipeline.Span{Start: span.Start, End: span.Start}}, nil
	}
	return nil, []Fault{r.explain(e, span)}
}

// isEmptyYAML tells whether there are only blank lines, comments and marks of a document's end.
func isEmptyYAML(data []byte) bool {
	empty := true
	lines(data, pipeline.Span{Start: 0, End: len(data)}, func(line pipeline.Span) bool {
		bare := bytes.TrimSpace(line.Of(data))
		empty = len(bare) == 0 || bare[0] == '#' || documentMark(line.Of(data)) && bare[0] == '.'
		return empty
	})
	return empty
}

// A yamlReader turns the nodes of go.yaml.in/yaml into ours, and finds the end of each.
type yamlReader struct {
	text    []byte // up to the end of the data
	marks   marks
	limits  bounds
	faults  []Fault
	anchors map[*yaml.Node]*anchor
	keys    int
	nodes   int
	aliased int // bytes that the aliases so far stand for
	at      int // behind what has been read
}

// An anchor is a value that aliases may stand for.
type anchor struct {
	node *Node
	size int  // values in it, those that aliases stand for included
	long int  // bytes of it, likewise
	open bool // it is being read: an alias to it would be endless
}

func (r *yamlReader) document(doc *yaml.Node, span pipeline.Span) *Node {
	r.at = span.Start
	n := doc
	if doc.Kind == yaml.DocumentNode {
		if len(doc.Content) == 0 {
			return &Node{Kind: Mapping, Span: pipeline.Span{Start: span.Start, End: span.Start}}
		}
		n = doc.Content[0]
	}
	if emptyPlain(n) && n.Anchor == "" && !tagged(n) {
		return &Node{Kind: Mapping, Span: pipeline.Span{Start: span.Start, End: span.Start}}
	}
	return r.value(n, -1, false)
}

// over tells whether a limit is passed, and reports it once.
func (r *yamlReader) over(at int) bool {
	most := r.limits.Nodes
	if most == 0 {
		most = maxAliasNodes + len(r.text)
	}
	if len(r.faults) > 0 && r.faults[len(r.faults)-1].Kind == OverLimit {
		return true
	}
	switch {
	case r.nodes > most:
		r.faults = append(r.faults, overLimit(at, "values, those that aliases stand for counted each time", most))
	case r.aliased > maxAliasBytes:
		r.faults = append(r.faults, overLimit(at, "bytes that aliases stand for", maxAliasBytes))
	case r.limits.Keys > 0 && r.keys > r.limits.Keys:
		r.faults = append(r.faults, overLimit(at, "keys", r.limits.Keys))
	default:
		return false
	}
	return true
}

// value reads one node. indent is the column, from 0, of the block collection around it, -1 at the top.
func (r *yamlReader) value(n *yaml.Node, indent int, flow bool) *Node {
	r.nodes++
	start := r.at
	if !emptyPlain(n) || n.Anchor != "" || tagged(n) {
		start = r.marks.offset(n.Line, n.Column)
	}
	if r.over(start) {
		return &Node{Kind: Null, Span: pipeline.Span{Start: start, End: start}}
	}
	if n.Kind == yaml.AliasNode {
		return r.alias(n, start)
	}
	out := &Node{Anchor: n.Anchor}
	if tagged(n) {
		out.Tag = n.Tag
	}
	before, size, aliased := r.anchor(n, out), r.nodes, r.aliased
	start = r.afterProperties(n, start, flow)
	switch n.Kind {
	case yaml.MappingNode:
		r.mapping(n, out, start, flow)
	case yaml.SequenceNode:
		r.sequence(n, out, start, flow)
	default:
		r.scalar(n, out, start, indent)
	}
	if before != nil {
		before.open, before.size, before.long = false, r.nodes-size+1, r.aliased-aliased+out.Span.Len()
	}
	r.at = out.Span.End
	return out
}

func (r *yamlReader) anchor(n *yaml.Node, out *Node) *anchor {
	if n.Anchor == "" {
		return nil
	}
	if r.anchors == nil {
		r.anchors = map[*yaml.Node]*anchor{}
	}
	a := &anchor{node: out, open: true}
	r.anchors[n] = a
	return a
}

func (r *yamlReader) alias(n *yaml.Node, start int) *Node {
	out := &Node{Kind: Alias, Value: n.Value, Span: pipeline.Span{Start: start, End: start + 1 + len(n.Value)}}
	r.at = out.Span.End
	a := r.anchors[n.Alias]
	if a == nil || a.open {
		r.faults = append(r.faults, syntaxFault(out.Span, "the alias *%s stands inside what it stands for", n.Value))
		return out
	}
	out.Target = a.node
	r.nodes += a.size
	r.aliased += a.long
	r.over(start)
	return out
}

func (r *yamlReader) mapping(n *yaml.Node, out *Node, start int, flow bool) {
	out.Kind = Mapping
	braces := n.Style&yaml.FlowStyle != 0 && start < len(r.text) && r.text[start] == '{'
	r.at = start
	if braces {
		r.at++
	}
	flow = flow || n.Style&yaml.FlowStyle != 0
	column := r.indentation(start, flow)
	out.Entries = make([]Entry, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		r.keys++
		r.at = r.skipTo(r.at, '?')
		key := r.value(n.Content[i], column, flow)
		r.at = r.skipTo(r.at, ':')
		value := r.value(n.Content[i+1], column, flow)
		out.Entries = append(out.Entries, Entry{
			Key: r.keyText(key), KeySpan: key.Span, Value: value,
			Span: pipeline.Span{Start: key.Span.Start, End: max(value.Span.End, key.Span.End)},
		})
		if r.over(key.Span.Start) {
			break
		}
	}
	out.Span = pipeline.Span{Start: start, End: r.at}
	if braces {
		out.Span.End = r.closing(r.at, '}')
	}
	r.faults = append(r.faults, duplicates(out)...)
}

// indentation is the column, from 0, of a block collection; in brackets there are no blocks to need it.
func (r *yamlReader) indentation(start int, flow bool) int {
	if flow {
		return 0
	}
	return r.marks.column(start)
}

// keyText is the text of a key. Keys that are collections are a fault: no other data syntax has them.
func (r *yamlReader) keyText(key *Node) string {
	k := key.Resolve()
	if k == nil {
		return ""
	}
	if k.Kind == Mapping || k.Kind == Sequence {
		r.faults = append(r.faults, r.collectionKey(key.Span, k.Kind))
	}
	return k.Value
}

func (r *yamlReader) sequence(n *yaml.Node, out *Node, start int, flow bool) {
	out.Kind = Sequence
	brackets := n.Style&yaml.FlowStyle != 0
	r.at = start
	if brackets {
		r.at++
	}
	flow = flow || brackets
	column := r.indentation(start, flow)
	out.Items = make([]*Node, 0, len(n.Content))
	for _, item := range n.Content {
		if !brackets {
			r.at = r.skipTo(r.at, '-')
		}
		out.Items = append(out.Items, r.value(item, column, flow))
		if r.over(r.at) {
			break
		}
	}
	out.Span = pipeline.Span{Start: start, End: r.at}
	if brackets {
		out.Span.End = r.closing(r.at, ']')
	}
}
