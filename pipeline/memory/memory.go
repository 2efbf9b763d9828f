// Package memory says how far garbage may grow before it is collected, and gives back what only the start needed.
package memory

import (
	"os"
	"runtime"
	"runtime/debug"
)

// seldom is set while the program starts, before it has made much: packages are initialized in the order of their
// paths, as soon as those that they import are (The Go Programming Language Specification, "Program initialization"),
// so this one comes before the libraries that compile tables when they are. Otherwise these fill the heap, and a
// quarter of the time of a run over one article goes into the collection of what nobody needs collected.
var seldom = collectSeldom()

// collectSeldom lets garbage grow to four times of what is in use, unless the environment says how far. Articles are
// small and short-lived, and runs over one end before there is any need.
func collectSeldom() bool {
	if os.Getenv("GOGC") != "" {
		return false
	}
	debug.SetGCPercent(400)
	return true
}

// Work is what a run has to do.
type Work int

// The kinds of work.
const (
	OneArticle   Work = iota // that is small
	LargeArticle             // one that is only looked at
	LargeEdit                // one that is changed: it is there twice, with what is known of both
	Articles
	Pictures
)

// Tune sets the limit above which garbage is collected as often as it takes, and has it collected as usual, where it is
// not one small article: so one of 50 MB that is looked at takes no more than ten times that. With articles,
// what it returns is to be kept while the run lasts: memory that nobody touches, which therefore takes none but counts as
// in use, so that garbage is collected each time there is as much of it. Without, what is in use of many articles goes up
// and down by so much that memory is given back and taken again all the time. Pictures have such memory of their own, the
// room for their files, and most runs over one article end before there is any need; the code that started the program is
// as much again, and is given back.
func Tune(work Work) (ballast []byte) {
	limit := int64(512 << 20)
	switch work {
	case LargeEdit:
		limit = 640 << 20
	case Pictures:
		limit = 800 << 20
		forgetStart()
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
	if !seldom || work == OneArticle {
		return nil
	}
	if work == Pictures {
		collectAsUsualAfterFirst()
		return nil
	}
	if work == Articles {
		ballast = make([]byte, 24<<20)
	}
	debug.SetGCPercent(100)
	return ballast
}

// collectAsUsualAfterFirst has garbage collected for the first time when there are 32 MB, eight times of the runtime's
// 4 MB, and from then on as usual.
func collectAsUsualAfterFirst() {
	debug.SetGCPercent(800)
	unused := new([64]byte)
	runtime.AddCleanup(unused, func(percent int) { debug.SetGCPercent(percent) }, 100)
}
