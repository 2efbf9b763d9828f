package matter

import (
	"bytes"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"copydesk/pipeline"
)

// emptyPlain tells whether a node is a value that is not written at all.
func emptyPlain(n *yaml.Node) bool {
	const written = yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&written == 0
}

// scalar finds the end of a scalar that starts at an offset, and its kind.
func (r *yamlReader) scalar(n *yaml.Node, out *Node, start, indent int) {
	out.Value = n.Value
	var end int
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		end = r.doubleQuoted(start)
	case n.Style&yaml.SingleQuotedStyle != 0:
		end = r.singleQuoted(start)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		end = r.block(start, indent)
	default:
		end = r.plain(start, n.Value)
		out.Span = pipeline.Span{Start: start, End: end}
		out.Kind = yamlKind(n.Value, n.Tag, tagged(n))
		return
	}
	out.Quoted = true
	out.Span = pipeline.Span{Start: start, End: end}
	out.Kind = String
	if tagged(n) {
		out.Kind = yamlKind(n.Value, n.Tag, true)
	}
}

func (r *yamlReader) doubleQuoted(start int) int {
	for i := start + 1; i < len(r.text); i++ {
		switch r.text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(r.text)
}

func (r *yamlReader) singleQuoted(start int) int {
	for i := start + 1; i < len(r.text); i++ {
		if r.text[i] != '\'' {
			continue
		}
		if i+1 == len(r.text) || r.text[i+1] != '\'' {
			return i + 1
		}
		i++
	}
	return len(r.text)
}

// plain finds the end of a plain scalar by its value: only white space may differ between the
// value and the source, since lines are folded and nothing is escaped.
func (r *yamlReader) plain(start int, value string) int {
	at := start
	for i := 0; i < len(value); {
		if n := whiteLen(value[i:]); n > 0 {
			i += n
			continue
		}
		at = r.skipWhite(at)
		if at < len(r.text) {
			at++
		}
		i++
	}
	return at
}

func (r *yamlReader) skipWhite(at int) int {
	for at < len(r.text) {
		n := whiteLen(string(r.text[at:min(at+3, len(r.text))]))
		if n == 0 {
			break
		}
		at += n
	}
	return at
}

// whiteLen is the length of the blank or line break of YAML that s begins with.
func whiteLen(s string) int {
	switch s[0] {
	case ' ', '\t', '\n', '\r':
		return 1
	case 0xC2:
		if len(s) > 1 && s[1] == 0x85 { // U+0085
			return 2
		}
	case 0xE2:
		if len(s) > 2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9) { // U+2028, U+2029
			return 3
		}
	}
	return 0
}

// block finds the end of a literal or folded block, without its last line break.
func (r *yamlReader) block(start, indent int) int {
	line := r.marks.line(start)
	explicit := 0
	header := r.text[start+1 : r.marks.lineEnd(line, len(r.text))]
	keep := false
	for _, c := range header {
		if c >= '1' && c <= '9' {
			explicit = int(c - '0')
		} else if c == '+' {
			keep = true
		} else if c != '-' {
			break
		}
	}
	want := max(indent, -1) + 1
	if explicit > 0 {
		want = max(indent, 0) + explicit
	}
	end := start + 1 + len(bytes.TrimRight(withoutComment(header), " \t"))
	auto := explicit == 0
	for line++; line < len(r.marks.starts); line++ {
		from, to := r.marks.starts[line], r.marks.lineEnd(line, len(r.text))
		blanks := 0
		for from+blanks < to && r.text[from+blanks] == ' ' {
			blanks++
		}
		if from+blanks == to && (auto || blanks <= want) { // A blank line.
			if keep && to > from || keep && line+1 < len(r.marks.starts) {
				end = to
			}
			continue
		}
		if auto && blanks >= want {
			want, auto = blanks, false
		}
		// The loader takes a mark at the very end, without a line break, for text of the block.
		if blanks < want || want == 0 && documentMark(r.text[from:to]) && (to < len(r.text) || to-from > 3) {
			break
		}
		end = to
	}
	return end
}

// documentMark tells whether a line ends a document.
func documentMark(line []byte) bool {
	return len(line) >= 3 && (string(line[:3]) == "---" || string(line[:3]) == "...") && (len(line) == 3 || whiteLen(string(line[3:])) > 0)
}

func withoutComment(header []byte) []byte {
	if i := bytes.IndexByte(header, '#'); i >= 0 {
		return header[:i]
	}
	return header
}

// afterProperties skips the tag and the anchor of a node that starts at an offset. A block mapping
// starts where its first key does, and what stands there are the properties of the key.
func (r *yamlReader) afterProperties(n *yaml.Node, at int, flow bool) int {
	if n.Kind == yaml.MappingNode && len(n.Content) > 0 && n.Style&yaml.FlowStyle == 0 &&
		n.Content[0].Line == n.Line && n.Content[0].Column == n.Column {
		return at
	}
	for at < len(r.text) && (r.text[at] == '&' || r.text[at] == '!') {
		end := at
		if r.text[at] == '&' {
			end += 1 + len(n.Anchor)
		}
		for r.text[at] == '!' && end < len(r.text) && whiteLen(string(r.text[end:min(end+3, len(r.text))])) == 0 &&
			(!flow || !bytes.ContainsRune([]byte(",[]{}"), rune(r.text[end])) || r.text[at+1] == '<') {
			end++
		}
		next := r.skipSpace(end)
		more := next < len(r.text) && (r.text[next] == '&' || r.text[next] == '!')
		if emptyPlain(n) && !(more && n.Anchor != "" && tagged(n)) {
			return end
		}
		at = next
	}
	return at
}

// skipSpace skips blanks, line breaks and comments.
func (r *yamlReader) skipSpace(at int) int {
	for {
		at = r.skipWhite(at)
		if at >= len(r.text) || r.text[at] != '#' {
			return at
		}
		for at < len(r.text) && r.text[at] != '\n' && r.text[at] != '\r' {
			at++
		}
	}
}

// skipTo skips white space, comments and commas up to the indicator, and the indicator;
// if something else stands there, the offset stays.
func (r *yamlReader) skipTo(at int, indicator byte) int {
	next := r.skipSpace(at)
	for next < len(r.text) && r.text[next] == ',' {
		next = r.skipSpace(next + 1)
	}
	if next < len(r.text) && r.text[next] == indicator {
		return next + 1
	}
	return at
}

// closing gives the offset behind the bracket that ends a flow collection.
func (r *yamlReader) closing(at int, bracket byte) int {
	for {
		at = r.skipSpace(at)
		if at >= len(r.text) {
			return at
		}
		c := r.text[at]
		at++
		if c == bracket {
			return at
		}
	}
}

// marks turns the line and column of a YAML mark, which counts code points, into a byte offset.
// YAML ends lines at U+0085, U+2028 and U+2029 too.
type marks struct {
	text   []byte
	starts []int
	// The last offset that was asked for: marks come in source order, mostly.
	lastLine, lastColumn, lastOffset int
}

func newMarks(text []byte, span pipeline.Span) marks {
	m := marks{text: text[:span.End], starts: []int{span.Start}}
	for at := span.Start; at < span.End; {
		n := 0
		switch c := text[at]; {
		case c == '\r' || c == '\n':
			n = pipeline.AfterBreak(text[:span.End], at) - at
		case c == 0xC2 || c == 0xE2:
			n = whiteLen(string(text[at:min(at+3, span.End)]))
		}
		if n > 0 {
			m.starts = append(m.starts, at+n)
		}
		at += max(n, 1)
	}
	return m
}

// offset gives the byte offset of a mark, both numbers from 1.
func (m *marks) offset(line, column int) int {
	if line < 1 || line > len(m.starts) {
		return len(m.text)
	}
	at, c := m.starts[line-1], 1
	if line == m.lastLine && column >= m.lastColumn {
		at, c = m.lastOffset, m.lastColumn
	}
	for ; c < column && at < len(m.text); c++ {
		_, n := utf8.DecodeRune(m.text[at:])
		at += n
	}
	m.lastLine, m.lastColumn, m.lastOffset = line, column, at
	return at
}

// line gives the index of the line of an offset, from 0.
func (m *marks) line(offset int) int {
	lo, hi := 0, len(m.starts)
	for lo+1 < hi {
		mid := (lo + hi) / 2
		if m.starts[mid] <= offset {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// lineEnd gives the end of a line, from 0, without its line break.
func (m *marks) lineEnd(line, size int) int {
	if line+1 >= len(m.starts) {
		return size
	}
	end := m.starts[line+1]
	for end > m.starts[line] {
		switch {
		case m.text[end-1] == '\n' || m.text[end-1] == '\r':
			end--
		case end-2 >= m.starts[line] && whiteLen(string(m.text[end-2:end])) == 2 && m.text[end-2] == 0xC2:
			return end - 2
		case end-3 >= m.starts[line] && whiteLen(string(m.text[end-3:end])) == 3:
			return end - 3
		default:
			return end
		}
	}
	return end
}

// column is the number of code points before an offset in its line.
func (m *marks) column(offset int) int {
	return utf8.RuneCount(m.text[m.starts[m.line(offset)]:offset])
}
