package markup

import (
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown reads and renders CommonMark, GFM, footnotes and definition lists, and leaves formulas between dollars
// alone, within the limits. Its parser must be run by a parse. It is safe for concurrent use.
var markdown = sync.OnceValue(func() goldmark.Markdown {
	m := extended(false)
	addMath(m, false)
	addPlainRuns(m)
	return m
})

func addPlainRuns(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithInlineParsers(util.Prioritized(plainRuns{}, -1)))
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(plainRuns{}, 500)))
}

func addMath(m goldmark.Markdown, tex bool) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(mathBlocks{}, 650)),
		parser.WithInlineParsers(guarded(someInline, mathInline{tex}, 50)),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(mathRenderer{}, 500)))
}

// addTypographer adds typographic quotes, dashes and ellipses. <<Quotes>> stay: they hold a tag.
func addTypographer(m goldmark.Markdown) {
	marks := extension.WithTypographicSubstitutions(map[extension.TypographicPunctuation][]byte{
		extension.LeftDoubleQuote: []byte("“"), extension.RightDoubleQuote: []byte("”"),
		extension.LeftSingleQuote: []byte("‘"), extension.RightSingleQuote: []byte("’"), extension.Apostrophe: []byte("’"),
		extension.EnDash: []byte("–"), extension.EmDash: []byte("—"), extension.Ellipsis: []byte("…"),
		extension.LeftAngleQuote: nil, extension.RightAngleQuote: nil,
	})
	m.Parser().AddOptions(parser.WithInlineParsers(guarded(quoteInline, extension.NewTypographerParser(marks), 9999)))
}

func extended(cjk bool) goldmark.Markdown {
	m := commonMark(cjk)
	m.Parser().AddOptions(
		parser.WithBlockParsers(
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(footnoteGuard{extension.NewFootnoteBlockParser()}, 999),
		),
		parser.WithInlineParsers(
			guarded(someInline, extension.NewTaskCheckBoxParser(), 0),
			guarded(footnoteInline, extension.NewFootnoteParser(), 101),
			guarded(emphasisInline, emphasis(extension.NewStrikethroughParser(), cjk), 500),
			guarded(bareLinkInline, extension.NewLinkifyParser(), 999),
		),
		parser.WithParagraphTransformers(util.Prioritized(tableGuard{extension.NewTableParagraphTransformer()}, 200)),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
			util.Prioritized(headingIDs{}, 1000),
		),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(
		util.Prioritized(extension.NewTableHTMLRenderer(), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
		util.Prioritized(extension.NewTaskCheckBoxHTMLRenderer(), 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(), 500),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
	))
	return m
}

// commonMark reads and renders CommonMark alone, and keeps raw HTML.
func commonMark(cjk bool) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(parser.DefaultBlockParsers()...),
			parser.WithInlineParsers(
				guarded(codeInline, parser.NewCodeSpanParser(), 100),
				guarded(linkInline, parser.NewLinkParser(), 200),
				guarded(someInline, parser.NewAutoLinkParser(), 300),
				guarded(htmlInline, plainTags{parser.NewRawHTMLParser()}, 400),
				guarded(emphasisInline, emphasis(parser.NewEmphasisParser(), cjk), 500),
			),
			parser.WithParagraphTransformers(
				util.Prioritized(definitionGuard{parser.LinkReferenceParagraphTransformer}, 100),
			),
		)),
		goldmark.WithRendererOptions(html.WithUnsafe(), html.WithWriter(textWriter)),
	)
}

// emphasis is a parser of emphasis, one that minds Chinese, Japanese and Korean if wanted.
func emphasis(p parser.InlineParser, cjk bool) parser.InlineParser {
	if cjk {
		return cjkEmphasis{p}
	}
	return p
}

func guarded(kind inlineKind, p parser.InlineParser, priority int) util.PrioritizedValue {
	g := guard{p, kind}
	switch c := p.(type) {
	case parser.CloseBlocker:
		return util.Prioritized(closingGuard{g, c.CloseBlock}, priority)
	case interface {
		CloseBlock(parent ast.Node, pc parser.Context)
	}: // The typographer, whose open quotes would last for the whole document.
		return util.Prioritized(closingGuard{g, func(parent ast.Node, _ text.Reader, pc parser.Context) { c.CloseBlock(parent, pc) }}, priority)
	}
	return util.Prioritized(g, priority)
}
