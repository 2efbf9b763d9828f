package jpeg

import (
	"encoding/binary"
	"fmt"
	"io"
)

// input is a file of which the beginning or all is in memory, and of the rest a window.
type input struct {
	size   int
	head   []byte
	rest   io.ReaderAt // of the whole file; nil where the head is all
	window []byte
	at     int   // of the window in the file
	err    error // of reading
}

// WindowSize is that of the window of OpenAt, in bytes, at least: it holds the longest segment.
const WindowSize = 96 << 10

// from gives what is in memory from an offset of the file on: at least n bytes, or fewer where the file ends. It is good
// until the next call.
func (in *input) from(at, n int) []byte {
	if n = min(n, in.size-at); n <= 0 {
		return nil
	}
	if at+n <= len(in.head) {
		return in.head[at:]
	}
	if at < in.at || at+n > in.at+len(in.window) {
		in.load(at)
	}
	return in.window[at-in.at:]
}

// load moves the window. Where it can't be read the file ends.
func (in *input) load(at int) {
	n, err := in.rest.ReadAt(in.window[:min(cap(in.window), in.size-at)], int64(at))
	if in.at, in.window = at, in.window[:n]; n < min(cap(in.window), in.size-at) {
		in.size = at + n
		in.err = fmt.Errorf("read it again: %w", err)
	}
}

// segment gives the segment at or behind an offset, or false where there is none: at the end of
// the picture or of the data. Bytes between segments and restart markers are skipped; a segment that
// is cut off has what is there of it. Its payload is good until more is read.
func (in *input) segment(at int) (segment, bool) {
	for {
		part := in.from(at, 2)
		if i := NextMarker(part, 0); i >= 0 {
			at += i
			break
		}
		if at += len(part) - 1; len(part) < 2 { // The last byte may begin a marker.
			return segment{}, false
		}
	}
	part := in.from(at, 4)
	if len(part) < 4 || part[1] == markerEOI {
		return segment{}, false
	}
	marker, n := part[1], max(2, int(binary.BigEndian.Uint16(part[2:])))
	part = in.from(at, 2+n)
	end := max(min(2+n, len(part)), 4)
	return segment{marker, part[4:end], at + end}, true
}
