package images

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// scene is a picture in which every pixel says where it is: red grows to the right, green downwards.
func scene(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetNRGBA(x, y, color.NRGBA{uint8(255 * x / w), uint8(255 * y / h), 64, 255})
		}
	}
	return img
}

// noisy is a picture that no encoder makes small.
func noisy(w, h int) *image.NRGBA {
	img := scene(w, h)
	state := uint32(1)
	for i := range img.Pix {
		state = state*1664525 + 1013904223
		if i%4 != 3 {
			img.Pix[i] = byte(state >> 24)
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// asGIF is a GIF with so many equal frames.
func asGIF(t testing.TB, img image.Image, frames int) []byte {
	t.Helper()
	var one bytes.Buffer
	if err := gif.Encode(&one, img, nil); err != nil {
		t.Fatal(err)
	}
	frame, err := gif.Decode(&one)
	if err != nil {
		t.Fatal(err)
	}
	all := gif.GIF{Config: image.Config{Width: img.Bounds().Dx(), Height: img.Bounds().Dy(), ColorModel: frame.(*image.Paletted).Palette}}
	for range frames {
		all.Image, all.Delay = append(all.Image, frame.(*image.Paletted)), append(all.Delay, 10)
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &all); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// exifSegment is an APP1 segment that holds an orientation.
func exifSegment(order binary.AppendByteOrder, orientation uint16) []byte {
	tiff := []byte("MM")
	if order.String() == binary.LittleEndian.String() {
		tiff = []byte("II")
	}
	tiff = order.AppendUint16(tiff, 42)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, orientation)
	tiff = order.AppendUint16(tiff, 0)
	tiff = order.AppendUint32(tiff, 0)
	payload := append([]byte("Exif\x00\x00"), tiff...)
	return jpegSegment(markerAPP1, payload)
}

func jpegSegment(marker byte, payload []byte) []byte {
	s := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(payload)+2))
	return append(s, payload...)
}

// withSegment puts a segment behind a JPEG's first marker.
func withSegment(data, segment []byte) []byte {
	return append(append(append([]byte(nil), data[:2]...), segment...), data[2:]...)
}

// headerPNG is a PNG that has a header of these sides, and no pixels worth the name.
func headerPNG(w, h uint32, bits, colour byte) []byte {
	ihdr := binary.BigEndian.AppendUint32(nil, w)
	ihdr = binary.BigEndian.AppendUint32(ihdr, h)
	ihdr = append(ihdr, bits, colour, 0, 0, 0)
	out := appendChunk([]byte("\x89PNG\r\n\x1a\n"), "IHDR", ihdr)
	return appendChunk(appendChunk(out, "IDAT", store(nil)), "IEND", nil)
}

// headerJPEG is a JPEG of gray with tables that code every block as empty, and no pixels.
func headerJPEG(w, h uint16, sof byte) []byte {
	out := []byte{0xff, 0xd8}
	out = append(out, jpegSegment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...))...)
	frame := binary.BigEndian.AppendUint16([]byte{8}, h)
	frame = append(binary.BigEndian.AppendUint16(frame, w), 1, 1, 0x11, 0)
	out = append(out, jpegSegment(sof, frame)...)
	for _, class := range []byte{0, 0x10} {
		out = append(out, jpegSegment(0xc4, append(append([]byte{class, 1}, make([]byte, 15)...), 0))...)
	}
	out = append(out, jpegSegment(markerSOS, []byte{1, 1, 0, 0, 63, 0})...)
	return append(out, 0xff, markerEOI)
}

// webpFile is a WebP of the given chunks.
func webpFile(chunks ...[]byte) []byte {
	body := []byte("WEBP")
	for _, c := range chunks {
		body = append(body, c...)
	}
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func riffChunk(name string, payload []byte) []byte {
	out := append(binary.LittleEndian.AppendUint32([]byte(name), uint32(len(payload))), payload...)
	if len(payload)%2 == 1 {
		out = append(out, 0)
	}
	return out
}
