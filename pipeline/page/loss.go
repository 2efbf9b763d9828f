package page

import (
	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/matter"
)

// A Loss is something in the front matter that the built-in template does not show.
type Loss struct {
	Span  pipeline.Span // of the key and its value, in the document's Text
	Key   string
	What  string // what it would have been, "" for a key that has no place in a page
	Wants string // what the value is not
}

// lose tells of a value that a page can't have.
func (p *Page) lose(value, what, wants string) {
	l := Loss{What: what, Wants: wants}
	for _, e := range p.front.Entries {
		if article.Names(e.Key) && holds(e.Value, value) {
			l.Span, l.Key = e.Span, e.Key
			break
		}
	}
	p.lost = append(p.lost, l)
}

// holds tells whether a value is a text, or has it in it.
func holds(n *matter.Node, text string) (found bool) {
	n.Walk(func(_ string, n *matter.Node) { found = found || n.Text() == text })
	return found
}

// Lost tells what of the front matter the built-in template does not show: values that are not what their
// keys promise, and keys that have no place in a page.
func (p *Page) Lost() []Loss {
	lost := p.lost
	if p.front == nil || p.front.Kind != matter.Mapping {
		return lost
	}
	for _, e := range p.front.Entries {
		if !article.Names(e.Key) {
			lost = append(lost, Loss{Span: e.Span, Key: e.Key})
		}
	}
	return lost
}
