package images

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"io"
)

// pngRows reads the pixels of a PNG some rows at a time, so that they need not be in memory all at once: of one with eight
// bits a sample that is not interlaced, and in which nothing is wrong up to the pixels. The pixels are those that decode gives.
type pngRows struct {
	colour      byte
	size        int // of a pixel, in bytes
	palette     [256][4]byte
	entries     int         // of the palette that the file has
	transparent bool        // it tells of their transparency
	packed      []io.Reader // the payloads of IDAT
	unpacked    io.Reader
	row         []byte // the filter's number and the samples
	above       []byte // the same of the row before
}

var errRows = errors.New("its rows are not as they should be")

// newPNGRows makes what reads a PNG; false says that the whole picture has to be decoded.
func newPNGRows(data []byte, h header) (*pngRows, bool) {
	p := &pngRows{}
	for i := range p.palette {
		p.palette[i][3] = 0xff // As decode has the colours that a palette does not have.
	}
	last := ""
	for c := range chunks(data) {
		if c.end < 0 || binary.BigEndian.Uint32(data[c.end-4:]) != crc32.ChecksumIEEE(data[c.start+4:c.end-4]) || !p.take(c, last) {
			return nil, false
		}
		last = c.name
	}
	if last != "IEND" || p.packed == nil {
		return nil, false
	}
	unpacked, err := zlib.NewReader(io.MultiReader(p.packed...))
	if err != nil {
		return nil, false
	}
	p.unpacked = unpacked
	p.row, p.above = make([]byte, 1+p.size*h.w), make([]byte, 1+p.size*h.w)
	return p, true
}

// take takes in a chunk, and tells whether it may stand behind the last one.
func (p *pngRows) take(c chunk, last string) bool {
	switch c.name {
	case "IHDR":
		if last != "" || len(c.payload) != 13 {
			return false
		}
		p.colour = c.payload[9]
		p.size = map[byte]int{pngGray: 1, pngTrueColor: 3, pngPalette: 1, pngGrayAlpha: 2, pngTrueAlpha: 4}[p.colour]
		return p.size > 0 && c.payload[8] == 8 && [3]byte(c.payload[10:]) == [3]byte{}
	case "PLTE":
		again := p.entries > 0
		p.entries = len(c.payload) / 3
		for i := range min(p.entries, len(p.palette)) {
			copy(p.palette[i][:3], c.payload[3*i:])
		}
		fits := p.entries > 0 && p.entries <= len(p.palette) && len(c.payload)%3 == 0
		return fits && !again && p.packed == nil && p.colour != pngGray && p.colour != pngGrayAlpha
	case "tRNS":
		again := p.transparent
		p.transparent = true
		for i, alpha := range c.payload[:min(len(c.payload), p.entries)] {
			p.palette[i][3] = alpha
		}
		return !again && p.colour == pngPalette && len(c.payload) <= p.entries && p.packed == nil
	case "IDAT":
		p.packed = append(p.packed, bytes.NewReader(c.payload))
		return (len(p.packed) == 1 || last == c.name) && (p.colour != pngPalette || p.entries > 0)
	case "IEND":
		return len(c.payload) == 0
	}
	return true
}

// read fills a picture with the next rows.
func (p *pngRows) read(to *image.NRGBA) error {
	for y := range to.Rect.Dy() {
		if _, err := io.ReadFull(p.unpacked, p.row); err != nil || p.row[0] > 4 {
			return errRows
		}
		unfilter(p.row[0], p.row[1:], p.above[1:], p.size)
		p.pixels(to.Pix[y*to.Stride:][:4*to.Rect.Dx()])
		p.row, p.above = p.above, p.row
	}
	return nil
}

// end sees whether there is nothing behind the last row, and the checksum is right.
func (p *pngRows) end() error {
	if n, err := io.Copy(io.Discard, io.LimitReader(p.unpacked, 1)); n != 0 || err != nil {
		return errRows
	}
	return nil
}

// unfilter gives a row its samples back, from what is left and above of each (ISO/IEC 15948, 9.2).
func unfilter(filter byte, row, above []byte, size int) {
	above = above[:len(row)]
	switch filter {
	case 1: // left
		for i := size; i < len(row); i++ {
			row[i] += row[i-size]
		}
	case 2: // up
		for i, up := range above {
			row[i] += up
		}
	case 3: // average
		for i := range min(size, len(row)) {
			row[i] += above[i] / 2
		}
		for i := size; i < len(row); i++ {
			row[i] += uint8((int(row[i-size]) + int(above[i])) / 2)
		}
	case 4:
		paeth(row, above, size)
	}
}

// paeth adds to each sample the one of its three neighbours that is nearest to the left and the one above less the one
// between them (ISO/IEC 15948, 9.4). It goes over the row once for each sample of a pixel.
func paeth(row, above []byte, size int) {
	for first := range min(size, len(row)) {
		var left, corner int
		for i := first; i < len(row) && i < len(above); i += size {
			up := int(above[i])
			toLeft, toUp := up-corner, left-corner
			toCorner := toLeft + toUp
			toLeft, toUp, toCorner = max(toLeft, -toLeft), max(toUp, -toUp), max(toCorner, -toCorner)
			switch {
			case toLeft <= toUp && toLeft <= toCorner:
				left += int(row[i])
			case toUp <= toCorner:
				left = up + int(row[i])
			default:
				left = corner + int(row[i])
			}
			left &= 0xff
			row[i], corner = uint8(left), up
		}
	}
}

// pixels turns the samples of the row into pixels.
func (p *pngRows) pixels(to []byte) {
	row := p.row[1:]
	switch p.colour {
	case pngTrueAlpha:
		copy(to, row)
	case pngTrueColor:
		for ; len(to) >= 4 && len(row) >= 3; to, row = to[4:], row[3:] {
			to[0], to[1], to[2], to[3] = row[0], row[1], row[2], 0xff
		}
	case pngGrayAlpha:
		for ; len(to) >= 4 && len(row) >= 2; to, row = to[4:], row[2:] {
			to[0], to[1], to[2], to[3] = row[0], row[0], row[0], row[1]
		}
	case pngPalette:
		for i, index := range row {
			copy(to[4*i:4*i+4], p.palette[index][:])
		}
	default:
		for i, level := range row {
			to[4*i], to[4*i+1], to[4*i+2], to[4*i+3] = level, level, level, 0xff
		}
	}
}
