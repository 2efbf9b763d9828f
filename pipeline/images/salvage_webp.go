package images

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
)

// salvageWebP completes a file that was cut, in two different ways: the rows that both pictures agree
// about are those that the file tells.
func salvageWebP(data []byte, h header, cause error) (*image.NRGBA, string, error) {
	pixels, other := decodeFilled(data, h, 0, 0x55), decodeFilled(data, h, 0xaa, 0xff)
	if pixels == nil || other == nil {
		return nil, "", cause
	}
	rows := 0
	for rows < h.h && bytes.Equal(pixels.Pix[rows*pixels.Stride:(rows+1)*pixels.Stride], other.Pix[rows*other.Stride:(rows+1)*other.Stride]) {
		rows++
	}
	if rows == 0 {
		return nil, "", fmt.Errorf("%w: %w", errNoRows, cause)
	}
	part := pixels.SubImage(image.Rect(0, 0, h.w, rows)).(*image.NRGBA)
	part.Pix = part.Pix[:rows*part.Stride]
	return completed(part, h), fmt.Sprintf("it is damaged (%v); %d of its %d rows were read", cause, rows, h.h), nil
}

// decodeFilled decodes a file that is completed by one of the bytes, the first by which that can be done.
func decodeFilled(data []byte, h header, fills ...byte) *image.NRGBA {
	for _, fill := range fills {
		if whole := completeWebP(data, fill); whole != nil {
			if pixels, err := decode(whole, h); err == nil {
				return pixels
			}
		}
	}
	return nil
}

// completeWebP gives a file in which the last chunk, which the end of the data cuts, is filled up; nil
// when there is none, or it says that much more is missing than there is. The chunk gets longer than
// it was, since what it is filled with may need more bytes for as many pixels.
func completeWebP(data []byte, fill byte) []byte {
	const most = 64 // times what there is
	for at := 12; at+8 <= len(data); {
		n := int64(binary.LittleEndian.Uint32(data[at+4:]))
		end := int64(at) + 8 + n + n&1
		if missing := end - int64(len(data)); missing > 0 {
			if missing > most*int64(len(data)) || end > defaultMaxBytes {
				return nil
			}
			whole := append(bytes.Clone(data), bytes.Repeat([]byte{fill}, int(missing+end)&^1)...)
			binary.LittleEndian.PutUint32(whole[4:], uint32(len(whole)-8))
			binary.LittleEndian.PutUint32(whole[at+4:], uint32(len(whole)-8-at))
			return whole
		}
		at = int(end)
	}
	return nil
}
