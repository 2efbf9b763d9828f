package markdown

import (
	"fmt"
	"math/bits"

	"copydesk/pipeline"
)

// lose notes something that is lost of the tree.
func (p *prover) lose(at int32, format string, args ...any) {
	var span pipeline.Span
	if at > 0 && int(at) <= len(p.places) {
		span = p.places[at-1]
	}
	p.lost.loseAt(span, fmt.Sprintf(format, args...))
}

// loseMark takes marks from segments, since without tags they would not be read there.
func (p *prover) loseMark(segs []seg, m marks) {
	p.unmarked = true
	for ; m != 0; m &= m - 1 {
		one := marks(1) << bits.TrailingZeros16(uint16(m))
		var shown string
		at := int32(0)
		for i := range segs {
			if segs[i].marks&one == 0 {
				continue
			}
			if segs[i].marks &^= one; segs[i].kind == text {
				shown += segs[i].text
			}
			if at == 0 {
				at = segs[i].at
			}
		}
		if at > 0 || shown != "" {
			p.lose(at, "<%s> around %s, whose text stays: its mark would not be read here", one.tag(), quoted(shown))
		}
	}
}

// unmark takes the marks from a block that does not read back as it is, then items of lists that nothing is in. Where it
// has none, it is left as it is.
func (p *prover) unmark(b *block) {
	marked := false
	b.texts(func(k *block) {
		if p.alone(k) {
			return
		}
		for i := range k.segs {
			marked = marked || k.segs[i].marks != 0
		}
		p.loseMark(k.segs, strong|emphasis|deleted|code)
	})
	b.left = !marked && !p.dropEmpty(b)
	b.texts(func(k *block) { // Less may do now, and must, since it will at the second pass.
		k.segs, k.rung = normalized(k.segs), plainest
	})
}

// dropEmpty takes away items of lists that nothing is in.
func (p *prover) dropEmpty(b *block) (dropped bool) {
	kids := b.kids[:0]
	for _, k := range b.kids {
		if k.kind == item && k.empty() {
			p.lose(int32(k.at), "an item of a list that nothing is in")
			dropped = true
			continue
		}
		dropped = p.dropEmpty(k) || dropped
		if k.kind != list || len(k.kids) > 0 {
			kids = append(kids, k)
		}
	}
	b.kids = kids
	return dropped
}
