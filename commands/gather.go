package commands

import (
	"bufio"
	"io"
	"time"
)

// gatherTime is how old gathered output may become before the next write passes it on.
const gatherTime = 100 * time.Millisecond

// A gatherer passes on what is written to it in larger pieces, since a call for each of ten thousand articles takes
// a tenth of the time that they take.
type gatherer struct {
	*bufio.Writer
	passed time.Time // when something was passed on last
}

// gather makes one for output that nobody watches; a terminal gets each write as it comes.
func gather(w io.Writer, watched bool) io.Writer {
	if watched {
		return w
	}
	return &gatherer{bufio.NewWriterSize(w, 32<<10), time.Now()}
}

func (g *gatherer) Write(p []byte) (int, error) {
	n, err := g.Writer.Write(p)
	if now := time.Now(); err == nil && now.Sub(g.passed) > gatherTime {
		g.passed, err = now, g.Flush()
	}
	return n, err
}

// passOn has a writer pass on what it has gathered.
func passOn(w io.Writer) error {
	if g, ok := w.(*gatherer); ok {
		return g.Flush()
	}
	return nil
}
