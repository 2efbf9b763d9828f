package sanitize

import (
	"hash/maphash"
	"sync"
)

// maxAnswers is how many answers of bluemonday are remembered, about tags of so many bytes: the same short tags come
// again and again, in a body and in those of one archive. At their bound the answers are all forgotten.
const (
	maxAnswers    = 1000
	maxRemembered = 120
)

// Answers are what bluemonday wrote of start tags that it was served, for one goroutine at a time. What it writes of
// a start tag depends on nothing else, since no element is dropped with what stands in it (see Policy.build).
type answers struct {
	seed  maphash.Seed
	known map[string]string
	seen  [4096]uint32 // marks of tags that were asked about once, of which most never come again
}

// newAnswers gives what pools the answers of a policy.
func newAnswers() *sync.Pool {
	return &sync.Pool{New: func() any { return &answers{seed: maphash.MakeSeed(), known: map[string]string{}} }}
}

// find returns what bluemonday wrote of a tag, if that is known.
func (a *answers) find(served []byte) (wrote string, ok bool) {
	wrote, ok = a.known[string(served)]
	return wrote, ok
}

// learn takes what bluemonday wrote of a tag. It remembers that when the tag comes for the second time.
func (a *answers) learn(served []byte, wrote string) {
	if len(served) > maxRemembered {
		return
	}
	hash := maphash.Bytes(a.seed, served)
	mark := &a.seen[hash%uint64(len(a.seen))]
	if *mark != uint32(hash>>32) {
		*mark = uint32(hash >> 32)
		return
	}
	if len(a.known) >= maxAnswers {
		clear(a.known)
	}
	a.known[string(served)] = wrote
}
