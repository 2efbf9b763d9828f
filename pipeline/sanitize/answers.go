package sanitize

import (
	"hash/maphash"
	"sync"
)

// maxAnswers is how many answers of bluemonday are remembered, about tags and attributes of so many bytes: the same short
// ones come again and again, in a body and in those of one archive. At their bound the answers are all forgotten.
const (
	maxAnswers    = 1000
	maxRemembered = 120
)

// The answers are what bluemonday said of start tags and of attributes, for one goroutine at a time. What it writes of
// a start tag depends on nothing else, since no element is dropped with what stands in it (see Policy.build).
type answers struct {
	seed  maphash.Seed
	tags  map[string]string          // what it wrote, by what it was served
	attrs map[string]map[string]bool // whether it kept an attribute, by the element and by the attribute as it was spelled
	count int                        // of attrs
	seen  [4096]uint32               // marks of what was asked about once, of which most never comes again
}

// A desk is what one pass over a body after another works with.
type desk struct {
	answers answers
	nest    *nesting
}

// newDesks gives what pools the desks of a policy.
func newDesks() *sync.Pool {
	return &sync.Pool{New: func() any {
		known := answers{seed: maphash.MakeSeed(), tags: map[string]string{}, attrs: map[string]map[string]bool{}}
		return &desk{known, newNesting()}
	}}
}

// tag returns what bluemonday wrote of a tag, if that is known.
func (a *answers) tag(served []byte) (wrote string, ok bool) {
	wrote, ok = a.tags[string(served)]
	return wrote, ok
}

// attribute tells whether bluemonday kept an attribute of an element, if that is known.
func (a *answers) attribute(element string, spelled []byte) (kept, ok bool) {
	kept, ok = a.attrs[element][string(spelled)]
	return kept, ok
}

// learn takes what bluemonday wrote of a tag.
func (a *answers) learn(served []byte, wrote string) {
	if !a.again("", served) {
		return
	}
	if len(a.tags) >= maxAnswers {
		clear(a.tags)
	}
	a.tags[string(served)] = wrote
}

// learnAttribute takes whether bluemonday kept an attribute.
func (a *answers) learnAttribute(element string, spelled []byte, kept bool) {
	if !a.again(element, spelled) {
		return
	}
	if a.count >= maxAnswers {
		clear(a.attrs)
		a.count = 0
	}
	if a.attrs[element] == nil {
		a.attrs[element] = map[string]bool{}
	}
	a.attrs[element][string(spelled)] = kept
	a.count++
}

// again tells whether something is to be remembered: it is short, and was asked about before.
func (a *answers) again(element string, asked []byte) bool {
	if len(asked) > maxRemembered {
		return false
	}
	hash := maphash.Bytes(a.seed, asked) + maphash.String(a.seed, element)
	mark := &a.seen[hash%uint64(len(a.seen))]
	if *mark == uint32(hash>>32) {
		return true
	}
	*mark = uint32(hash >> 32)
	return false
}
