package jpeg

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	stdjpeg "image/jpeg"
	"testing"
)

// picture420 has soft shapes, some noise, and colours.
func picture420(w, h int) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	state := uint32(7)
	noise := func() int {
		state = state*1664525 + 1013904223
		return int(state>>28) - 8
	}
	for y := range h {
		for x := range w {
			img.Y[y*img.YStride+x] = clamp(int32(128 + (x*x/(w+1)+y*3)%160 - 80 + noise()))
			img.Cb[y/2*img.CStride+x/2] = clamp(int32(40 + 170*x/w))
			img.Cr[y/2*img.CStride+x/2] = clamp(int32(40 + 170*y/h))
		}
	}
	return img
}

// What is encoded is as near to the source as what package image/jpeg makes of it, and not larger.
func TestEncode(t *testing.T) {
	for _, size := range []image.Point{{1, 1}, {8, 8}, {9, 17}, {16, 16}, {33, 31}, {320, 213}} {
		colour := picture420(size.X, size.Y)
		pixels := image.NewRGBA(colour.Rect)
		draw.Draw(pixels, pixels.Rect, colour, image.Point{}, draw.Src)
		gray := &image.Gray{Pix: colour.Y, Stride: colour.YStride, Rect: colour.Rect}
		for _, img := range []image.Image{colour, gray, pixels} {
			for _, quality := range []int{1, 30, 82, 95, 100} {
				ours, err := Encode(img, quality)
				if err != nil {
					t.Fatal(err)
				}
				var theirs bytes.Buffer
				if err := stdjpeg.Encode(&theirs, img, &stdjpeg.Options{Quality: quality}); err != nil {
					t.Fatal(err)
				}
				if len(ours) > theirs.Len()+theirs.Len()/100+4 {
					t.Errorf("%v, quality %d: %d bytes, and image/jpeg %d", size, quality, len(ours), theirs.Len())
				}
				back, err := stdjpeg.Decode(bytes.NewReader(ours))
				if err != nil {
					t.Fatal(err)
				}
				reference, err := stdjpeg.Decode(&theirs)
				if err != nil {
					t.Fatal(err)
				}
				if a, b := squareError(img, back), squareError(img, reference); a > b*1.05+0.5 {
					t.Errorf("%v, quality %d, %T: square error %.2f, that of image/jpeg %.2f", size, quality, img, a, b)
				}
			}
		}
	}
}

// squareError is the mean square error of Y'.
func squareError(a, b image.Image) float64 {
	sum, n := 0.0, 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			d := float64(luma(a, x, y)) - float64(luma(b, x, y))
			sum += d * d
			n++
		}
	}
	return sum / float64(n)
}

func luma(img image.Image, x, y int) uint8 {
	switch img := img.(type) {
	case *image.Gray:
		return img.GrayAt(x, y).Y
	case *image.YCbCr:
		return img.Y[img.YOffset(x, y)]
	case *image.RGBA:
		y, _, _ := color.RGBToYCbCr(img.RGBAAt(x, y).R, img.RGBAAt(x, y).G, img.RGBAAt(x, y).B)
		return y
	}
	panic("a picture of another kind")
}
