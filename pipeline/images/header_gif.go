package images

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// gifHeader reads the logical screen of a GIF and walks over its blocks (GIF89a, section 17 ff.)
// to see whether there is a second frame. Where the first does not fit, the picture is as large as it takes,
// as browsers have it.
func gifHeader(data []byte) (header, error) {
	var h header
	if len(data) < 13 {
		return h, errTruncated
	}
	h.w, h.h = int(binary.LittleEndian.Uint16(data[6:])), int(binary.LittleEndian.Uint16(data[8:]))
	frames := 0
	for block := range gifBlocks(data) {
		if block.kind != gifFrame {
			continue
		}
		if frames++; frames > 1 {
			h.animated = true
			break
		}
		f := block.data
		x, y := int(binary.LittleEndian.Uint16(f)), int(binary.LittleEndian.Uint16(f[2:]))
		w, hh := int(binary.LittleEndian.Uint16(f[4:])), int(binary.LittleEndian.Uint16(f[6:]))
		h.w, h.h = max(h.w, x+w), max(h.h, y+hh)
	}
	if frames == 0 {
		return h, errors.New("the file ends before its pixels")
	}
	h.decoded = 5 * h.pixels()
	return h, nil
}

// The kinds of block in a GIF that matter here.
const (
	gifFrame   = ','
	gifExtend  = '!'
	gifTrailer = ';'
)

type gifBlock struct {
	kind byte
	at   int    // in the file
	data []byte // of a frame its descriptor, of an extension its label
}

// gifBlocks goes over frames and extensions, and the trailer that ends them.
func gifBlocks(data []byte) func(yield func(gifBlock) bool) {
	return func(yield func(gifBlock) bool) {
		at := 13 + gifTable(data[10])
		for at < len(data) {
			b := gifBlock{kind: data[at], at: at}
			size := gifBlockSize(b.kind)
			if size == 0 || at+size > len(data) {
				return
			}
			b.data = data[at+1 : at+size]
			at += size
			if b.kind == gifFrame {
				at += gifTable(b.data[8]) + 1 // the least code size
			}
			if !yield(b) || b.kind == gifTrailer {
				return
			}
			at = skipSubBlocks(data, at)
		}
	}
}

// gifBlockSize is the fixed part of a block with its introducer, 0 for what is no block.
func gifBlockSize(kind byte) int {
	switch kind {
	case gifFrame:
		return 10
	case gifExtend:
		return 2
	case gifTrailer:
		return 1
	}
	return 0
}

// gifTable is the size in bytes of the colour table that flags tell of.
func gifTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (1 + flags&7)
}

func skipSubBlocks(data []byte, at int) int {
	for at < len(data) {
		n := int(data[at])
		at += 1 + n
		if n == 0 {
			break
		}
	}
	return at
}

// gifScreen gives the file with another logical screen.
func gifScreen(data []byte, h header) io.Reader {
	screen := append([]byte(nil), data[:13]...)
	binary.LittleEndian.PutUint16(screen[6:], uint16(h.w))
	binary.LittleEndian.PutUint16(screen[8:], uint16(h.h))
	return io.MultiReader(bytes.NewReader(screen), bytes.NewReader(data[13:]))
}
