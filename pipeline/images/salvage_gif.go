package images

import (
	"bytes"
	"compress/lzw"
	"encoding/binary"
	"fmt"
	"image"
	"io"
)

// gifFirst is the first frame of a GIF.
type gifFirst struct {
	at          image.Rectangle
	interlaced  bool
	colours     []byte // three bytes each
	transparent int    // index of a colour; -1 for none
	bits        int    // the least size of a code
	packed      []byte // as much of it as there is
}

// salvageGIF unpacks as much of the first frame as there is.
func salvageGIF(data []byte, h header, cause error) (*image.NRGBA, string, error) {
	f, ok := readGIFFrame(data)
	if !ok || f.bits < 2 || f.bits > 8 || f.at.Empty() {
		return nil, "", cause
	}
	indexes := make([]byte, f.at.Dx()*f.at.Dy())
	unpacker := lzw.NewReader(bytes.NewReader(f.packed), lzw.LSB, f.bits)
	n, _ := io.ReadFull(unpacker, indexes) // What comes before the damage is what is wanted.
	_ = unpacker.Close()
	rows := n / f.at.Dx()
	if rows == 0 {
		return nil, "", fmt.Errorf("%w: %w", errNoRows, cause)
	}
	out := image.NewNRGBA(image.Rect(0, 0, h.w, h.h))
	for row := range rows {
		y := row
		if f.interlaced {
			y = gifRow(row, f.at.Dy())
		}
		to := out.Pix[out.PixOffset(f.at.Min.X, f.at.Min.Y+y):]
		for x, index := range indexes[row*f.at.Dx() : (row+1)*f.at.Dx()] {
			if at := 3 * int(index); int(index) != f.transparent && at+3 <= len(f.colours) {
				copy(to[4*x:], f.colours[at:at+3])
				to[4*x+3] = 0xff
			}
		}
	}
	return out, fmt.Sprintf("it is damaged (%v); %d of its %d rows were read", cause, rows, f.at.Dy()), nil
}

// gifRow is where a row of an interlaced frame stands (GIF89a, appendix E).
func gifRow(row, height int) int {
	for _, pass := range [...]struct{ first, step int }{{0, 8}, {4, 8}, {2, 4}, {1, 2}} {
		rows := max(0, height-pass.first+pass.step-1) / pass.step
		if row < rows {
			return pass.first + row*pass.step
		}
		row -= rows
	}
	return row
}

// readGIFFrame finds the first frame.
func readGIFFrame(data []byte) (f gifFirst, ok bool) {
	const graphicControl = 0xf9
	f.transparent = -1
	for b := range gifBlocks(data) {
		switch {
		case b.kind == gifExtend && b.data[0] == graphicControl && b.at+7 <= len(data) && data[b.at+3]&1 != 0:
			f.transparent = int(data[b.at+6])
		case b.kind == gifFrame:
			x, y := int(binary.LittleEndian.Uint16(b.data)), int(binary.LittleEndian.Uint16(b.data[2:]))
			w, h := int(binary.LittleEndian.Uint16(b.data[4:])), int(binary.LittleEndian.Uint16(b.data[6:]))
			f.at = image.Rect(x, y, x+w, y+h)
			f.interlaced = b.data[8]&0x40 != 0
			colours, size := 13, gifTable(data[10])
			start := b.at + 10
			if own := gifTable(b.data[8]); own > 0 {
				colours, size = start, own
				start += own
			}
			if colours+size > len(data) || start >= len(data) {
				return f, false
			}
			f.colours, f.bits = data[colours:colours+size], int(data[start])
			f.packed = gifData(data[start+1:])
			return f, true
		}
	}
	return f, false
}

// gifData joins sub-blocks, of which the last may be cut.
func gifData(data []byte) (joined []byte) {
	for len(data) > 0 && data[0] > 0 {
		end := min(1+int(data[0]), len(data))
		joined = append(joined, data[1:end]...)
		data = data[end:]
	}
	return joined
}
