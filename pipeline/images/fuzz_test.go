package images

import (
	"encoding/binary"
	"testing"
)

// Whatever the bytes, the orientation is one of the eight.
func FuzzEXIF(f *testing.F) {
	f.Add(exifSegment(binary.BigEndian, 6)[4:])
	f.Add(exifSegment(binary.LittleEndian, 8)[4:])
	f.Add([]byte("Exif\x00\x00II*\x00\xff\xff\xff\xff"))
	f.Add([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff"))
	f.Fuzz(func(t *testing.T, payload []byte) {
		if o := exifOrientation(payload); o < 1 || o > 8 {
			t.Fatal(o)
		}
	})
}

// Whatever comes behind the first bytes, a header is read or refused, and says nothing impossible.
func FuzzHeader(f *testing.F) {
	f.Add(headerPNG(1, 60000, 1, 0))
	f.Add(headerJPEG(65535, 65535, 0xc2))
	f.Add(asGIF(f, scene(8, 8), 3))
	f.Add(withSegment(asJPEG(f, scene(9, 17)), exifSegment(binary.BigEndian, 5)))
	f.Add(webpFile(riffChunk("VP8X", []byte{16, 0, 0, 0, 9, 0, 0, 9, 0, 0}), riffChunk("ALPH", []byte{0, 1})))
	f.Fuzz(func(t *testing.T, data []byte) {
		format, err := sniff(data)
		if err != nil || format == formatSVG {
			return
		}
		h, err := readHeader(format, data)
		if err != nil {
			return
		}
		if h.w < 1 || h.h < 1 || h.decoded < 0 || h.orientation < 1 || h.orientation > 8 {
			t.Fatalf("%+v", h)
		}
		if own := clean(data, h); len(own) > len(data) {
			t.Fatal("cleaning makes more of it")
		}
	})
}

// Whatever the bytes, nothing panics, and a picture that was made has variants within its own sides,
// whose headers say the same sides, and no metadata: making it again from its own widest result
// needs no cleaning.
func FuzzMake(f *testing.F) {
	for _, seed := range [][]byte{
		asJPEG(f, scene(40, 30)), asPNG(f, scene(40, 30)), asGIF(f, scene(40, 30), 1), asGIF(f, scene(8, 8), 3), asGIF(f, scene(40, 30), 2),
		withSegment(asJPEG(f, scene(9, 17)), exifSegment(binary.BigEndian, 5)),
		asJPEG(f, noisy(64, 64))[:900], asPNG(f, noisy(64, 64))[:900],
		asGIF(f, noisy(40, 30), 1)[:1500], withChunk(asPNG(f, scene(40, 30)), "iCCP", []byte("p\x00\x00x")),
		headerPNG(1, 60000, 1, 0), headerJPEG(65535, 65535, 0xc2), []byte(`<svg onload=""/>`),
		webpFile(riffChunk("VP8L", []byte{0x2f, 0, 0, 0, 0, 0x88, 0x88, 0x08})),
		webpFile(riffChunk("VP8X", []byte{16, 0, 0, 0, 9, 0, 0, 9, 0, 0}), riffChunk("ALPH", []byte{0, 1})),
	} {
		f.Add(seed)
	}
	still := newMaker(f, Options{Widths: []int{7, 32}, MaxPixels: 1 << 16, KeepMetadata: keepAll, Animation: firstFrame, Picture: true, Placeholder: blurhashPlaceholder})
	moving := newMaker(f, Options{Widths: []int{7, 32}, MaxPixels: 1 << 16})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := still.make(t.Context(), inMemory(data), allSizes)
		if err != nil {
			t.Fatal(err)
		}
		if other, err := moving.make(t.Context(), inMemory(data), allSizes); err != nil {
			t.Fatal(err)
		} else if m.format == formatGIF {
			m.variants = append(m.variants, other.variants...)
		}
		if m.err != nil && len(m.variants) > 0 {
			t.Fatal("variants and an error", m.err)
		}
		for _, v := range m.variants {
			kind, err := sniff(v.data)
			if err != nil || extensions[kind] != v.ext {
				t.Fatalf("a result named %s is %s: %v", v.ext, kind, err)
			}
			h, err := readHeader(kind, v.data)
			if err != nil || h.w != v.w || h.h != v.h || v.w > 32 && len(v.data) > len(data) {
				t.Fatalf("a result of %d x %d has the header %+v: %v", v.w, v.h, h, err)
			}
		}
	})
}
