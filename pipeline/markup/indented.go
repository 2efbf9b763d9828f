package markup

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"copydesk/pipeline"
)

// blockParser reads the blocks of CommonMark and nothing in them.
var blockParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...))
})

// IndentedCode returns the spans in body (HTML) that CommonMark would read as indented code, were the
// body taken for Markdown. A span begins with the indent of its first line and ends before the line
// break of its last. A body beyond the limits of Markdown has none.
func IndentedCode(body []byte) []pipeline.Span {
	source := trimBOM(body)
	if !hasIndent(source) || checkMarkdown(source) != nil {
		return nil
	}
	var spans []pipeline.Span
	base := len(body) - len(source)
	root := blockParser().Parse(text.NewReader(source))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() == ast.KindCodeBlock && entering && n.Lines().Len() > 0 {
			spans = append(spans, codeSpan(source, n.Lines()).Shift(base))
		}
		return ast.WalkContinue, nil
	})
	return spans
}

func codeSpan(source []byte, lines *text.Segments) pipeline.Span {
	span := pipeline.Span{Start: lines.At(0).Start, End: lines.At(lines.Len() - 1).Stop}
	for span.Start > 0 && (source[span.Start-1] == ' ' || source[span.Start-1] == '\t') {
		span.Start--
	}
	for span.Len() > 0 && (source[span.End-1] == '\n' || source[span.End-1] == '\r') {
		span.End--
	}
	return span
}

// hasIndent tells whether a line has four columns of white space before its text, or behind the marks
// of quotes and lists that it begins with. There is no indented code without.
func hasIndent(source []byte) bool {
	for len(source) > 0 {
		line := source
		if i := bytes.IndexByte(source, '\n'); i >= 0 {
			line = source[:i]
		}
		source = source[min(len(line)+1, len(source)):]
		line = bytes.TrimRight(line, " \t\r")
		mark := line[:len(line)-len(bytes.TrimLeft(line, " \t>-+*0123456789.)"))]
		if bytes.IndexByte(mark, '\t') >= 0 || bytes.Contains(mark, []byte("    ")) {
			return true
		}
	}
	return false
}
