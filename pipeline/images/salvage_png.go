package images

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"io"
)

// missing is the colour of pixels that a damaged file does not tell: the gray of JPEG decoders.
var missing = color.NRGBA{128, 128, 128, 255}

// pngPass is one pass over the pixels of a PNG: which of them it has, and how large a block each of them stands for
// until later passes come.
type pngPass struct{ x, y, dx, dy, w, h int }

// The passes of a PNG without and with interlacing (ISO/IEC 15948, 8.2).
var (
	straight = []pngPass{{0, 0, 1, 1, 1, 1}}
	adam7    = []pngPass{{0, 0, 8, 8, 8, 8}, {4, 0, 8, 8, 4, 8}, {0, 4, 4, 8, 4, 4}, {2, 0, 4, 4, 2, 4}, {0, 2, 2, 4, 2, 2}, {1, 0, 2, 2, 1, 2}, {0, 1, 1, 2, 1, 1}}
)

// columns and rows tell how many pixels of a picture's width and height a pass has.
func (p pngPass) columns(width int) int { return max(0, width-p.x+p.dx-1) / p.dx }
func (p pngPass) rows(height int) int   { return max(0, height-p.y+p.dy-1) / p.dy }

// salvagePNG inflates as much of the pixels as there is, whatever the checksums say, completes the
// last rows with zeros and gives it to the decoder as a new file.
func salvagePNG(data []byte, h header, cause error) (*image.NRGBA, string, error) {
	head := append([]byte(nil), data[:8]...)
	var packed [][]byte
	var bits, colour byte
	for c := range chunks(data) {
		switch c.name {
		case "IHDR":
			if len(head) > 8 {
				continue // The first is the one that was checked.
			}
			bits, colour = c.payload[8], c.payload[9]
			head = appendChunk(head, c.name, c.payload)
		case "PLTE", "tRNS":
			head = appendChunk(head, c.name, c.payload)
		case "IDAT":
			packed = append(packed, c.payload)
		}
	}
	passes, size, all := straight, 0, 0
	if h.interlaced {
		passes = adam7
	}
	for _, p := range passes {
		size += p.rows(h.h) * pngRow(p.columns(h.w), bits, colour)
	}
	raw := make([]byte, size)
	left := inflateRows(packed, raw)
	rows, end := make([]int, len(passes)), 0
	for i, p := range passes {
		if row := pngRow(p.columns(h.w), bits, colour); row > 0 {
			rows[i] = min(p.rows(h.h), left/row)
			left -= rows[i] * row
			end += rows[i] * row
			all += rows[i]
			if rows[i] < p.rows(h.h) {
				break
			}
		}
	}
	if all == 0 {
		return nil, "", fmt.Errorf("%w: %w", errNoRows, cause)
	}
	clear(raw[end:])
	pixels, err := decode(appendChunk(appendChunk(head, "IDAT", store(raw)), "IEND", nil), h)
	if err != nil {
		return nil, "", cause
	}
	shown, note := spread(pixels, passes, rows), fmt.Sprintf("%d of its %d rows were read", rows[0], h.h)
	if h.interlaced {
		note = fmt.Sprintf("%d of its 7 passes were read", countPasses(passes, rows, h))
	}
	return shown, fmt.Sprintf("it is damaged (%v); %s", cause, note), nil
}

// countPasses tells how many passes are whole.
func countPasses(passes []pngPass, rows []int, h header) (n int) {
	for n < len(passes) && (rows[n] == passes[n].rows(h.h) || passes[n].columns(h.w) == 0) {
		n++
	}
	return n
}

// spread shows the pixels of the rows that are there of each pass, in place of those of later passes, too.
func spread(pixels *image.NRGBA, passes []pngPass, rows []int) *image.NRGBA {
	bounds := pixels.Bounds()
	out := image.NewNRGBA(bounds)
	if pixels.Opaque() {
		draw.Draw(out, bounds, image.NewUniform(missing), image.Point{}, draw.Src)
	}
	for i, p := range passes {
		for row := range rows[i] {
			top := p.y + row*p.dy
			if p.dx == 1 && p.h == 1 {
				at := top * out.Stride
				copy(out.Pix[at:at+out.Stride], pixels.Pix[at:])
				continue
			}
			for x := p.x; x < bounds.Dx(); x += p.dx {
				from := pixels.Pix[pixels.PixOffset(x, top):][:4]
				for y := top; y < min(top+p.h, bounds.Dy()); y++ {
					for at := x; at < min(x+p.w, bounds.Dx()); at++ {
						copy(out.Pix[out.PixOffset(at, y):], from)
					}
				}
			}
		}
	}
	return out
}

// pngRow is the bytes of a row, its filter byte included; a pass without columns has none.
func pngRow(width int, bits, colour byte) int {
	if width == 0 {
		return 0
	}
	samples := map[byte]int{pngGray: 1, pngTrueColor: 3, pngPalette: 1, pngGrayAlpha: 2, pngTrueAlpha: 4}[colour]
	return 1 + (width*samples*int(bits)+7)/8
}

// inflateRows fills raw from the packed pixels and tells how many bytes came out.
func inflateRows(packed [][]byte, raw []byte) int {
	readers := make([]io.Reader, len(packed))
	for i, p := range packed {
		readers[i] = bytes.NewReader(p)
	}
	z, err := zlib.NewReader(io.MultiReader(readers...))
	if err != nil {
		return 0
	}
	n, _ := io.ReadFull(z, raw) // What comes before the damage is what is wanted.
	return n
}

// store packs bytes without compressing them.
func store(raw []byte) []byte {
	var out bytes.Buffer
	z, _ := zlib.NewWriterLevel(&out, zlib.NoCompression) // The level is valid, and a buffer takes all.
	_, _ = z.Write(raw)
	_ = z.Close()
	return out.Bytes()
}

func appendChunk(out []byte, name string, payload []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(payload)))
	at := len(out)
	out = append(append(out, name...), payload...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[at:]))
}
