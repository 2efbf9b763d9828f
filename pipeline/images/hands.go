package images

import (
	"bytes"
	"context"
	"fmt"
	"io"
)

// A hand makes one picture after another. There are as many as pictures may be made at once, in all articles.
type hand struct {
	file []byte // room for the picture file in hand
}

// handful is what room for files grows by, in bytes: what no file has used takes no memory.
const handful = 8 << 20

func newHands(n int) chan *hand {
	hands := make(chan *hand, n)
	for range n {
		hands <- new(hand)
	}
	return hands
}

// read reads a picture file within a limit of bytes. What it gives is good until it reads the next one.
func (h *hand) read(f *File, limit int64) ([]byte, error) {
	tooLarge := func(size int64) error {
		return fmt.Errorf("it has %d bytes, more than the limit of %d; raise it with --max-picture-size", size, limit)
	}
	if f.Size > limit {
		return nil, tooLarge(f.Size)
	}
	if need := int(max(f.Size, 0)) + bytes.MinRead; need > cap(h.file) {
		h.file = make([]byte, 0, (need+handful-1)/handful*handful)
	}
	b := bytes.NewBuffer(h.file[:0])
	n, err := b.ReadFrom(io.LimitReader(f, limit+1))
	if err == nil && n > limit {
		err = tooLarge(n)
	}
	h.file = b.Bytes()
	return h.file, err
}

// task is one picture to make, for one article.
type task struct {
	want
	done     chan struct{} // closed when what follows is known; nil where nobody works on it but who asks
	file     *File         // as it was opened, closed again; nil if it could not be
	made     *made
	err      error // ctx's
	panicked any
}

// do makes the picture, when there is a hand.
func (a *article) do(ctx context.Context, t *task) {
	select {
	case h := <-a.hands:
		defer func() { a.hands <- h }()
		t.made, t.err = a.doBy(ctx, h, t)
	case <-ctx.Done():
		t.err = ctx.Err()
	}
}

func (a *article) doBy(ctx context.Context, h *hand, t *task) (*made, error) {
	f, err := a.open(ctx, t.place)
	if err != nil {
		return &made{err: err}, ctx.Err()
	}
	t.file = f
	data, err := h.read(f, a.MaxBytes)
	_ = f.Close() // It was only read.
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return &made{err: err}, nil
	}
	m, err := a.make(ctx, data, t.sizes)
	if err != nil {
		return nil, err
	}
	own := *m // The article's own copy: another one may have the same picture elsewhere.
	own.place = t.place
	if f.Name == "" && len(data) <= a.originals {
		own.original = bytes.Clone(data) // The next file is read into the same bytes.
	}
	if IsRemote(t.place) {
		own.store(data)
	}
	return &own, nil
}
