package markup

import (
	"slices"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// markdown reads and renders CommonMark, GFM and footnotes. It is safe for concurrent use.
var markdown = sync.OnceValue(func() goldmark.Markdown {
	return newGoldmark(extension.GFM, extension.Footnote, headingIDs{})
})

// newGoldmark makes a goldmark of CommonMark and the extensions that keeps raw HTML, and whose parser
// notes the ends of links.
func newGoldmark(extensions ...goldmark.Extender) goldmark.Markdown {
	inline := slices.Clone(parser.DefaultInlineParsers())
	for i, p := range inline {
		if p.Value == parser.NewLinkParser() {
			inline[i].Value = newLinkParser()
		}
	}
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(parser.DefaultBlockParsers()...),
			parser.WithInlineParsers(inline...),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		)),
		goldmark.WithRendererOptions(html.WithUnsafe()),
		goldmark.WithExtensions(extensions...),
	)
}

// linkEnds holds the offset where each link and each image ends: goldmark keeps where they begin only.
type linkEnds map[ast.Node]int

var linkEndsKey = parser.NewContextKey()

// record is the option that has a parse fill in the ends.
func (e linkEnds) record() parser.ParseOption {
	context := parser.NewContext()
	context.Set(linkEndsKey, e)
	return parser.WithContext(context)
}

// A linkParser is goldmark's parser of links and images; it notes where they end.
type linkParser struct {
	parser.InlineParser
	parser.CloseBlocker
}

func newLinkParser() parser.InlineParser {
	p := parser.NewLinkParser()
	return linkParser{p, p.(parser.CloseBlocker)}
}

// Parse implements parser.InlineParser.
func (p linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	n := p.InlineParser.Parse(parent, block, pc)
	if n != nil && (n.Kind() == ast.KindLink || n.Kind() == ast.KindImage) {
		if ends, ok := pc.Get(linkEndsKey).(linkEnds); ok {
			_, at := block.Position()
			ends[n] = at.Start
		}
	}
	return n
}
