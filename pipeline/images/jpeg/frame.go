package jpeg

import (
	"encoding/binary"
	"fmt"
	"io"
)

// model is how the components of a picture make colours.
type model int

const (
	modelGray  model = iota
	modelYCbCr       // Y'CbCr of JFIF, which is BT.601 with all 256 levels
	modelRGB
	modelCMYK // inverted, as Adobe writes it and browsers take it: 255 is no ink
	modelYCCK // CMYK of which CMY is stored as Y'CbCr
)

// Picture is a JPEG whose headers have been read.
type Picture struct {
	Width, Height int  // as stored, in pixels
	Progressive   bool // its scans refine the whole picture one after the other
	Gray          bool // it has one component

	data       *input
	model      model
	components []component
	hMax, vMax int // the largest sampling factors
	mcusX      int // minimum coded units in a row, of an interleaved scan
	mcusY      int
}

// component is one plane of a picture (T.81, A.1.1).
type component struct {
	id     byte
	h, v   int // sampling factors
	tq     byte
	width  int // samples that are shown, of the plane
	height int
	// Blocks: those that hold samples that are shown, which scans of one component code, and those
	// of whole minimum coded units, which interleaved scans code.
	blocksX, blocksY int
	paddedX, paddedY int
}

// Open reads the headers of a picture up to its first scan. The data is kept, and must not change.
// The error is an UnsupportedError for lossless, hierarchical, arithmetic and 12-bit JPEG, else a FormatError.
func Open(data []byte) (*Picture, error) { return open(&input{size: len(data), head: data}) }

// OpenAt is Open for a file of so many bytes of which only the first ones are in memory. The others are read when they
// are needed, and again for each call, into a window of WindowSize bytes or more; an error of that is one of Decode.
func OpenAt(head []byte, file io.ReaderAt, size int, window []byte) (*Picture, error) {
	return open(&input{size: size, head: head[:min(len(head), size)], rest: file, window: window[:0]})
}

func open(data *input) (*Picture, error) {
	if start := data.from(0, 4); len(start) < 4 || start[0] != 0xff || start[1] != markerSOI {
		return nil, FormatError("it does not begin as a JPEG does")
	}
	p := &Picture{data: data}
	var adobe, jfif bool
	var transform byte
	for at := 2; ; {
		s, ok := data.segment(at)
		switch {
		case !ok:
			return nil, FormatError("it ends before its first scan")
		case s.marker == markerSOS:
			if p.components == nil {
				return nil, FormatError("its header names no size")
			}
			return p, p.setModel(adobe, jfif, transform)
		case s.marker == markerAPP0 && len(s.payload) >= 5 && string(s.payload[:5]) == "JFIF\x00":
			jfif = true
		case s.marker == markerAPP14 && len(s.payload) >= 12 && string(s.payload[:5]) == "Adobe":
			adobe, transform = true, s.payload[11]
		case isFrame(s.marker):
			if p.components != nil {
				return nil, FormatError("its header names two sizes")
			}
			if err := p.readFrame(s); err != nil {
				return nil, err
			}
		}
		at = s.end
	}
}

// isFrame tells the markers that begin a frame from the others in their range.
func isFrame(marker byte) bool {
	return marker >= markerSOF0 && marker <= markerSOF15 && marker != markerDHT && marker != markerJPG && marker != markerDAC
}

// readFrame reads a start of frame (T.81, B.2.2).
func (p *Picture) readFrame(s segment) error {
	switch s.marker {
	case 0xc3, 0xc7, 0xcb, 0xcf:
		return UnsupportedError("lossless JPEG")
	case 0xc5, 0xc6:
		return UnsupportedError("hierarchical JPEG")
	case 0xc9, 0xca, 0xcd, 0xce:
		return UnsupportedError("JPEG with arithmetic coding")
	}
	b := s.payload
	if len(b) < 6 || len(b) < 6+3*int(b[5]) {
		return FormatError("it ends inside its header")
	}
	if b[0] != 8 {
		return UnsupportedError(fmt.Sprintf("JPEG of %d bits a sample", b[0]))
	}
	p.Progressive = s.marker == markerSOF2
	p.Height, p.Width = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	if p.Width == 0 || p.Height == 0 {
		return FormatError(fmt.Sprintf("its header says %d x %d pixels", p.Width, p.Height))
	}
	n := int(b[5])
	if n != 1 && n != 3 && n != 4 {
		return UnsupportedError(fmt.Sprintf("JPEG of %d components", n))
	}
	p.Gray = n == 1
	p.components = make([]component, n)
	for i := range p.components {
		if err := p.readComponent(i, b[6+3*i:]); err != nil {
			return err
		}
	}
	p.measure()
	return nil
}

func (p *Picture) readComponent(i int, b []byte) error {
	c := component{id: b[0], h: int(b[1] >> 4), v: int(b[1] & 15), tq: b[2]}
	if c.h < 1 || c.h > 4 || c.v < 1 || c.v > 4 {
		return FormatError(fmt.Sprintf("a component has the sampling factors %d x %d", c.h, c.v))
	}
	if c.tq > 3 {
		return FormatError(fmt.Sprintf("a component uses the quantization table %d", c.tq))
	}
	for _, other := range p.components[:i] {
		if other.id == c.id {
			return FormatError(fmt.Sprintf("two components are called %d", c.id))
		}
	}
	if p.Gray {
		c.h, c.v = 1, 1 // One component is never interleaved (A.2.2): its factors mean nothing.
	}
	p.components[i] = c
	return nil
}

// measure computes the extents of the components (A.1.1, A.2).
func (p *Picture) measure() {
	for _, c := range p.components {
		p.hMax, p.vMax = max(p.hMax, c.h), max(p.vMax, c.v)
	}
	p.mcusX, p.mcusY = ceilDiv(p.Width, 8*p.hMax), ceilDiv(p.Height, 8*p.vMax)
	for i := range p.components {
		c := &p.components[i]
		c.width, c.height = ceilDiv(p.Width*c.h, p.hMax), ceilDiv(p.Height*c.v, p.vMax)
		c.blocksX, c.blocksY = ceilDiv(c.width, 8), ceilDiv(c.height, 8)
		c.paddedX, c.paddedY = p.mcusX*c.h, p.mcusY*c.v
	}
}

func ceilDiv(a, b int) int { return (a + b - 1) / b }

// setModel tells the colours of three and four components as libjpeg does: by Adobe's marker, by
// JFIF's, and by the components' names.
func (p *Picture) setModel(adobe, jfif bool, transform byte) error {
	c := p.components
	switch {
	case len(c) == 1:
		p.model = modelGray
	case len(c) == 4 && adobe && transform != 0:
		p.model = modelYCCK
	case len(c) == 4:
		p.model = modelCMYK
	case !jfif && (adobe && transform == 0 || !adobe && c[0].id == 'R' && c[1].id == 'G' && c[2].id == 'B'):
		p.model = modelRGB
	default:
		p.model = modelYCbCr
	}
	return nil
}
