package markup

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// headingIDs gives every heading an id made of its text, as GitHub does: lower case, letters and digits
// of any script kept, spaces as hyphens, a number behind those that were there before.
type headingIDs struct{}

// Extend implements goldmark.Extender.
func (headingIDs) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(headingIDs{}, 1000)))
}

// Transform implements parser.ASTTransformer.
func (headingIDs) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	used := map[string]int{} // id -> the number that was last put behind it
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() == ast.KindHeading && entering {
			n.SetAttributeString("id", []byte(unused(used, slug(plainText(n, reader.Source())))))
		}
		if n.Type() == ast.TypeInline || n.Kind() == ast.KindHeading || n.Kind() == ast.KindParagraph {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

func unused(used map[string]int, id string) string {
	candidate := id
	for {
		if _, taken := used[candidate]; !taken {
			used[candidate] = 0
			return candidate
		}
		used[id]++
		candidate = id + "-" + strconv.Itoa(used[id])
	}
}

func slug(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(text)) {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte('-')
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r), r == '-', r == '_':
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		return "heading"
	}
	return b.String()
}
