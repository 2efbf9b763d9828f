package images

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"github.com/disintegration/imaging"

	"copydesk/pipeline/images/jpeg"
)

// render makes one result of its part of a picture, which is as stored: turned upright at the
// end, when there are few pixels.
func render(part *image.NRGBA, h header, t target, background color.NRGBA) *image.NRGBA {
	size := width(t, h)
	out := turn(imaging.Resize(part, size, t.w+t.h-size, imaging.Lanczos), h.orientation)
	if size := out.Bounds().Size(); size != t.canvas {
		out = imaging.PasteCenter(imaging.New(t.canvas.X, t.canvas.Y, background), out)
	}
	return out
}

// width is that of a result before it is turned upright.
func width(t target, h header) int {
	if h.orientation >= 5 {
		return t.h
	}
	return t.w
}

// stored gives the part of a picture as it is stored that becomes a part of the upright one.
func stored(part image.Rectangle, h header) image.Rectangle {
	if h.orientation >= 5 {
		part = image.Rect(part.Min.Y, part.Min.X, part.Max.Y, part.Max.X)
	}
	switch h.orientation {
	case 2, 3, 7, 8:
		part.Min.X, part.Max.X = h.w-part.Max.X, h.w-part.Min.X
	}
	switch h.orientation {
	case 3, 4, 6, 7:
		part.Min.Y, part.Max.Y = h.h-part.Max.Y, h.h-part.Min.Y
	}
	return part
}

// renderMemory is what making one result takes, in bytes: the rows that are already narrow, the
// result and its copy when it is turned, and imaging's weights, 16 bytes each, of which Lanczos has
// six for every pixel of a side, and room for as many again.
func renderMemory(h header, t target) int64 {
	w, hh := int64(t.w), int64(t.h)
	if h.orientation >= 5 {
		w, hh = hh, w
	}
	weights := 96 * (int64(h.w) + w + int64(h.h) + hh)
	return 4*w*int64(h.h) + 8*int64(t.canvas.X)*int64(t.canvas.Y) + weights
}

// turn makes a picture upright; the orientations are those of EXIF 2.32, 4.6.4, tag 0x0112.
func turn(img *image.NRGBA, orientation int) *image.NRGBA {
	switch orientation {
	case 2:
		return imaging.FlipH(img)
	case 3:
		return imaging.Rotate180(img)
	case 4:
		return imaging.FlipV(img)
	case 5:
		return imaging.Transpose(img)
	case 6:
		return imaging.Rotate270(img)
	case 7:
		return imaging.Transverse(img)
	case 8:
		return imaging.Rotate90(img)
	}
	return img
}

// outputFormat is what results of a picture are written in, by the option: the source's, but GIF becomes PNG,
// and opaque WebP of the lossy kind JPEG, since there is no writer of that.
func (s *settings) outputFormat(h header, opaque bool) format {
	switch {
	case s.Format == toJPEG:
		return formatJPEG
	case s.Format == toPNG:
		return formatPNG
	case s.Format == toWebP, h.format == formatWebP && (h.lossless || !opaque):
		return formatWebP
	case h.format == formatJPEG, h.format == formatWebP:
		return formatJPEG
	}
	return formatPNG
}

// encode writes a result without any metadata.
func encode(img *image.NRGBA, f format, gray bool, quality int) ([]byte, error) {
	var out bytes.Buffer
	var err error
	var from image.Image = img
	if gray {
		from = toGray(img)
	}
	switch {
	case f == formatWebP:
		return encodeWebP(img)
	case f == formatPNG:
		err = png.Encode(&out, from)
	case gray:
		return jpeg.Encode(from, quality)
	default: // RGBA is the same for opaque pixels.
		return jpeg.Encode((*image.RGBA)(img), quality)
	}
	return out.Bytes(), err
}

// toGray takes the red of gray pixels.
func toGray(img *image.NRGBA) *image.Gray {
	out := image.NewGray(img.Bounds())
	for i := range out.Pix {
		out.Pix[i] = img.Pix[4*i]
	}
	return out
}
