package matter

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"copydesk/pipeline"
)

// A simpleReader reads the YAML that most front matter is written in, many times as fast as the loader:
// block mappings and sequences whose scalars are plain or quoted and end in the line where they begin,
// lists in brackets of such scalars, and comments. It reads the same Nodes as the loader does, or nothing
// at all: whatever is not certain, every mistake included, is the loader's.
//
// Not certain are tabs, control characters, lines that do not end with LF or CRLF; anchors, aliases, tags,
// mappings in braces, block scalars, scalars of several lines; keys that are quoted or hold other signs than - . _ and :;
// items that are empty or sequences themselves; escapes other than \\ and \"; and what is beyond a limit.
type simpleReader struct {
	text   []byte // up to the end of the data
	all    string // the data, which keys and values are parts of
	base   int    // the offset of the data in text
	line   int    // where the current line begins
	at     int    // the next byte to read in it; behind the last line, the end of text
	end    int    // of the current line, without its line break
	next   int    // where the next line begins
	depth  int    // of collections
	keys   int
	nodes  int    // keys and values
	room   []Node // for values
	unsure bool   // something is not certain
	faults []Fault
}

// The limits of simpleReader: of collections inside one another, which is below those of the loader,
// and of the bytes in a key, of which YAML allows 1,024 characters.
const (
	simpleDepth = 16
	simpleKey   = 128
)

// simpleYAML reads the span of text. ok is false when that takes the loader.
func simpleYAML(text []byte, span pipeline.Span, limits bounds) (root *Node, faults []Fault, ok bool) {
	data := span.Of(text)
	if !isSimple(data) {
		return nil, nil, false
	}
	p := simpleReader{text: text[:span.End], base: span.Start, next: span.Start}
	p.advance()
	if p.column() != 0 || p.keyEnd() < 0 {
		return nil, nil, false
	}
	p.all = string(data)
	p.room = make([]Node, 0, 1+bytes.Count(data, []byte{'\n'}))
	root = p.mapping()
	over := limits.Keys > 0 && p.keys > limits.Keys || limits.Nodes > 0 && p.nodes > limits.Nodes
	if p.unsure || over || p.at < span.End {
		return nil, nil, false
	}
	return root, p.faults, true
}

// isSimple tells whether data has only characters that mean the same to all readers of YAML, in UTF-8.
func isSimple(data []byte) bool {
	wide := false
	for i, c := range data {
		switch {
		case c >= ' ' && c < 0x7F, c == '\n', c == '\r' && i+1 < len(data) && data[i+1] == '\n':
		case c < utf8.RuneSelf, isSpecial(data[i:]):
			return false
		default:
			wide = true
		}
	}
	return !wide || utf8.Valid(data)
}

// isSpecial tells whether UTF-8 begins with a control character (U+0080 to U+009F), a line break (U+2028,
// U+2029), a byte order mark (U+FEFF), or what is no character (U+FFFE, U+FFFF).
func isSpecial(rest []byte) bool {
	switch rest[0] {
	case 0xC2:
		return len(rest) > 1 && rest[1] < 0xA0
	case 0xE2:
		return len(rest) > 2 && rest[1] == 0x80 && (rest[2] == 0xA8 || rest[2] == 0xA9)
	case 0xEF:
		return len(rest) > 2 && (rest[1] == 0xBB && rest[2] == 0xBF || rest[1] == 0xBF && rest[2] >= 0xBE)
	}
	return false
}

// advance goes to the first character of the next line that is neither blank nor a comment.
func (p *simpleReader) advance() {
	for p.at = p.next; p.at < len(p.text); p.at = p.next {
		p.line, p.end, p.next = p.at, len(p.text), len(p.text)
		if i := bytes.IndexByte(p.text[p.at:], '\n'); i >= 0 {
			p.end, p.next = p.at+i, p.at+i+1
			if i > 0 && p.text[p.end-1] == '\r' {
				p.end--
			}
		}
		p.skipBlanks()
		if !p.ended() {
			return
		}
	}
	p.line = p.at + 1 // Behind the end, the column is below that of all collections.
}

// column is where p.at stands in its line, from 0. There is nothing but blanks and dashes before the places
// that it is asked for.
func (p *simpleReader) column() int { return p.at - p.line }

func (p *simpleReader) skipBlanks() {
	for p.at < p.end && p.text[p.at] == ' ' {
		p.at++
	}
}

// ended tells whether nothing but a comment follows in the line. What is before p.at is a blank or
// the line's beginning.
func (p *simpleReader) ended() bool { return p.at == p.end || p.text[p.at] == '#' }

// part is a span of the data as a string.
func (p *simpleReader) part(s pipeline.Span) string { return p.all[s.Start-p.base : s.End-p.base] }

// node makes a value that begins at p.at.
func (p *simpleReader) node(kind Kind) *Node {
	if len(p.room) == cap(p.room) {
		p.room = make([]Node, 0, 16)
	}
	p.nodes++
	p.room = append(p.room, Node{Kind: kind, Span: pipeline.Span{Start: p.at, End: p.at}})
	return &p.room[len(p.room)-1]
}

// within counts the collections around what is read, and is false when they are too many.
func (p *simpleReader) within() bool {
	p.depth++
	p.unsure = p.unsure || p.depth > simpleDepth
	return !p.unsure
}

// mapping reads a block mapping whose first key is at p.at.
func (p *simpleReader) mapping() *Node {
	n, column := p.node(Mapping), p.column()
	if p.within() {
		n.Entries = make([]Entry, 0, 8)
	}
	for !p.unsure && p.column() == column {
		end := p.keyEnd()
		if end < 0 {
			p.unsure = true
			break
		}
		key := pipeline.Span{Start: p.at, End: end}
		p.at = end + 1
		p.keys++
		p.nodes++
		value := p.value(column)
		n.Entries = append(n.Entries, Entry{Key: p.part(key), KeySpan: key, Value: value,
			Span: pipeline.Span{Start: key.Start, End: value.Span.End}})
		n.Span.End = value.Span.End
	}
	p.depth--
	p.faults = append(p.faults, duplicates(n)...)
	return n
}

// keyEnd gives the place of the colon behind the key at p.at, or -1 when none is there: words of letters, digits,
// dashes, full stops, underscores and colons, which begin with a letter or an underscore.
func (p *simpleReader) keyEnd() int {
	for i := p.at; i < min(p.end, p.at+simpleKey); i++ {
		switch c := p.text[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c == '_', c >= utf8.RuneSelf:
		case i > p.at && (isDigit(c) || c == '-' || c == '.'):
		case i > p.at && c == ' ':
		case i > p.at && c == ':' && p.text[i-1] != ' ' && (i+1 == p.end || p.text[i+1] == ' '):
			return i
		case i > p.at && c == ':' && p.text[i-1] != ' ' && i+1 < p.end && p.text[i+1] != ' ':
		default:
			return -1
		}
	}
	return -1
}

// value reads what stands behind the colon of a key in a mapping at a column, and goes to the line behind it.
func (p *simpleReader) value(column int) *Node {
	colon := p.at
	p.skipBlanks()
	if !p.ended() {
		return p.scalar(column)
	}
	p.advance()
	switch at := p.column(); {
	case at >= column && p.dash():
		return p.sequence()
	case at > column:
		return p.mapping()
	}
	n := p.node(Null)
	n.Span = pipeline.Span{Start: colon, End: colon}
	return n
}

// dash tells whether an item begins at p.at.
func (p *simpleReader) dash() bool {
	return p.at+1 < p.end && p.text[p.at] == '-' && p.text[p.at+1] == ' '
}

// sequence reads a block sequence whose first dash is at p.at.
func (p *simpleReader) sequence() *Node {
	n, column := p.node(Sequence), p.column()
	if p.within() {
		n.Items = make([]*Node, 0, 4)
	}
	for !p.unsure && p.column() == column && p.dash() {
		p.at++
		p.skipBlanks()
		var item *Node
		switch {
		case p.ended() || p.dash():
			p.unsure = true
			return n
		case p.keyEnd() >= 0:
			item = p.mapping()
		default:
			item = p.scalar(column)
		}
		n.Items = append(n.Items, item)
		n.Span.End = item.Span.End
	}
	p.depth--
	return n
}

// scalar reads a scalar or a list in brackets within a collection at a column, and goes to the line behind it.
func (p *simpleReader) scalar(column int) *Node {
	var n *Node
	if p.text[p.at] == '[' {
		n = p.brackets()
	} else if n = p.quoted(); n == nil {
		n = p.plain(p.end)
	}
	behind := p.at
	p.skipBlanks()
	if !p.ended() || p.at == behind && p.at < p.end { // A comment begins behind a blank.
		p.unsure = true
	}
	p.advance()
	if p.column() > column { // The scalar may go on.
		p.unsure = true
	}
	return n
}

// quoted reads a scalar in quotes; nil when none begins at p.at.
func (p *simpleReader) quoted() *Node {
	quote := p.text[p.at]
	if quote != '\'' && quote != '"' {
		return nil
	}
	n := p.node(String)
	n.Quoted = true
	escapes := false
	for p.at++; p.at < p.end; p.at++ {
		c := p.text[p.at]
		if c == quote && quote == '\'' && p.at+1 < p.end && p.text[p.at+1] == '\'' {
			escapes = true
			p.at++
			continue
		}
		if c == quote {
			break
		}
		if c == '\\' && quote == '"' {
			if p.at++; p.at == p.end || p.text[p.at] != '\\' && p.text[p.at] != '"' {
				break
			}
			escapes = true
		}
	}
	if p.at >= p.end || p.text[p.at] != quote {
		p.unsure = true
		return n
	}
	n.Value = p.part(pipeline.Span{Start: n.Span.Start + 1, End: p.at})
	p.at++
	n.Span.End = p.at
	switch {
	case escapes && quote == '\'':
		n.Value = strings.ReplaceAll(n.Value, "''", "'")
	case escapes:
		n.Value = simpleEscapes.Replace(n.Value)
	}
	return n
}

var simpleEscapes = strings.NewReplacer(`\\`, `\`, `\"`, `"`)

// plain reads a scalar without quotes that ends before an offset.
func (p *simpleReader) plain(end int) *Node {
	n := p.node(String)
	if strings.IndexByte("-?:,[]{}#&*!|>'\"%@`", p.text[p.at]) >= 0 && !p.negative() {
		p.unsure = true
		return n
	}
	for i := p.at; i < end; i++ {
		switch c := p.text[i]; {
		case c == ':' && (i+1 == end || p.text[i+1] == ' '):
			p.unsure = true
			return n
		case c == '#' && p.text[i-1] == ' ':
			end = i
		}
	}
	for end > p.at && p.text[end-1] == ' ' {
		end--
	}
	n.Span.End = end
	n.Value = p.part(n.Span)
	n.Kind = yamlKind(n.Value, "", false)
	p.at = end
	return n
}

// negative tells whether what begins at p.at is a dash and a digit.
func (p *simpleReader) negative() bool {
	return p.text[p.at] == '-' && p.at+1 < p.end && isDigit(p.text[p.at+1])
}

// brackets reads a list in brackets in one line.
func (p *simpleReader) brackets() *Node {
	n := p.node(Sequence)
	n.Items = []*Node{}
	p.at++
	p.skipBlanks()
	if p.at < p.end && p.text[p.at] == ']' {
		p.at++
		n.Span.End = p.at
		return n
	}
	for p.at < p.end {
		item := p.quoted()
		if item == nil {
			i := bytes.IndexAny(p.text[p.at:p.end], ",[]{}:#?")
			if i <= 0 || p.text[p.at+i] != ',' && p.text[p.at+i] != ']' {
				break
			}
			item = p.plain(p.at + i)
		}
		n.Items = append(n.Items, item)
		p.skipBlanks()
		if p.unsure || p.at == p.end {
			break
		}
		c := p.text[p.at]
		p.at++
		if c == ']' {
			n.Span.End = p.at
			return n
		}
		if c != ',' {
			break
		}
		p.skipBlanks()
	}
	p.unsure = true
	return n
}
