package images

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"

	"copydesk/pipeline/images/jpeg"
)

// A hand makes one picture after another. There are as many as pictures may be made at once, in all articles.
type hand struct {
	file []byte // room for the picture file in hand
	head []byte // and for the beginning of one that is large
	room []byte
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

// largeFile is the least size of a file that need not be in memory as a whole, and headSize how much of it is, in bytes:
// the segments before the first scan of most.
const (
	largeFile = 512 << 10
	headSize  = 64 << 10
)

// read reads a picture file within a limit of bytes. What it gives is good until it reads the next one, or the file is
// closed. Of a large JPEG whose data is decoded from the first byte to the last, it keeps the beginning alone.
func (h *hand) read(f *File, limit int64) (content, error) {
	tooLarge := func(size int64) error {
		return fmt.Errorf("it has %d bytes, more than the limit of %d; raise it with --max-picture-size", size, limit)
	}
	if f.Size > limit {
		return content{}, tooLarge(f.Size)
	}
	var head []byte
	if file, ok := f.ReadCloser.(storedFile); ok && f.Size >= largeFile {
		if h.head == nil {
			h.head = make([]byte, headSize)
		}
		n, err := io.ReadFull(f, h.head)
		if head = h.head[:n]; err == nil && isOneWay(head) {
			c, err := h.sum(f, file, limit)
			if err == nil && c.size > limit {
				err = tooLarge(c.size)
			}
			return c, err
		}
	}
	if need := int(max(f.Size, 0)) + bytes.MinRead; need > cap(h.file) {
		h.file = make([]byte, 0, (need+handful-1)/handful*handful)
	}
	b := bytes.NewBuffer(append(h.file[:0], head...))
	_, err := b.ReadFrom(io.LimitReader(f, limit+1-int64(len(head))))
	h.file = b.Bytes()
	if n := int64(len(h.file)); err == nil && n > limit {
		err = tooLarge(n)
	}
	return inMemory(h.file), err
}

// isOneWay tells whether a picture file is a JPEG whose data is decoded from the first byte to the last.
func isOneWay(head []byte) bool {
	p, err := jpeg.Open(head)
	return err == nil && !p.Progressive
}

// sum reads what is behind the head of a file for its checksum alone.
func (h *hand) sum(f *File, file storedFile, limit int64) (c content, err error) {
	if c.stat, err = file.Stat(); err != nil {
		return c, err
	}
	if h.room == nil {
		h.room = make([]byte, jpeg.WindowSize)
	}
	sum := sha256.New()
	sum.Write(h.head)
	rest := io.LimitReader(f, limit+1-headSize)
	n, err := io.CopyBuffer(sum, rest, h.room)
	c.data, c.rest, c.size, c.window = h.head, file, headSize+n, h.room
	sum.Sum(c.sum[:0])
	return c, err
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
	defer func() { _ = f.Close() }() // It was only read.
	t.file = f
	c, err := h.read(f, a.MaxBytes)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return &made{err: err}, nil
	}
	m, err := a.make(ctx, c, t.sizes)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return &made{err: err}, nil
	}
	own := *m // The article's own copy: another one may have the same picture elsewhere.
	own.place = t.place
	if f.Name == "" && c.size <= int64(a.originals) {
		own.original = bytes.Clone(c.data) // The next file is read into the same bytes.
	}
	if IsRemote(t.place) {
		own.store(c.data)
	}
	return &own, nil
}
