package jpeg

import "bytes"

// The markers (T.81, table B.1) that are looked at.
const (
	markerSOF0  = 0xc0
	markerSOF2  = 0xc2
	markerSOF15 = 0xcf
	markerDHT   = 0xc4
	markerJPG   = 0xc8
	markerDAC   = 0xcc
	markerRST0  = 0xd0
	markerRST7  = 0xd7
	markerSOI   = 0xd8
	markerEOI   = 0xd9
	markerSOS   = 0xda
	markerDQT   = 0xdb
	markerDRI   = 0xdd
	markerAPP0  = 0xe0
	markerAPP14 = 0xee
)

// A FormatError says what is wrong with the data, so that it can't be decoded at all.
type FormatError string

func (e FormatError) Error() string { return string(e) }

// An UnsupportedError names the kind of JPEG that a picture is, which is valid, and not decoded here.
type UnsupportedError string

func (e UnsupportedError) Error() string { return string(e) + " is not supported" }

// segment is one marker segment: its marker, the bytes after its length, and the offset of what follows.
type segment struct {
	marker  byte
	payload []byte
	end     int
}

// NextMarker finds the next marker that begins a segment or is EOI, and gives the offset of its 0xFF, or -1.
func NextMarker(data []byte, at int) int {
	for at < len(data) {
		i := bytes.IndexByte(data[at:], 0xff)
		if i < 0 || at+i+1 >= len(data) {
			return -1
		}
		at += i
		switch m := data[at+1]; {
		case m == 0xff:
			at++
		case m < markerSOF0, m >= markerRST0 && m <= markerSOI:
			at += 2
		default:
			return at
		}
	}
	return -1
}
