package images

import (
	"encoding/binary"
	"errors"
	"iter"
)

// chunk is one chunk of a PNG.
type chunk struct {
	name       string
	start, end int // in the file, length and checksum included
	payload    []byte
}

// chunks goes over the chunks of a PNG up to IEND; of one that the file's end cuts, the payload
// that there is, with an end of -1.
func chunks(data []byte) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		for at := 8; at+8 <= len(data); {
			n := int64(binary.BigEndian.Uint32(data[at:]))
			c := chunk{name: string(data[at+4 : at+8]), start: at, end: -1}
			if end := int64(at) + 12 + n; end <= int64(len(data)) {
				c.end = int(end)
				c.payload = data[at+8 : c.end-4]
			} else {
				c.payload = data[at+8 : min(int64(len(data)), int64(at)+8+n)]
			}
			if !yield(c) || c.end < 0 || c.name == "IEND" {
				return
			}
			at = c.end
		}
	}
}

// The colour types of PNG (ISO/IEC 15948, table 11.1).
const (
	pngGray      = 0
	pngTrueColor = 2
	pngPalette   = 3
	pngGrayAlpha = 4
	pngTrueAlpha = 6
)

func pngHeader(data []byte) (header, error) {
	var h header
	var bits, colour byte
	seen, transparent := false, false
	for c := range chunks(data) {
		switch c.name {
		case "IHDR":
			if seen || len(c.payload) != 13 {
				return h, errors.New("its header chunk is broken")
			}
			seen = true
			h.w, h.h = int(binary.BigEndian.Uint32(c.payload)), int(binary.BigEndian.Uint32(c.payload[4:]))
			bits, colour, h.interlaced = c.payload[8], c.payload[9], c.payload[12] != 0
		case "acTL":
			h.animated = true
		case "tRNS":
			transparent = true
		case "eXIf":
			h.orientation = tiffOrientation(c.payload)
		case "IDAT":
			h.gray = colour == pngGray && !transparent
			h.decoded = pngMemory(h, bits, colour, transparent)
			return h, nil
		}
		if !seen {
			return h, errors.New("its header chunk is missing")
		}
	}
	if !seen {
		return h, errTruncated
	}
	return h, errors.New("the file ends before its pixels")
}

// pngMemory counts the picture that image/png makes, the passes of an interlaced one, and the copy
// where the decoder's pixels can't be used as they are.
func pngMemory(h header, bits, colour byte, transparent bool) int64 {
	perPixel, copied := int64(4), int64(0)
	switch {
	case bits == 16 && colour == pngGray && !transparent:
		perPixel, copied = 2, 4
	case bits == 16:
		perPixel, copied = 8, 4
	case colour == pngPalette, colour == pngGray && !transparent:
		perPixel, copied = 1, 4
	}
	if h.interlaced {
		perPixel += (perPixel + 1) / 2
	}
	return h.pixels() * (perPixel + copied)
}
