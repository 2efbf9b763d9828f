// Package memory says how far garbage may grow before it is collected.
package memory

import (
	"os"
	"runtime/debug"
)

// seldom is set while the program starts, before it has made much: packages are initialized in the order of their
// paths, as soon as those that they import are (The Go Programming Language Specification, "Program initialization"),
// so this one comes before the libraries that compile tables when they are. Otherwise these fill the heap, and a
// quarter of the time of a run over one article goes into the collection of what nobody needs collected.
var seldom = collectSeldom()

// collectSeldom lets garbage grow to four times of what is in use, unless the environment says how far. Articles are
// small and short-lived, and most runs end before there is any need: it saves a third of the CPU time of many, too, for
// some 20 MB.
func collectSeldom() bool {
	if os.Getenv("GOGC") != "" {
		return false
	}
	debug.SetGCPercent(400)
	return true
}

// Tune sets the limit above which garbage is collected as often as it takes, and has it collected as usual where there
// are pictures or one large article: so an article of 50 MB takes no more than ten times that.
func Tune(pictures, large bool) {
	if (pictures || large) && seldom {
		debug.SetGCPercent(100)
	}
	limit := int64(512 << 20)
	if pictures {
		limit = 800 << 20
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
}
