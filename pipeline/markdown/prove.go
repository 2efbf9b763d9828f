package markdown

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"

	"golang.org/x/net/html"
)

// The bounds of proving.
const (
	maxRounds     = 8  // how often the whole document is written and read
	maxTries      = 40 // how often one block is
	workPerByte   = 64 // bytes that may be read again for each byte of the body, and
	minWork       = 4 << 20
	minOutput     = 16 << 20 // bytes of Markdown, or
	outputPerByte = 16       // so many for each byte of the body
)

// A Result is a body in Markdown.
type Result struct {
	Text     []byte
	Faithful bool   // it was read back, and says the same as the HTML but for the losses
	Losses   []Loss // what it does not say, in the order of the document
}

// Write gives the Markdown of an HTML body, as browsers without scripts show it. The error is a
// markup.LimitError for a body beyond the limits.
func Write(body []byte, o Options) (Result, error) {
	doc, err := markup.Tree(body)
	if err != nil {
		return Result{}, err
	}
	p := &prover{Options: o, budget: minWork + workPerByte*len(body)}
	if o.HTML == Never {
		if doc, err = markup.Tree(withPlaces(body)); err != nil {
			return Result{}, err
		}
		p.lost = lossesIn(doc, o)
		p.lost.bare(doc)
	} else {
		p.lost = losses(doc, body, o) // Reading changes the tree.
	}
	p.targets = targets(doc)
	var root *block
	root, p.places = p.tree(doc, false)
	if o.HTML == Never {
		p.clear(root)
	}
	p.root, p.size = root, len(body)-len(body)/8+256
	out, faithful := p.prove(root)
	if limit := max(minOutput, outputPerByte*len(body)); len(out) > limit {
		return Result{}, &markup.LimitError{Limit: "bytes of Markdown", Value: limit}
	}
	slices.SortStableFunc(p.lost.found, func(a, b Loss) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return Result{Text: out, Faithful: faithful, Losses: p.lost.found}, nil
}

// A prover writes a tree and reads it again until both say the same.
type prover struct {
	Options
	targets map[string]bool // ids that links lead to
	places  []pipeline.Span // of start tags in the source
	labels  []string        // of the footnotes
	lost    *lossFinder

	root     *block // of all of the document, whose Markdown
	size     int    // is so long about
	unmarked bool   // marks have been taken away since they could not be written, so that texts are to be joined
	budget   int    // bytes that may still be read
}

// tree reads HTML, which is rendered or the source.
func (p *prover) tree(doc *html.Node, rendered bool) (root *block, places []pipeline.Span) {
	return read(doc, maps.Clone(p.targets), rendered, p.Options)
}

// friendly reads Markdown as it is written with Options.CJK.
var friendly = sync.OnceValue(func() *markup.Renderer {
	return markup.NewRenderer(markup.Rendering{Math: markup.Dollars, CJK: true})
})

// back reads Markdown.
func (p *prover) back(md []byte) (*block, error) {
	p.budget -= len(md)
	show := markup.Shown
	if p.CJK {
		show = friendly().Shown
	}
	doc, err := show(md)
	if err != nil {
		return nil, err
	}
	root, _ := p.tree(doc, true)
	return root, nil
}

// prove gives the Markdown of a tree, and tells whether it reads back as the same.
func (p *prover) prove(root *block) (out []byte, ok bool) {
	for _, k := range root.kids {
		if k.kind == notes {
			for _, n := range k.kids {
				p.labels = append(p.labels, n.text)
			}
		}
	}
	if p.HTMLTables {
		root.spellTables()
	}
	for range maxRounds {
		out = p.write(root)
		if p.Unproven {
			return out, true
		}
		if p.readsQuickly(out, root) {
			return out, true
		}
		back, err := p.back(out)
		if err != nil {
			break
		}
		from, to := mismatch(root.kids, back.kids)
		if from == to {
			return out, true
		}
		if p.budget < 0 || !p.mend(root.kids[from:to]) {
			break
		}
	}
	if p.HTML == Never {
		return out, false
	}
	for _, k := range root.kids {
		k.rung = rawHTML
	}
	out = p.write(root)
	back, err := p.back(out)
	if err != nil {
		return out, false
	}
	from, to := mismatch(root.kids, back.kids)
	return out, from == to
}

// readsQuickly tells whether Markdown is so plain that its reading is known without the parser of Markdown, and says the same.
func (p *prover) readsQuickly(md []byte, root *block) bool {
	if p.CJK {
		return false
	}
	kids, ok := quickly(string(md))
	if !ok {
		return false
	}
	from, to := mismatch(root.kids, kids)
	return from == to
}

// mismatch is the range of blocks that are not the same in both lists.
func mismatch(want, got []*block) (from, to int) {
	for from < len(want) && from < len(got) && same(want[from], got[from]) {
		from++
	}
	if from == len(want) && from == len(got) {
		return 0, 0
	}
	to = len(want)
	for end := len(got); to > from && end > from && same(want[to-1], got[end-1]); end-- {
		to--
	}
	if from == to { // There is more than was wanted: the blocks on both sides are suspects.
		from, to = max(from-1, 0), min(to+1, len(want))
	}
	return from, to
}

// mend raises blocks that do not read back as they are, and separates those that read otherwise behind
// each other. It is false when there is nothing left to do.
func (p *prover) mend(suspects []*block) (done bool) {
	for _, k := range suspects {
		if k.kind != notes && !k.left && !p.alone(k) {
			p.climb(k)
			done = true
		}
	}
	if done || p.HTML == Never {
		return done
	}
	for _, k := range suspects[:min(2, len(suspects))] {
		if !k.separated && k.kind != notes {
			k.separated, done = true, true
		}
	}
	if done {
		return true
	}
	for _, k := range suspects[:min(2, len(suspects))] {
		if k.rung != rawHTML && k.kind != notes {
			k.rung, done = rawHTML, true
		}
	}
	return done
}

// climb raises a block, or what is guilty in it, until it reads back as it is.
func (p *prover) climb(b *block) {
	for range maxTries {
		if p.budget < 0 {
			break
		}
		got := p.read(b)
		if len(got) == 1 && same(b, got[0]) {
			return
		}
		if !p.raise(b, got) {
			break
		}
	}
	if p.HTML == Never {
		p.unmark(b)
		return
	}
	b.rung = rawHTML
}

// raise raises what is guilty of a block's reading as got.
func (p *prover) raise(b *block, got []*block) bool {
	if len(got) == 1 {
		path := difference(b, got[0])
		for i := len(path) - 1; i >= 0; i-- {
			if p.up(path[i]) {
				return true
			}
		}
		return false
	}
	raised := false
	b.texts(func(k *block) {
		if k != b && k.rung < tagged && !p.alone(k) {
			raised = p.up(k) || raised
		}
	})
	if raised {
		return true
	}
	b.texts(func(k *block) {
		if k.rung < tagged {
			raised = p.up(k) || raised
		}
	})
	return raised || p.up(b)
}

// spellTables has all tables written as HTML.
func (b *block) spellTables() {
	if b.kind == table {
		b.rung = tagged
	}
	for _, k := range b.kids {
		k.spellTables()
	}
}

// texts calls visit for each block that has text of its own.
func (b *block) texts(visit func(*block)) {
	if len(b.segs) > 0 {
		visit(b)
	}
	for _, k := range b.kids {
		k.texts(visit)
	}
}

// up raises a block by a rung, if there is one.
func (p *prover) up(b *block) bool {
	if p.HTML == Never && (b.rung >= escaped || b.kind != paragraph && b.kind != heading) {
		return false
	}
	switch b.kind {
	case item, row, cell, notes, note, comment:
		return false
	}
	if b.rung == rawHTML {
		return false
	}
	switch b.kind {
	case paragraph, heading:
		b.rung++
	case table:
		if b.rung < tagged {
			b.rung = tagged
		} else {
			b.rung = rawHTML
		}
	default:
		b.rung = rawHTML
	}
	return true
}

// difference is the way from a block down to the deepest one that differs from its counterpart.
func difference(a, b *block) []*block {
	ours, theirs := a.full(), b.full()
	if a.alike(b) && len(ours) == len(theirs) {
		for i := range ours {
			if !same(ours[i], theirs[i]) {
				return append([]*block{a}, difference(ours[i], theirs[i])...)
			}
		}
	}
	return []*block{a}
}

// alone tells whether a block by itself reads back as it is.
func (p *prover) alone(b *block) bool {
	got := p.read(b)
	return len(got) == 1 && same(b, got[0])
}

// read gives what a block by itself reads back as. Footnotes are made up, so that references are read.
func (p *prover) read(b *block) []*block {
	md := p.write(&block{kind: document, kids: []*block{b}})
	if len(p.labels) > 0 {
		var first, last strings.Builder
		for _, l := range p.labels {
			fmt.Fprintf(&first, "[^%s] ", l)
			fmt.Fprintf(&last, "\n[^%s]: x\n", l)
		}
		md = []byte(strings.TrimSpace(first.String()) + "\n\n" + string(md) + last.String())
	}
	back, err := p.back(md)
	if err != nil {
		return nil
	}
	if kids := back.kids; len(p.labels) > 0 {
		if len(kids) < 2 {
			return nil
		}
		return kids[1 : len(kids)-1]
	}
	return back.kids
}
