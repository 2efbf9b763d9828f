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
	var ids HeadingIDs
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() == ast.KindHeading && entering {
			n.SetAttributeString("id", []byte(ids.Next(plainText(n, reader.Source()))))
		}
		if n.Type() == ast.TypeInline || n.Kind() == ast.KindHeading || n.Kind() == ast.KindParagraph {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

// HeadingIDs gives the headings of a document the ids that Render gives them. The zero value is ready for the
// first heading.
type HeadingIDs struct {
	used map[string]int // id -> the number that was last put behind it
}

// Next is the id of the next heading, which has the given text.
func (h *HeadingIDs) Next(text string) string {
	if h.used == nil {
		h.used = map[string]int{}
	}
	id := slug(text)
	candidate := id
	for {
		if _, taken := h.used[candidate]; !taken {
			h.used[candidate] = 0
			return candidate
		}
		h.used[id]++
		candidate = id + "-" + strconv.Itoa(h.used[id])
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
