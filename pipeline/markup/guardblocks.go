package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A definitionGuard keeps the reading of link reference definitions within the limits.
type definitionGuard struct{ parser.ParagraphTransformer }

// Transform implements parser.ParagraphTransformer.
func (g definitionGuard) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if n.Lines().Len() == 0 {
		return
	}
	p, first := pc.(*parse), n.Lines().At(0)
	last := n.Lines().At(n.Lines().Len() - 1)
	if text := p.source[first.Start:last.Stop]; !bytes.HasPrefix(bytes.TrimLeft(text, " \t\n\v\f\r"), []byte("[")) || !bytes.Contains(text, []byte("]:")) {
		return
	}
	// The time it takes grows with the square of the definitions in one paragraph.
	if p.within(n.Lines().Len(), "lines in a paragraph of references", maxReferences, first.Start) &&
		p.within(p.defined, "references", maxReferences, first.Start) {
		g.ParagraphTransformer.Transform(n, reader, pc)
	}
}

// A tableGuard keeps tables within the limits.
type tableGuard struct{ parser.ParagraphTransformer }

// Transform implements parser.ParagraphTransformer.
func (g tableGuard) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	p, lines := pc.(*parse), n.Lines()
	for i := 1; i < lines.Len(); i++ {
		line := lines.At(i)
		value := line.Value(p.source)
		if len(bytes.Trim(value, " \t\r\n-:|")) > 0 || !bytes.ContainsAny(value, ":|") {
			continue // Hyphens alone underline a heading, or are text.
		}
		p.cells += (lines.Len() - i) * (1 + bytes.Count(value, []byte("|")))
		if p.within(p.cells, "cells of tables", maxCells, line.Start) {
			g.ParagraphTransformer.Transform(n, reader, pc)
		}
		return
	}
}

// A footnoteGuard keeps the number of footnotes within the limits.
type footnoteGuard struct{ parser.BlockParser }

// Open implements parser.BlockParser.
func (g footnoteGuard) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	p := pc.(*parse)
	_, at := reader.Position()
	if p.footnotes > maxFootnotes {
		return nil, parser.NoChildren
	}
	n, state := g.BlockParser.Open(parent, reader, pc)
	if n != nil {
		p.footnotes++
		p.within(p.footnotes, "footnotes", maxFootnotes, at.Start)
	}
	return n, state
}
