package jpeg

import (
	"bytes"
	"encoding/binary"
)

// The sizes of the buffer of clean data, in bytes. One block takes at most 65 codes of 16 bits with
// values of 15, which is 252 bytes, and eight bytes more are looked at.
const (
	chunkSize = 32 << 10
	blockSize = 264
)

// bitReader reads entropy-coded data. Its bytes are freed of the zeros that are stuffed behind each 0xFF,
// a chunk at a time and up to the next marker, so that whoever decodes a block tests for nothing:
// behind the data there are zeros.
type bitReader struct {
	acc uint64 // the next bits, the first one on top
	n   uint   // how many of them are taken in; below them are more of the same, or zeros
	pos int    // in buf, of the next byte to take in
	end int    // of the clean bytes in buf
	low int    // the position from which on prepare has to look for more
	// stopped says that all bytes up to a marker or the end of the file are in buf; dry, that more
	// bits were read than that.
	stopped bool
	dry     bool
	src     *input // the file
	at      int    // in src, of what is not yet in buf
	buf     [chunkSize + 2*blockSize]byte
}

// start begins to read at an offset of the file.
func (b *bitReader) start(src *input, at int) {
	b.src, b.at = src, at
	b.reset()
}

// reset forgets what is in the buffer, and goes on at b.at.
func (b *bitReader) reset() {
	b.acc, b.n, b.pos, b.end = 0, 0, 0, 0
	b.stopped, b.dry = false, false
	b.more()
}

// prepare makes sure that the next block can be read without a test.
func (b *bitReader) prepare() {
	if b.pos >= b.low {
		b.more()
	}
}

// more fills the buffer, or sees whether the data is used up.
func (b *bitReader) more() {
	if b.stopped {
		if 8*b.pos-int(b.n) > 8*b.end {
			b.dry = true
		}
		// Behind the end all is zeros. The position may not run out of the buffer; where it
		// stands there makes a difference to dry alone.
		b.pos = min(b.pos, b.end+8)
		return
	}
	rest := copy(b.buf[:], b.buf[b.pos:max(b.pos, b.end)])
	b.pos, b.end = 0, rest
	b.unstuff()
	clear(b.buf[b.end : b.end+2*blockSize])
	b.low = b.end - blockSize
	if b.stopped {
		b.low = b.end
	}
}

// unstuff copies data up to the end of the chunk or the next marker.
func (b *bitReader) unstuff() {
	for b.end < chunkSize && !b.stopped {
		src := b.src.from(b.at, 2)
		part := src[:min(len(src), chunkSize-b.end)]
		i := bytes.IndexByte(part, 0xff)
		if i < 0 {
			i = len(part)
		}
		b.end += copy(b.buf[b.end:], part[:i])
		b.at += i
		switch next := src[i:]; {
		case b.at+1 >= b.src.size:
			b.stopped = true
		case i == len(part), len(next) < 2:
		case next[1] == 0:
			b.buf[b.end] = 0xff
			b.end++
			b.at += 2
		case next[1] == 0xff: // a fill byte
			b.at++
		default:
			b.stopped = true
		}
	}
}

// fill takes in bytes, so that there are 56 bits or more.
func (b *bitReader) fill() {
	b.acc |= binary.BigEndian.Uint64(b.buf[b.pos:]) >> (b.n & 63)
	b.pos += int((63 - b.n) >> 3)
	b.n |= 56
}

// read gives the next n bits, at most 16; it needs room for them, as prepare made it.
func (b *bitReader) read(n uint) uint32 {
	if b.n < 16 {
		b.fill()
	}
	v := uint32(b.acc >> 1 >> (63 - n))
	b.acc <<= n
	b.n -= n
	return v
}

// symbol decodes one entry of a table: its jump and its value.
func (b *bitReader) symbol(h *huffman) (jump int, value int32) {
	if b.n < 32 {
		b.fill()
	}
	e := h.value[b.acc>>(64-valueBits)]
	if uint8(e) == 0 {
		e = h.complete(b.acc, e)
	}
	b.acc <<= e & 63
	b.n -= uint(e & 63)
	return int(e >> 8 & 255), int32(e) >> 16
}
