package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// plainTags reads raw HTML as the parser in it does, and tags without attributes and white space, <sup> and </sup>,
// without its regular expression.
type plainTags struct{ parser.InlineParser }

// Parse implements parser.InlineParser.
func (p plainTags) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if name, _, ok := plainTag(line); ok {
		size := bytes.IndexByte(line[len(name):], '>') + len(name) + 1
		n := ast.NewRawHTML()
		n.Segments.Append(segment.WithStop(segment.Start + size))
		block.Advance(size)
		return n
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// plainTag is the name of the tag that a text begins with, if that has nothing else; end tells of an end tag.
func plainTag(text []byte) (name []byte, end, ok bool) {
	at := 1
	if end = len(text) > 1 && text[1] == '/'; end {
		at++
	}
	start := at
	for at < len(text) && (isLetter(text[at]) || at > start && (text[at] >= '0' && text[at] <= '9' || text[at] == '-')) {
		at++
	}
	return text[min(start, len(text)):at], end, len(text) > 0 && text[0] == '<' && at > start && at < len(text) && text[at] == '>'
}
