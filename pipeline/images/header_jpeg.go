package images

import (
	"encoding/binary"
	"iter"

	"copydesk/pipeline/images/jpeg"
)

// The markers of JPEG (ITU-T T.81, table B.1) that are looked at.
const (
	markerEOI   = 0xd9
	markerSOS   = 0xda
	markerAPP0  = 0xe0
	markerAPP1  = 0xe1
	markerAPP2  = 0xe2
	markerAPP14 = 0xee
	markerCOM   = 0xfe
)

// segment is one marker segment of a JPEG; in segments, that of SOS reaches over its entropy-coded data.
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
			s, ok := segmentAt(data, at)
			if !ok {
				return
			}
			if s.marker == markerSOS {
				if s.end = jpeg.NextMarker(data, s.end); s.end < 0 {
					s.end = len(data)
				}
			}
			if !yield(s) || s.marker == markerEOI {
				return
			}
			at = s.end
		}
	}
}

// leading goes over the marker segments before the first scan.
func leading(data []byte) iter.Seq[segment] {
	return func(yield func(segment) bool) {
		for at := 2; ; {
			s, ok := segmentAt(data, at)
			if !ok || s.marker == markerSOS || s.marker == markerEOI || !yield(s) {
				return
			}
			at = s.end
		}
	}
}

// segmentAt gives the segment at or behind an offset; that of SOS without its data.
func segmentAt(data []byte, at int) (s segment, ok bool) {
	i := jpeg.NextMarker(data, at)
	if i < 0 {
		return s, false
	}
	s = segment{marker: data[i+1], start: i, end: i + 2}
	if s.marker == markerEOI {
		return s, true
	}
	if i+4 > len(data) {
		return s, false
	}
	n := int(binary.BigEndian.Uint16(data[i+2:]))
	s.end = min(i+2+max(n, 2), len(data))
	s.payload = data[i+4 : max(s.end, i+4)]
	return s, true
}

func jpegHeader(data []byte) (header, error) {
	p, err := jpeg.Open(data)
	if err != nil {
		return header{}, err
	}
	h := header{w: p.Width, h: p.Height, gray: p.Gray}
	for s := range leading(data) {
		if h.orientation > upright {
			break
		}
		if s.marker == markerAPP1 {
			h.orientation = exifOrientation(s.payload)
		}
	}
	return h, nil
}
