package jpeg

import (
	"encoding/binary"
	"fmt"
	"image"
	"math/bits"
)

// Encode writes a picture as baseline JPEG with the typical Huffman tables, without metadata: an
// *image.Gray, an *image.YCbCr of ratio 4:2:0, whose planes are taken as they are, or an *image.RGBA, whose
// transparency is not looked at. Quality is 1 to 100, on the scale of libjpeg.
func Encode(img image.Image, quality int) ([]byte, error) {
	size := img.Bounds().Size()
	if size.X < 1 || size.Y < 1 || size.X > 65535 || size.Y > 65535 {
		return nil, fmt.Errorf("a JPEG can't have %d x %d pixels", size.X, size.Y)
	}
	e := &encoder{out: make([]byte, 0, 1024+size.X*size.Y/4)}
	e.scale(quality)
	switch img := img.(type) {
	case *image.Gray:
		e.header(size, 1)
		e.gray(img)
	case *image.YCbCr:
		if img.SubsampleRatio != image.YCbCrSubsampleRatio420 || img.Rect.Min != (image.Point{}) {
			return nil, fmt.Errorf("pictures of ratio %v at %v are not encoded", img.SubsampleRatio, img.Rect.Min)
		}
		e.header(size, 3)
		e.colour(img)
	case *image.RGBA:
		e.header(size, 3)
		e.colour(subsample(size, func(x, y int) (r, g, b uint8) {
			p := img.Pix[y*img.Stride+4*x:]
			return p[0], p[1], p[2]
		}))
	default:
		return nil, fmt.Errorf("a picture of type %T is not encoded", img)
	}
	e.write(0x7f, 7) // The last byte is filled with ones.
	return append(e.out[:len(e.out)], 0xff, markerEOI), nil
}

// encoder writes one picture.
type encoder struct {
	out   []byte
	acc   uint64 // bits that are not yet written, the last one lowest
	n     uint
	quant [2][64]byte
	// reciprocal is 1 over 8 times the quantization table, times 1 << 31, in natural order.
	reciprocal [2][64]int64
	least      [2][64]int32 // the least magnitude that is not rounded to 0
}

// scale makes the quantization tables of a quality, as libjpeg's jpeg_set_quality does.
func (e *encoder) scale(quality int) {
	quality = min(max(quality, 1), 100)
	percent := int32(200 - 2*quality)
	if quality < 50 {
		percent = int32(5000 / quality)
	}
	for t := range quantization {
		for k, q := range quantization[t] {
			q = min(max((q*percent+50)/100, 1), 255)
			e.quant[t][k] = byte(q)
			r := (1<<31 + 4*int64(q)) / (8 * int64(q))
			e.reciprocal[t][k], e.least[t][k] = r, int32((1<<30+r-1)/r)
		}
	}
}

// header writes all segments before the data.
func (e *encoder) header(size image.Point, components int) {
	e.out = append(e.out, 0xff, markerSOI)
	tables := (components + 1) / 2
	var p []byte
	for t := range tables {
		p = append(append(p, byte(t)), e.quant[t][:]...)
	}
	e.segment(markerDQT, p)
	p = binary.BigEndian.AppendUint16([]byte{8}, uint16(size.Y))
	p = append(binary.BigEndian.AppendUint16(p, uint16(size.X)), byte(components))
	factors, ids := []byte{0x22, 0x11, 0x11}, []byte{0, 1, 1}
	if components == 1 {
		factors[0] = 0x11
	}
	scan := []byte{byte(components)}
	for i := range components {
		p = append(p, byte(i+1), factors[i], ids[i])
		scan = append(scan, byte(i+1), ids[i]<<4|ids[i])
	}
	e.segment(markerSOF0, p)
	p = nil
	for t, s := range typical[:2*tables] {
		p = append(append(append(p, byte(t&1<<4|t>>1)), s.counts[:]...), s.symbols...)
	}
	e.segment(markerDHT, p)
	e.segment(markerSOS, append(scan, 0, 63, 0))
}

func (e *encoder) segment(marker byte, payload []byte) {
	e.out = binary.BigEndian.AppendUint16(append(e.out, 0xff, marker), uint16(len(payload)+2))
	e.out = append(e.out, payload...)
}

func (e *encoder) gray(img *image.Gray) {
	var dc int32
	b := raster{img.Pix, img.Stride, img.Rect.Dx(), img.Rect.Dy()}
	for y := 0; y < b.h; y += 8 {
		for x := 0; x < b.w; x += 8 {
			dc = e.block(b, x, y, 0, dc)
		}
	}
}

func (e *encoder) colour(img *image.YCbCr) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	y := raster{img.Y, img.YStride, w, h}
	cb := raster{img.Cb, img.CStride, (w + 1) / 2, (h + 1) / 2}
	cr := raster{img.Cr, img.CStride, cb.w, cb.h}
	var dc [3]int32
	for at := image.Pt(0, 0); at.Y < cb.h; at.Y += 8 {
		for at.X = 0; at.X < cb.w; at.X += 8 {
			for i := range 4 {
				dc[0] = e.block(y, 2*at.X+i&1*8, 2*at.Y+i>>1*8, 0, dc[0])
			}
			dc[1] = e.block(cb, at.X, at.Y, 1, dc[1])
			dc[2] = e.block(cr, at.X, at.Y, 1, dc[2])
		}
	}
}

// raster is a plane of samples.
type raster struct {
	pix    []byte
	stride int
	w, h   int
}

// load fills a block; samples beyond the edges are those at them.
func (r raster) load(b *block, x, y int) {
	if x+8 <= r.w && y+8 <= r.h {
		for i := range 8 {
			line, to := r.pix[(y+i)*r.stride+x:][:8], b[8*i:][:8]
			for j, v := range line {
				to[j] = int32(v) - 128
			}
		}
		return
	}
	for i := range 8 {
		line := r.pix[min(y+i, r.h-1)*r.stride:]
		for j := range 8 {
			b[8*i+j] = int32(line[min(x+j, r.w-1)]) - 128
		}
	}
}

// block writes one block (T.81, F.1.2), and gives its DC coefficient.
func (e *encoder) block(r raster, x, y, table int, lastDC int32) int32 {
	var b block
	r.load(&b, x, y)
	b.forward()
	dcCodes, acCodes := &typicalCodes[2*table], &typicalCodes[2*table+1]
	reciprocal, least := &e.reciprocal[table], &e.least[table]
	dc := round(b[0], reciprocal[0])
	e.value(dcCodes, 0, dc-lastDC)
	run := 0
	for k := 1; k < 64; k++ {
		v := b[natural[k]&63]
		if -least[k] < v && v < least[k] {
			run++
			continue
		}
		v = round(v, reciprocal[k])
		for ; run > 15; run -= 16 {
			e.write(uint64(acCodes[0xf0].bits), uint(acCodes[0xf0].length))
		}
		e.value(acCodes, run, v)
		run = 0
	}
	if run > 0 {
		e.write(uint64(acCodes[0].bits), uint(acCodes[0].length))
	}
	return dc
}

// round divides a coefficient, to the nearest whole number.
func round(v int32, reciprocal int64) int32 {
	sign := int64(v >> 31)
	magnitude := (int64(v) ^ sign) - sign
	return int32(((magnitude*reciprocal+1<<30)>>31 ^ sign) - sign)
}

// value writes a value behind a run of zeros.
func (e *encoder) value(codes *[256]code, run int, v int32) {
	magnitude, low := v, v
	if v < 0 {
		magnitude, low = -v, v-1
	}
	size := uint(bits.Len32(uint32(magnitude)))
	c := codes[run<<4|int(size)]
	e.write(uint64(c.bits)<<size|uint64(low)&(1<<size-1), uint(c.length)+size)
}

// write appends up to 27 bits.
func (e *encoder) write(v uint64, n uint) {
	e.acc = e.acc<<n | v
	e.n += n
	for e.n >= 8 {
		e.n -= 8
		c := byte(e.acc >> e.n)
		e.out = append(e.out, c)
		if c == 0xff {
			e.out = append(e.out, 0)
		}
	}
}
