package markdown

import (
	"iter"
	"math"
	"slices"

	"copydesk/pipeline"

	"golang.org/x/net/html"
)

// read makes the tree of parsed HTML. targets are the ids that links lead to; read removes those it finds.
// rendered is true for what was rendered from Markdown, whose headings have ids that nobody gave them. places are
// where the start tags are that have an attribute for it.
func read(doc *html.Node, targets map[string]bool, rendered bool, o Options) (root *block, places []pipeline.Span) {
	b := &builder{Options: o, links: map[link]*link{}, targets: targets}
	b.survey(doc)
	root = &block{kind: document}
	root.kids = b.inside(doc, false)
	b.headingIDs(root, rendered)
	if len(b.notes) > 0 {
		root.kids = append(root.kids, &block{kind: notes, kids: b.notes})
	}
	return root, b.places
}

// A builder is one run of read.
type builder struct {
	Options
	out     []*block // finished blocks of the one that is being read
	segs    []seg    // of the paragraph that is being read
	apart   bool     // that paragraph is a p
	flat    int      // within how many headings: blocks in them are text
	marks   marks
	link    *link
	links   map[link]*link
	targets map[string]bool // ids that links of the document lead to
	labels  map[string]bool // of footnotes
	notes   []*block
	places  []pipeline.Span // of start tags
}

// survey looks for the footnotes that there are, before the rest is read.
func (b *builder) survey(doc *html.Node) {
	for n := doc; n != nil; n = following(n) {
		if n.Type != html.ElementNode || !isFootnotes(n) {
			continue
		}
		for item := range footnotes(n) {
			if b.labels == nil {
				b.labels = map[string]bool{}
			}
			b.labels[noteLabel(item)] = true
		}
	}
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

// inside gives the blocks in an element. apart is true for those of a p.
func (b *builder) inside(n *html.Node, apart bool) []*block {
	return b.collect(apart, n.ChildNodes())
}

// collect gives the blocks that nodes make. apart is true for those of a p.
func (b *builder) collect(apart bool, nodes iter.Seq[*html.Node]) []*block {
	out, segs, was := b.out, b.segs, b.apart
	b.out, b.segs, b.apart = nil, b.segs[len(b.segs):], apart // What is free behind the segments is used again.
	for n := range nodes {
		b.node(n)
	}
	b.flush()
	kids := b.out
	b.out, b.segs, b.apart = out, segs, was
	return kids
}

func (b *builder) children(n *html.Node) {
	for c := range n.ChildNodes() {
		b.node(c)
	}
}

// visit notes the place of a start tag, if losses may be found later.
func (b *builder) visit(n *html.Node) {
	if b.HTML != Never {
		return
	}
	if span, ok := placeOf(n); ok {
		b.places = append(b.places, span)
	}
}

// at is the place of the last start tag, as an index in places and one more; 0 where there are none.
func (b *builder) at() int32 { return int32(min(len(b.places), math.MaxInt32)) }

// flush ends the paragraph that is being read.
func (b *builder) flush() {
	if b.flat > 0 {
		b.segs = append(b.segs, seg{kind: text, text: " ", marks: b.marks, link: b.link})
		return
	}
	if len(b.segs) == 0 {
		return
	}
	segs := normalized(b.segs)
	b.segs = b.segs[:0]
	if len(segs) > 0 {
		b.out = append(b.out, &block{kind: paragraph, segs: segs, apart: b.apart, at: int(segs[0].at)})
	}
}

// add adds a block behind the paragraph that is being read.
func (b *builder) add(k *block) {
	b.flush()
	b.out = append(b.out, k)
}

func (b *builder) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		b.segs = append(b.segs, seg{kind: text, text: n.Data, marks: b.marks, link: b.link, at: b.at()})
	case html.DocumentNode:
		b.children(n)
	case html.CommentNode:
		b.comment(n)
	case html.ElementNode:
		b.element(n)
	}
}

func (b *builder) element(n *html.Node) {
	b.visit(n)
	if b.keeps() && b.isWhole(n) {
		b.whole(n)
		return
	}
	if isHidden(n.Data) || n.Data == "button" && isCopyButton(n) {
		return
	}
	if b.flat == 0 && b.block(n) {
		return
	}
	switch n.Data {
	case "br":
		b.segs = append(b.segs, seg{kind: lineBreak})
	case "img":
		b.image(n)
	case "noscript":
		if hasText(n) {
			b.children(n)
			return
		}
		if !hasAlt(n) { // A pixel that counts readers, or the twin of a picture that a script shows.
			return
		}
		fallthrough
	case "iframe", "video", "audio", "embed", "object":
		b.segs = append(b.segs, seg{kind: media, text: outer(n, b.Attrs == All), link: b.link})
	case "a":
		b.anchor(n)
	default:
		if label, ok := b.reference(n); ok {
			b.segs = append(b.segs, seg{kind: noteRef, text: label, marks: b.marks})
			return
		}
		if isBlock(n.Data) {
			b.flush()
		}
		b.place(n)
		b.rest(n)
	}
}

// rest reads an element that is text, marked or not, or holds blocks and is nothing itself.
func (b *builder) rest(n *html.Node) {
	if m := markOf(n.Data); m != 0 {
		was := b.marks
		b.marks |= m
		b.children(n)
		b.marks = was
		return
	}
	if isBlock(n.Data) {
		was := b.apart
		b.apart = n.Data == "p"
		b.children(n)
		b.flush()
		b.apart = was
		return
	}
	b.children(n)
}

// block reads an element that is a block of its own.
func (b *builder) block(n *html.Node) bool {
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		b.heading(n)
	case "hr":
		b.add(&block{kind: rule})
	case "pre":
		b.listing(n, n)
	case "blockquote":
		b.add(b.placed(n, &block{kind: quote}, b.inside(n, false)))
	case "ul", "ol", "menu", "dir":
		b.list(n)
	case "dl":
		b.definitions(n)
	case "table":
		if code := gutterListing(n); code != nil {
			b.listing(code, n)
		} else {
			b.table(n)
		}
	case "figure":
		b.figure(n)
	case "figcaption":
		b.add(b.placed(n, &block{kind: caption, attrs: b.attributes(n)}, b.inside(n, false)))
	case "details":
		b.add(b.placed(n, &block{kind: details, attrs: b.attributes(n)}, b.inside(n, false)))
	case "summary":
		b.add(b.placed(n, &block{kind: summary, attrs: b.attributes(n)}, b.inside(n, false)))
	default:
		return b.wrapper(n)
	}
	return true
}

// wrapper reads an element that holds other blocks, if it is more than that.
func (b *builder) wrapper(n *html.Node) bool {
	switch {
	case (n.Data == "div" || n.Data == "section") && len(b.notes) == 0 && isFootnotes(n):
		b.flush()
		b.footnotes(n)
	case b.isContainer(n):
		b.add(b.placed(n, &block{kind: container, name: n.Data, attrs: b.attributes(n)}, b.inside(n, false)))
	default:
		return false
	}
	return true
}

func (b *builder) heading(n *html.Node) {
	b.flush()
	h := &block{kind: heading, level: int(n.Data[1] - '0'), at: int(b.at())}
	segs := b.segs
	b.segs = b.segs[len(b.segs):]
	b.flat++
	h.text, _ = attr(n, "id")
	b.children(n)
	b.flat--
	h.segs = normalized(b.segs)
	b.segs = segs
	b.out = append(b.out, h)
}

// figure reads a figure with a caption; without one it is nothing but what is in it.
func (b *builder) figure(n *html.Node) {
	kids := b.inside(n, false)
	if slices.ContainsFunc(kids, func(k *block) bool { return k.kind == caption }) {
		b.add(b.placed(n, &block{kind: figure, attrs: b.attributes(n)}, kids))
		return
	}
	if b.isContainer(n) {
		b.add(b.placed(n, &block{kind: container, name: n.Data, attrs: b.attributes(n)}, kids))
		return
	}
	b.flush()
	b.out = append(b.out, kids...)
}
