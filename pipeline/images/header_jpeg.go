package images

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
)

// The markers of JPEG (ITU-T T.81, table B.1) that are looked at.
const (
	markerSOF0  = 0xc0
	markerSOF2  = 0xc2
	markerSOF15 = 0xcf
	markerDHT   = 0xc4
	markerJPG   = 0xc8
	markerDAC   = 0xcc
	markerRST0  = 0xd0
	markerRST7  = 0xd7
	markerEOI   = 0xd9
	markerSOS   = 0xda
	markerAPP0  = 0xe0
	markerAPP1  = 0xe1
	markerAPP2  = 0xe2
	markerAPP14 = 0xee
	markerCOM   = 0xfe
)

// segment is one marker segment of a JPEG; that of SOS reaches over its entropy-coded data.
type segment struct {
	marker     byte
	start, end int    // in the file, marker included
	payload    []byte // after the length
}

// segments goes over the marker segments up to the first EOI or the end of the data.
// Bytes between segments are skipped, as decoders do.
func segments(data []byte) iter.Seq[segment] {
	return func(yield func(segment) bool) {
		for at := 2; ; {
			i := nextMarker(data, at)
			if i < 0 {
				return
			}
			s := segment{marker: data[i+1], start: i, end: i + 2}
			if s.marker == markerEOI {
				yield(s)
				return
			}
			if i+4 > len(data) {
				return
			}
			n := int(binary.BigEndian.Uint16(data[i+2:]))
			s.end = min(i+2+max(n, 2), len(data))
			s.payload = data[i+4 : max(s.end, i+4)]
			if s.marker == markerSOS {
				if s.end = nextMarker(data, s.end); s.end < 0 {
					s.end = len(data)
				}
			}
			if !yield(s) {
				return
			}
			at = s.end
		}
	}
}

// nextMarker finds the next 0xFF with a marker behind it that begins a segment or is EOI, or -1.
func nextMarker(data []byte, at int) int {
	for {
		i := bytes.IndexByte(data[at:], 0xff)
		if i < 0 || at+i+1 >= len(data) {
			return -1
		}
		at += i
		switch m := data[at+1]; {
		case m == 0xff:
			at++
		case m < markerSOF0, m >= markerRST0 && m <= markerRST7:
			at += 2
		default:
			return at
		}
	}
}

func jpegHeader(data []byte) (header, error) {
	var h header
	found := false
	for s := range segments(data) {
		switch {
		case s.marker == markerAPP1 && h.orientation <= upright:
			h.orientation = exifOrientation(s.payload)
		case s.marker == markerSOS:
			if !found {
				return h, errors.New("its header names no size")
			}
			return h, nil
		case s.marker >= markerSOF0 && s.marker <= markerSOF15 &&
			s.marker != markerDHT && s.marker != markerJPG && s.marker != markerDAC:
			if found {
				return h, errors.New("its header names two sizes")
			}
			found = true
			if err := h.frame(s); err != nil {
				return h, err
			}
		}
	}
	return h, errTruncated
}

// frame reads a start of frame.
func (h *header) frame(s segment) error {
	switch s.marker {
	case 0xc3, 0xc7, 0xcb, 0xcf:
		return errors.New("lossless JPEG is not supported")
	case 0xc5, 0xc6:
		return errors.New("hierarchical JPEG is not supported")
	case 0xc9, 0xca, 0xcd, 0xce:
		return errors.New("JPEG with arithmetic coding is not supported")
	}
	p := s.payload
	if len(p) < 6 || len(p) < 6+3*int(p[5]) {
		return errTruncated
	}
	if p[0] != 8 {
		return fmt.Errorf("JPEG of %d bits a sample is not supported", p[0])
	}
	h.h, h.w = int(binary.BigEndian.Uint16(p[1:])), int(binary.BigEndian.Uint16(p[3:]))
	h.gray = p[5] == 1
	return nil
}
