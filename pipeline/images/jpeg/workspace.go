package jpeg

import (
	"image"
	"sync"
)

// workspace is room that pictures are decoded in, one after the other: most take about as much.
type workspace struct {
	decoder decoder
	tables  []*huffman // of which so many are in use
	inUse   int
	rows    slab[int64]
	weights slab[int16]
	places  slab[int32]
	shares  slab[float64]
	samples slab[uint8] // of thumbnails
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// The most that is kept from one picture to the next: Huffman tables, bytes of each slab, and those of samples.
const (
	keptTables  = 8
	keptBytes   = 128 << 10
	keptSamples = 256 << 10
)

// start makes room for a picture.
func (w *workspace) start(p *Picture) *decoder {
	w.tables = w.tables[:min(len(w.tables), keptTables)]
	w.inUse = 0
	w.rows.reset(keptBytes / 8)
	w.weights.reset(keptBytes / 2)
	w.places.reset(keptBytes / 4)
	w.shares.reset(keptBytes / 8)
	w.samples.reset(keptSamples)
	w.decoder.Picture, w.decoder.room = p, w
	return &w.decoder
}

// release lets go of the picture, and takes the workspace back.
func (w *workspace) release() {
	w.decoder = decoder{}
	workspaces.Put(w)
}

// huffman gives a table that is empty but for the room for look-ups that it has.
func (w *workspace) huffman() *huffman {
	if w.inUse == len(w.tables) {
		w.tables = append(w.tables, new(huffman))
	}
	h := w.tables[w.inUse]
	w.inUse++
	*h = huffman{symbol: h.symbol[:0], skips: h.skips, twos: h.twos, firsts: h.firsts}
	return h
}

// gray makes a plane of samples.
func (w *workspace) gray(size image.Point) *image.Gray {
	return &image.Gray{Pix: w.samples.take(size.X * size.Y), Stride: size.X, Rect: image.Rectangle{Max: size}}
}

// slab is room that slices are taken from.
type slab[T uint8 | int16 | int32 | int64 | float64] struct {
	room  []T
	used  int
	asked int
}

// take gives a slice of zeros.
func (s *slab[T]) take(n int) []T {
	s.asked += n
	if n > len(s.room)-s.used {
		return make([]T, n)
	}
	part := s.room[s.used : s.used+n : s.used+n]
	s.used += n
	clear(part)
	return part
}

// reset takes all back, and makes room for as much as was asked for, but for no more than most.
func (s *slab[T]) reset(most int) {
	if s.asked > len(s.room) && len(s.room) < most {
		s.room = make([]T, min(s.asked, most))
	}
	s.used, s.asked = 0, 0
}
