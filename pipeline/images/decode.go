package images

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"

	"golang.org/x/image/webp"
)

// decode gives the pixels of a picture whose header has been read and found within the limits.
// The result is not turned upright.
func decode(data []byte, h header) (*image.NRGBA, error) {
	img, err := decodeAs(data, h)
	if err != nil {
		return nil, err
	}
	full := image.Rect(0, 0, h.w, h.h)
	if h.format == formatGIF {
		return onCanvas(img, full), nil
	}
	return toNRGBA(img), nil
}

// decodeAs gives what the format's decoder makes of a picture, which has the sides of the header,
// or in a GIF lies within them. A panic in the decoder is an error.
func decodeAs(data []byte, h header) (img image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, fmt.Errorf("its %s decoder panicked: %v", h.format, p)
		}
	}()
	r := bytes.NewReader(data)
	switch h.format {
	case formatJPEG:
		img, err = decodePixels(data)
	case formatPNG:
		img, err = png.Decode(r)
	case formatGIF:
		img, err = gif.Decode(gifScreen(data, h))
	case formatWebP:
		img, err = webp.Decode(r)
	default:
		return nil, fmt.Errorf("there is no decoder of %s", h.format)
	}
	if err != nil {
		return nil, err
	}
	full := image.Rect(0, 0, h.w, h.h)
	if b := img.Bounds(); b != full && (h.format != formatGIF || !b.In(full)) {
		return nil, fmt.Errorf("its pixels are %v, and its header says %d x %d", b, h.w, h.h)
	}
	return img, nil
}

// onCanvas puts the first frame of a GIF, which may be smaller than the picture, in its place.
func onCanvas(img image.Image, full image.Rectangle) *image.NRGBA {
	frame := toNRGBA(img)
	if img.Bounds() == full {
		return frame
	}
	canvas := image.NewNRGBA(full)
	row := 4 * img.Bounds().Dx()
	for y := range img.Bounds().Dy() {
		at := canvas.PixOffset(img.Bounds().Min.X, img.Bounds().Min.Y+y)
		copy(canvas.Pix[at:at+row], frame.Pix[y*frame.Stride:])
	}
	return canvas
}

// toNRGBA gives the pixels in the one form that is resampled, at the origin. What has that form is
// not copied.
func toNRGBA(img image.Image) *image.NRGBA {
	b := img.Bounds()
	at := image.Rect(0, 0, b.Dx(), b.Dy())
	switch img := img.(type) {
	case *image.NRGBA:
		if b.Min == (image.Point{}) {
			return img
		}
	case *image.RGBA:
		if b.Min == (image.Point{}) && img.Opaque() {
			return (*image.NRGBA)(img) // Without transparency the two are the same bytes.
		}
	case *image.Paletted:
		return fromPalette(img, at)
	case *image.YCbCr, *image.Gray, *image.CMYK:
		out := image.NewRGBA(at) // image/draw is fast here; and all is opaque.
		draw.Draw(out, at, img, b.Min, draw.Src)
		return (*image.NRGBA)(out)
	}
	out := image.NewNRGBA(at)
	draw.Draw(out, at, img, b.Min, draw.Src)
	return out
}

// fromPalette looks colours up in a table of 256, so that no index is out of range: those beyond
// the palette are opaque black, as image/png has it.
func fromPalette(img *image.Paletted, at image.Rectangle) *image.NRGBA {
	var table [256][4]byte
	for i := range table {
		table[i][3] = 0xff
	}
	for i, c := range img.Palette[:min(len(img.Palette), 256)] {
		n := color.NRGBAModel.Convert(c).(color.NRGBA)
		table[i] = [4]byte{n.R, n.G, n.B, n.A}
	}
	out := image.NewNRGBA(at)
	for y := range at.Dy() {
		from := img.Pix[y*img.Stride : y*img.Stride+at.Dx()]
		to := out.Pix[y*out.Stride:]
		for x, index := range from {
			copy(to[4*x:4*x+4], table[index][:])
		}
	}
	return out
}
