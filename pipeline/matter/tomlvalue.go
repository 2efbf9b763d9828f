package matter

import (
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"copydesk/pipeline"
)

var tomlKinds = map[unstable.Kind]Kind{
	unstable.String: String, unstable.Bool: Bool, unstable.Float: Float, unstable.Integer: Int,
	unstable.LocalDate: Date, unstable.LocalTime: Time, unstable.LocalDateTime: LocalDateTime, unstable.DateTime: DateTime,
}

// value reads the value that begins at an offset of the data.
func (r *tomlReader) value(n *unstable.Node, at int) *Node {
	if r.nodes++; r.limits.Nodes > 0 && r.nodes == r.limits.Nodes+1 {
		r.fault(overLimit(r.base+at, "values", r.limits.Nodes))
	}
	out := &Node{Span: pipeline.Span{Start: r.base + at, End: r.base + at}}
	switch n.Kind {
	case unstable.Array:
		out.Kind = Sequence
		end := at + 1
		for it := n.Children(); it.Next(); {
			if it.Node().Kind == unstable.Comment {
				continue
			}
			item := r.value(it.Node(), r.skip(end))
			out.Items = append(out.Items, item)
			end = item.Span.End - r.base
		}
		out.Span.End = r.base + min(r.skip(end)+1, len(r.data))
	case unstable.InlineTable:
		out.Kind = Mapping
		end := at + 1
		for it := n.Children(); it.Next(); {
			if it.Node().Kind != unstable.KeyValue {
				continue
			}
			r.pair(out, it.Node())
			end = r.span(it.Node().Raw).End - r.base
		}
		out.Span.End = r.base + min(r.skip(end)+1, len(r.data))
		closeTables(out)
	default:
		out.Kind, out.Quoted = tomlKinds[n.Kind], n.Kind == unstable.String
		out.Value = string(n.Data)
		out.Span = r.span(n.Raw)
		switch out.Kind {
		case Int:
			if _, err := strconv.ParseInt(strings.TrimPrefix(out.Value, "+"), 0, 64); err != nil {
				r.fault(syntaxFault(out.Span, "%s does not fit the 64 bits of a TOML integer", quoted(n.Data)))
			}
		case Date, Time, LocalDateTime, DateTime:
			if !validTime(out.Kind, out.Value) {
				r.fault(syntaxFault(out.Span, "%s is no date or time that there is", quoted(n.Data)))
			}
		}
	}
	return out
}

// closeTables makes the tables that dotted keys made inside an inline table complete.
func closeTables(n *Node) {
	for _, e := range n.Entries {
		if e.Value.Kind == Mapping && e.Value.origin != inline {
			e.Value.origin = inline
			closeTables(e.Value)
		}
	}
}

// skip skips blanks, line breaks, commas and comments.
func (r *tomlReader) skip(at int) int {
	for at < len(r.data) {
		switch r.data[at] {
		case ' ', '\t', '\n', '\r', ',':
			at++
		case '#':
			for at < len(r.data) && r.data[at] != '\n' {
				at++
			}
		default:
			return at
		}
	}
	return at
}
