package images

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"io"
)

// missing is the colour of pixels that a damaged file does not tell: the gray of JPEG decoders.
var missing = color.NRGBA{128, 128, 128, 255}

// salvagePNG inflates as much of the pixels as there is, whatever the checksums say, completes the
// last rows with zeros and gives it to the decoder as a new file.
func salvagePNG(data []byte, h header, cause error) (*image.NRGBA, string, error) {
	head := append([]byte(nil), data[:8]...)
	var packed [][]byte
	stride := 0
	for c := range chunks(data) {
		switch c.name {
		case "IHDR":
			if len(head) > 8 {
				continue // The first is the one that was checked.
			}
			stride = pngStride(h.w, c.payload[8], c.payload[9])
			head = appendChunk(head, c.name, c.payload)
		case "PLTE", "tRNS":
			head = appendChunk(head, c.name, c.payload)
		case "IDAT":
			packed = append(packed, c.payload)
		}
	}
	raw := make([]byte, (stride+1)*h.h)
	rows := inflateRows(packed, raw) / (stride + 1)
	if rows == 0 {
		return nil, "", fmt.Errorf("%w: %w", errNoRows, cause)
	}
	clear(raw[rows*(stride+1):])
	whole := appendChunk(appendChunk(head, "IDAT", store(raw)), "IEND", nil)
	pixels, err := decode(whole, h)
	if err != nil {
		return nil, "", cause
	}
	part := pixels.SubImage(image.Rect(0, 0, h.w, rows)).(*image.NRGBA)
	part.Pix = part.Pix[:rows*part.Stride]
	return completed(part, h), fmt.Sprintf("it is damaged (%v); %d of its %d rows were read", cause, rows, h.h), nil
}

// pngStride is the bytes of a row without its filter byte.
func pngStride(width int, bits, colour byte) int {
	samples := map[byte]int{pngGray: 1, pngTrueColor: 3, pngPalette: 1, pngGrayAlpha: 2, pngTrueAlpha: 4}[colour]
	return (width*samples*int(bits) + 7) / 8
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
