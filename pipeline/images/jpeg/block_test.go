package jpeg

import (
	"bytes"
	"image"
	"math/rand/v2"
	"testing"
)

// Blocks whose last coefficient is not 0 have no sign of their end, and what follows belongs to the next one: jumping
// over symbols and taking two at once gives the same as one after the other, which pixels are decoded by.
func TestBlocksWithoutAnEnd(t *testing.T) {
	pictures := [][]byte{endless(64)}
	for _, contrast := range []int{2, 4, 30, 255} {
		random := rand.New(rand.NewPCG(1, uint64(contrast)))
		img := image.NewGray(image.Rect(0, 0, 400, 304))
		for i := range img.Pix {
			img.Pix[i] = uint8(128 + random.IntN(contrast) - contrast/2)
		}
		data, err := Encode(img, 100)
		if err != nil {
			t.Fatal(err)
		}
		pictures = append(pictures, data)
	}
	for i, data := range pictures {
		for _, part := range []int{2, 3, 4, 8, 20} {
			p, err := Open(data)
			if err != nil {
				t.Fatal(err)
			}
			r := Request{Sizes: []image.Point{{p.Width / part, p.Height / part}}}
			got := decoded(t, data, r)
			r.Pixels = true
			want := decoded(t, data, r)
			if got.Damage != nil || want.Damage != nil || !bytes.Equal(got.Thumbnails[0].(*image.Gray).Pix, want.Thumbnails[0].(*image.Gray).Pix) {
				t.Errorf("picture %d, 1/%d: differs, %v, %v", i, part, got.Damage, want.Damage)
			}
		}
	}
}

// endless makes a gray picture of which each block has 50 coefficients of 1, a jump over 12, and another one, the last
// there can be: all of them symbols of so few bits that there are two and more at once.
func endless(side byte) []byte {
	e := &encoder{out: []byte{0xff, markerSOI}}
	e.segment(markerDQT, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...))
	e.segment(markerSOF0, []byte{8, 0, side, 0, side, 1, 1, 0x11, 0})
	counts := make([]byte, 14)
	e.segment(markerDHT, append(append([]byte{0x00, 1, 1}, counts...), 0, 3))
	e.segment(markerDHT, append(append([]byte{0x10, 1, 1}, counts...), 0x01, 0xc1))
	e.segment(markerSOS, []byte{1, 1, 0, 0, 63, 0})
	for i := range int(side) * int(side) / 64 {
		e.write(0b10<<3|uint64(i)%8, 5) // the DC coefficient's difference, -7 to 7
		for range 50 {
			e.write(0b01, 2)
		}
		e.write(0b101, 3)
	}
	e.write(0x7f, 7)
	return append(e.out, 0xff, markerEOI)
}
