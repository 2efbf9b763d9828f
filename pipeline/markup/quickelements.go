package markup

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// An elementKind is what it takes for an element to stand where its tag does.
type elementKind byte

const (
	otherElement   elementKind = iota // more than is known here
	blockElement                      // no p is open
	lineElement                       // as a block; each of its lines is written behind a mark
	textElement                       // p
	titleElement                      // no p and no heading is open
	itemElement                       // it stands in a list
	entryElement                      // it stands in a list of definitions
	tableElement                      // as a block
	sectionElement                    // it stands in a table
	rowElement                        // it stands in a part of a table, which may have no tags
	cellElement                       // it stands in a row
	formatElement                     // it is not open
	phraseElement                     // it stands wherever text does
	emptyElement                      // it has no content
	ruleElement                       // nor this, and no p is open
	rawElementKind                    // it has no tags in it
)

func kindOf(a atom.Atom) elementKind {
	switch a {
	case atom.Div, atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer, atom.Main, atom.Nav, atom.Center, atom.Figure, atom.Figcaption,
		atom.Details, atom.Summary, atom.Address, atom.Ul, atom.Ol, atom.Dl, atom.Pre:
		return blockElement
	case atom.Blockquote:
		return lineElement
	case atom.P:
		return textElement
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return titleElement
	case atom.Li:
		return itemElement
	case atom.Dt, atom.Dd:
		return entryElement
	case atom.Table:
		return tableElement
	case atom.Thead, atom.Tbody, atom.Tfoot:
		return sectionElement
	case atom.Tr:
		return rowElement
	case atom.Td, atom.Th:
		return cellElement
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		return formatElement
	case atom.Span, atom.Sup, atom.Sub, atom.Kbd, atom.Mark, atom.Ins, atom.Del, atom.Abbr, atom.Cite, atom.Var, atom.Samp, atom.Q, atom.Dfn,
		atom.Time, atom.Picture, atom.Video, atom.Audio:
		return phraseElement
	case atom.Br, atom.Img, atom.Wbr, atom.Embed, atom.Source, atom.Track:
		return emptyElement
	case atom.Hr:
		return ruleElement
	case atom.Iframe:
		return rawElementKind
	}
	return otherElement
}

// opens tells whether an element may begin where the text is, and nothing else ends or begins with it.
func (q *quickTree) opens(kind elementKind, a atom.Atom) bool {
	top := q.top().DataAtom
	inTable := top == atom.Table || top == atom.Tr || kindOf(top) == sectionElement
	switch kind {
	case sectionElement:
		return top == atom.Table
	case rowElement:
		if top == atom.Table {
			body := q.node(html.ElementNode, atom.Tbody)
			q.top().AppendChild(body)
			q.open = append(q.open, body)
			return true
		}
		return kindOf(top) == sectionElement
	case cellElement:
		return top == atom.Tr
	}
	return !inTable && q.opensInText(kind, a)
}

// opensInText is as opens, outside of the parts of a table.
func (q *quickTree) opensInText(kind elementKind, a atom.Atom) bool {
	top := q.top().DataAtom
	switch kind {
	case formatElement:
		for _, n := range q.open {
			if n.DataAtom == a {
				return false
			}
		}
		return true
	case phraseElement, emptyElement, rawElementKind:
		return true
	}
	if q.inText {
		return false
	}
	switch kind {
	case textElement:
		q.inText = true
	case titleElement:
		if q.inTitle {
			return false
		}
		q.inTitle = true
	case tableElement:
		q.tables = true
	case itemElement, entryElement, lineElement:
		q.lines++
		if kind == itemElement && top != atom.Ul && top != atom.Ol || kind == entryElement && top != atom.Dl {
			return false
		}
	}
	return q.lines <= maxQuickLines
}
