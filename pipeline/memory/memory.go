// Package memory says how far garbage may grow before it is collected.
package memory

import (
	"os"
	"runtime/debug"
)

// ballast is memory that nobody touches, so that it takes none but counts as in use: garbage is first collected when
// there is as much, and then each time there is. Articles are small and short-lived, and most runs end before;
// without it, what is in use of many articles goes up and down by so much that memory is given back and taken again all
// the time. It is made while the program starts, before it has made much: packages are initialized in the order of
// their paths, as soon as those that they import are (The Go Programming Language Specification, "Program
// initialization"), so this one comes before the libraries that compile tables when they are. Otherwise these fill the
// heap, and a quarter of the time of a run over one article goes into the collection of what nobody needs collected.
var ballast = collectSeldom()

// collectSeldom makes the ballast, unless the environment says how often to collect.
func collectSeldom() []byte {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	return make([]byte, 24<<20)
}

// Tune sets the limit above which garbage is collected as often as it takes, and has it collected as usual where there
// are pictures or one large article: so an article of 50 MB takes no more than ten times that.
func Tune(pictures, large bool) {
	if ballast != nil && (pictures || large) {
		ballast = nil
	}
	limit := int64(512 << 20)
	if pictures {
		limit = 800 << 20
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
}
