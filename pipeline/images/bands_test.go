package images

import (
	"bytes"
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"testing"
)

// byKind is a picture in each kind of PNG that is read by rows, with all filters.
func byKind(t *testing.T, w, h int) map[string][]byte {
	t.Helper()
	smooth := scene(w, h)
	random := rand.New(rand.NewPCG(1, 1))
	for i := range smooth.Pix {
		smooth.Pix[i] += uint8(random.IntN(9)) // So that the filters gain something.
	}
	gray, mapped := image.NewGray(smooth.Rect), image.NewPaletted(smooth.Rect, nil)
	for i := range 200 {
		mapped.Palette = append(mapped.Palette, color.NRGBA{uint8(i), uint8(255 - i), 7, uint8(255 - i/2)})
	}
	for i := range gray.Pix {
		gray.Pix[i], mapped.Pix[i] = smooth.Pix[4*i], smooth.Pix[4*i]%200
	}
	opaque := image.NewNRGBA(smooth.Rect)
	for i, v := range smooth.Pix {
		if opaque.Pix[i] = v; i%4 == 3 {
			opaque.Pix[i] = 0xff
		}
	}
	var raw []byte // gray with transparency, which image/png does not write
	for y := range h {
		raw = append(raw, byte(y%5))
		for range 2 * w {
			raw = append(raw, byte(random.IntN(256)))
		}
	}
	head := asPNG(t, gray)[:8+12+13]
	head[8+8+9] = pngGrayAlpha
	head = appendChunk(head[:8], "IHDR", head[16:29])
	return map[string][]byte{
		"gray": asPNG(t, gray), "palette": asPNG(t, mapped), "colour": asPNG(t, opaque), "transparent": asPNG(t, smooth),
		"transparent gray": appendChunk(appendChunk(head, "IDAT", store(raw)), "IEND", nil),
	}
}

// rendered gives what targets become of a PNG that is read by rows, or as a whole.
func rendered(t *testing.T, data []byte, rows int) (results []*image.NRGBA, opaque, ok bool) {
	t.Helper()
	h, err := readHeader(formatPNG, data)
	if err != nil || h.pixels() > 1e5 {
		return nil, false, false
	}
	s := &source{header: h, data: data}
	w, hh := h.size()
	for _, part := range []image.Rectangle{image.Rect(0, 0, w, hh), image.Rect(w/4, hh/3, w/2, hh)} {
		s.targets = append(s.targets, target{part: part, w: 13, h: 17, canvas: image.Pt(13, 17)}, target{part: part, w: part.Dx(), h: 5, canvas: image.Pt(part.Dx(), 9)})
	}
	if rows > 0 {
		ok = s.readRows(rows)
	} else {
		s.pixels, err = decode(data, h)
		ok = err == nil
	}
	if !ok {
		return nil, false, false
	}
	for _, target := range s.targets {
		results = append(results, render(s.part(target), h, target, color.NRGBA{}))
	}
	return results, s.isOpaque(), true
}

// A PNG that is read by rows gives the same as one that is decoded as a whole, to the last bit.
func TestRowsAreThoseOfTheWhole(t *testing.T) {
	for kind, data := range byKind(t, 67, 90) {
		for _, orientation := range []byte{1, 3, 6, 7} {
			turned := withChunk(data, "eXIf", []byte{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0})
			want, wantOpaque, ok := rendered(t, turned, 0)
			if !ok {
				t.Fatalf("%s: it can't be decoded", kind)
			}
			for _, rows := range []int{1, 32, 90} {
				got, opaque, ok := rendered(t, turned, rows)
				if !ok || opaque != wantOpaque || !slices.EqualFunc(got, want, func(a, b *image.NRGBA) bool { return a.Rect == b.Rect && bytes.Equal(a.Pix, b.Pix) }) {
					t.Errorf("%s, orientation %d, %d rows at once: it differs", kind, orientation, rows)
				}
			}
		}
	}
}

// What is damaged is not read by rows, or gives the same as the whole.
func TestRowsOfDamagedPictures(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 5))
	read := 0
	for kind, data := range byKind(t, 19, 40) {
		for range 400 {
			broken := bytes.Clone(data)
			for range 1 + random.IntN(2) {
				broken[8+random.IntN(len(broken)-8)] ^= 1 << random.IntN(8)
			}
			switch random.IntN(4) {
			case 0: // With a chunk more, or twice.
				all := slices.Collect(chunks(data))
				broken = bytes.Clone(data[:8])
				more := random.IntN(len(all))
				for i, c := range all {
					broken = append(broken, data[c.start:c.end]...)
					if c := all[random.IntN(len(all))]; i == more {
						broken = appendChunk(broken, c.name, c.payload[:len(c.payload)-random.IntN(2)*len(c.payload)/3])
					}
				}
			case 1, 2: // With checksums that are right, so that more of it is looked at.
				whole := bytes.Clone(broken)
				broken = broken[:8]
				for c := range chunks(whole) {
					broken = appendChunk(broken, c.name, c.payload)
				}
			}
			got, opaque, ok := rendered(t, broken, 32)
			if !ok {
				continue
			}
			read++
			want, wantOpaque, ok := rendered(t, broken, 0)
			if !ok || opaque != wantOpaque || !slices.EqualFunc(got, want, func(a, b *image.NRGBA) bool { return bytes.Equal(a.Pix, b.Pix) }) {
				t.Errorf("%s: damaged, it differs from the whole, which can be read: %v\n%x", kind, ok, broken)
			}
		}
	}
	if read < 20 {
		t.Errorf("only %d pictures were read", read)
	}
}
