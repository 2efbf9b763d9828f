package images

import (
	"encoding/binary"
	"errors"
	"iter"
)

// webpChunks goes over the chunks of a WebP file (RFC 9649, section 2.3); the last may be cut.
func webpChunks(data []byte) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		for at := int64(12); at+8 <= int64(len(data)); {
			n := int64(binary.LittleEndian.Uint32(data[at+4:]))
			end := min(at+8+n, int64(len(data)))
			if !yield(string(data[at:at+4]), data[at+8:end]) {
				return
			}
			at += 8 + n + n&1
		}
	}
}

func webpHeader(data []byte) (header, error) {
	var h header
	canvas, alpha := false, false
	for name, p := range webpChunks(data) {
		switch name {
		case "VP8X":
			if len(p) < 10 {
				return h, errTruncated
			}
			canvas, alpha = true, p[0]&16 != 0
			h.animated = p[0]&2 != 0
			h.w, h.h = 1+uint24(p[4:]), 1+uint24(p[7:])
		case "ANMF":
			h.animated = true
		case "VP8 ", "VP8L":
			w, hh, ok := webpFrame(name, p)
			if !ok {
				return h, errTruncated
			}
			if canvas && (w != h.w || hh != h.h) {
				return h, errors.New("its headers disagree about the size")
			}
			h.w, h.h = w, hh
			h.lossless = name == "VP8L"
			h.decoded = webpMemory(h, name, alpha, len(data))
			return h, nil
		}
		if h.animated {
			return h, nil
		}
	}
	return h, errors.New("the file ends before its pixels")
}

func uint24(p []byte) int { return int(p[0]) | int(p[1])<<8 | int(p[2])<<16 }

// webpFrame reads the sides from a lossy (RFC 6386, 9.1) or lossless (RFC 9649, 3.4) bit stream.
func webpFrame(name string, p []byte) (w, h int, ok bool) {
	if name == "VP8L" {
		if len(p) < 5 || p[0] != 0x2f {
			return 0, 0, false
		}
		bits := binary.LittleEndian.Uint32(p[1:])
		return 1 + int(bits&0x3fff), 1 + int(bits>>14&0x3fff), true
	}
	if len(p) < 10 || string(p[3:6]) != "\x9d\x01\x2a" {
		return 0, 0, false
	}
	return int(binary.LittleEndian.Uint16(p[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(p[8:]) & 0x3fff), true
}

// webpMemory counts planes and alpha of a lossy picture, or the pixels of a lossless one before and
// after its transforms and its groups of Huffman codes, of which each takes 2 bytes of file and
// about 2,800 of memory, and there are at most 65,536 and one for 4 x 4 pixels.
func webpMemory(h header, name string, alpha bool, size int) int64 {
	groups := 2800 * min(65536, int64(size)/2, h.pixels()/16+1)
	if name == "VP8L" {
		return 8*h.pixels() + groups
	}
	memory := 2*h.pixels() + 4*h.pixels()
	if alpha { // It is a lossless picture inside.
		memory += 9*h.pixels() + groups
	}
	return memory
}
