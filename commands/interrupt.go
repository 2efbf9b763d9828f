package commands

import (
	"context"
	"io"
)

// interruptible is standard input that ends when the run is interrupted: a read of a terminal or
// a pipe may wait for ever.
type interruptible struct {
	ctx context.Context
	in  io.Reader
	buf []byte // what a read that is left behind may still write to; not used again after that
}

func (r *interruptible) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	if len(r.buf) < len(p) {
		r.buf = make([]byte, len(p))
	}
	type result struct {
		n   int
		err error
	}
	done := make(chan result, 1)
	buf := r.buf[:len(p)]
	go func() {
		n, err := r.in.Read(buf)
		done <- result{n, err}
	}()
	select {
	case got := <-done:
		return copy(p, buf[:got.n]), got.err
	case <-r.ctx.Done():
		return 0, r.ctx.Err()
	}
}
