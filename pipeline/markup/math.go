package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The longest formulas, in bytes, so that what is none takes no long search.
const (
	maxInlineMath  = 1_000
	maxDisplayMath = 10_000
)

// Math says which formulas stay as they are written, for a program that sets them in the reader's browser.
type Math string

// What is taken for a formula.
const (
	Dollars Math = "dollars" // $…$ and $$…$$; a price is none, since a blank stands in front of its second $
	TeX     Math = "tex"     // those, \(…\) and \[…\]
	NoMath  Math = "off"     // nothing
)

var kindMath = ast.NewNodeKind("Math")

// A mathSpan is a formula in a text, its marks included; its children are raw texts.
type mathSpan struct{ ast.BaseInline }

// Kind implements ast.Node.
func (*mathSpan) Kind() ast.NodeKind { return kindMath }

// Dump implements ast.Node.
func (n *mathSpan) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// mathInline reads formulas in a text.
type mathInline struct{ tex bool }

// Trigger implements parser.InlineParser.
func (m mathInline) Trigger() []byte {
	if m.tex {
		return []byte{'$', '\\'}
	}
	return []byte{'$'}
}

// Parse implements parser.InlineParser.
func (m mathInline) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	p := pc.(*parse)
	line, segment := block.PeekLine()
	switch {
	case bytes.HasPrefix(line, []byte("$$")):
		return display(p, block, "$$", maxDisplayMath)
	case bytes.HasPrefix(line, []byte(`\[`)):
		return display(p, block, `\]`, maxDisplayMath)
	case bytes.HasPrefix(line, []byte(`\(`)):
		return display(p, block, `\)`, maxInlineMath)
	case line[0] == '\\':
		return nil
	}
	if before := block.PrecendingCharacter(); before == '$' || before < 0x80 && isWord(byte(before)) {
		return nil
	}
	line = line[:min(len(line), maxInlineMath)]
	end := dollar(line)
	if end == 0 {
		p.work += len(line)
		return nil
	}
	block.Advance(end + 1)
	n := &mathSpan{}
	n.AppendChild(n, ast.NewRawTextSegment(segment.WithStop(segment.Start+end+1)))
	return n
}

// dollar is the offset of the $ that ends the formula that a line begins with, 0 without one. No blank
// stands inside of the marks, and no letter or digit behind the last.
func dollar(line []byte) int {
	if len(line) < 3 || isSpace(line[1]) || line[1] == '$' {
		return 0
	}
	for i := 1; i < len(line) && line[i] != '`'; i++ {
		switch {
		case line[i] == '\\':
			i++
		case line[i] == '$' && !isSpace(line[i-1]) && (i+1 == len(line) || !isWord(line[i+1]) && line[i+1] != '$'):
			return i
		}
	}
	return 0
}

func isWord(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

// display reads a formula over lines of a paragraph, from a mark of two bytes to its end mark, which has to
// come within so many bytes.
func display(p *parse, block text.Reader, end string, room int) ast.Node {
	l, pos := block.Position()
	n, size := &mathSpan{}, 0
	for {
		line, segment := block.PeekLine()
		if line == nil || size > room || bytes.IndexByte(line, '`') >= 0 {
			block.SetPosition(l, pos)
			return nil
		}
		from := 0
		if size == 0 {
			from = 2
		}
		if at := bytes.Index(line[from:], []byte(end)); at >= 0 && size+at > 0 {
			stop := from + at + len(end)
			n.AppendChild(n, ast.NewRawTextSegment(segment.WithStop(segment.Start+stop)))
			block.Advance(stop)
			return n
		}
		n.AppendChild(n, ast.NewRawTextSegment(segment))
		size += len(line)
		p.work += len(line) + 200
		block.AdvanceLine()
	}
}

// A mathBlock is a formula between two lines that hold $$ alone.
type mathBlock struct{ ast.BaseBlock }

var kindMathBlock = ast.NewNodeKind("MathBlock")

// Kind implements ast.Node.
func (*mathBlock) Kind() ast.NodeKind { return kindMathBlock }

// IsRaw implements ast.Node.
func (*mathBlock) IsRaw() bool { return true }

// Dump implements ast.Node.
func (n *mathBlock) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// mathBlocks reads formulas that stand apart.
type mathBlocks struct{}

// Trigger implements parser.BlockParser.
func (mathBlocks) Trigger() []byte { return []byte{'$'} }

// Open implements parser.BlockParser.
func (mathBlocks) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if !isMathFence(line) {
		return nil, parser.NoChildren
	}
	p := pc.(*parse)
	rest := p.source[segment.Stop:]
	rest = rest[:min(len(rest), maxDisplayMath)]
	p.work += len(rest)
	at := bytes.Index(rest, []byte("$$"))
	if at < 0 || !isMathFence(append([]byte("$$"), firstLine(rest[at+2:])...)) || !p.within(p.work, "steps of reading emphasis, links and code", maxWork, segment.Start) {
		return nil, parser.NoChildren
	}
	n := &mathBlock{}
	n.Lines().Append(segment)
	return n, parser.NoChildren
}

// Continue implements parser.BlockParser.
func (mathBlocks) Continue(n ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, segment := reader.PeekLine()
	n.Lines().Append(segment)
	if isMathFence(line) || bytes.HasSuffix(bytes.TrimRight(line, " \t\r\n"), []byte("$$")) {
		reader.AdvanceToEOL()
		return parser.Close
	}
	return parser.Continue | parser.NoChildren
}

// Close implements parser.BlockParser.
func (mathBlocks) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser.
func (mathBlocks) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser.
func (mathBlocks) CanAcceptIndentedLine() bool { return false }

// isMathFence tells whether a line holds $$ alone.
func isMathFence(line []byte) bool { return string(bytes.TrimSpace(line)) == "$$" }

func firstLine(rest []byte) []byte {
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	return line
}

// mathRenderer writes formulas as they are.
type mathRenderer struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (mathRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindMath, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) { return ast.WalkContinue, nil })
	r.Register(kindMathBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			_, _ = w.WriteString("</p>\n")
			return ast.WalkContinue, nil
		}
		_, _ = w.WriteString("<p>")
		_, _ = w.Write(util.EscapeHTML(bytes.TrimSpace(n.Lines().Value(source))))
		return ast.WalkContinue, nil
	})
}
