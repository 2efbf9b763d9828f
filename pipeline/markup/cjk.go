package markup

import (
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// cjkEmphasis reads marks of emphasis as the parser in it does, and lets * and ~ between punctuation and a character
// of Chinese, Japanese or Korean open and close as well: **港口，**关闭. CommonMark takes such a mark for text, since
// these languages have no spaces between words. The rule is that of the amendment markdown-cjk-friendly.
type cjkEmphasis struct{ parser.InlineParser }

// Parse implements parser.InlineParser.
func (e cjkEmphasis) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, _ := block.PeekLine()
	n := e.InlineParser.Parse(parent, block, pc)
	d, ok := n.(*parser.Delimiter)
	if !ok || d.Char == '_' || d.OriginalLength >= len(line) {
		return n
	}
	after := util.ToRune(line, d.OriginalLength)
	d.CanOpen = d.CanOpen || IsCJK(before) && util.IsPunctRune(after)
	d.CanClose = d.CanClose || IsCJK(after) && util.IsPunctRune(before)
	return n
}

// IsCJK tells whether a character is one of Chinese, Japanese or Korean: a letter, or punctuation of their width.
func IsCJK(r rune) bool {
	return r >= 0x1100 && (unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Yi) ||
		r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF)
}
