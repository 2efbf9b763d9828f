package jpeg

import (
	"image"
	"image/color"
)

// toRGB converts one colour (JFIF 1.02, which is BT.601 with all 256 levels).
func toRGB(y, cb, cr uint8) (r, g, b uint8) { return color.YCbCrToRGB(y, cb, cr) }

// blacken makes planes of red, green and blue of those of CMYK, inverted, after convert has made CMY
// of them: light that passes through the colours and through black.
func blacken(planes []*image.Gray, convert func(a, b, c uint8) (uint8, uint8, uint8)) {
	for i, k := range planes[3].Pix {
		a, b, c := convert(planes[0].Pix[i], planes[1].Pix[i], planes[2].Pix[i])
		planes[0].Pix[i], planes[1].Pix[i], planes[2].Pix[i] = dim(a, k), dim(b, k), dim(c, k)
	}
}

// dim is light of a level through another, rounded.
func dim(v, k uint8) uint8 { return uint8((int(v)*int(k) + 127) / 255) }

// halve makes Y', and Cb and Cr of half the sides, of red, green and blue.
func halve(rgb []*image.Gray) []*image.Gray {
	w, h := rgb[0].Rect.Dx(), rgb[0].Rect.Dy()
	half := image.Rect(0, 0, (w+1)/2, (h+1)/2)
	out := []*image.Gray{image.NewGray(rgb[0].Rect), image.NewGray(half), image.NewGray(half)}
	cb, cr := make([]int, half.Dx()), make([]int, half.Dx())
	for y := range h {
		line := y * rgb[0].Stride
		for x := range w {
			luma, b, r := color.RGBToYCbCr(rgb[0].Pix[line+x], rgb[1].Pix[line+x], rgb[2].Pix[line+x])
			out[0].Pix[line+x] = luma
			n := 1 // A pixel at an odd edge counts for its neighbour that there is not.
			if x == w-1 && x&1 == 0 {
				n *= 2
			}
			if y == h-1 && y&1 == 0 {
				n *= 2
			}
			cb[x/2] += n * int(b)
			cr[x/2] += n * int(r)
		}
		if y&1 == 1 || y == h-1 {
			to := y / 2 * out[1].Stride
			for x := range cb {
				out[1].Pix[to+x], out[2].Pix[to+x] = uint8((cb[x]+2)/4), uint8((cr[x]+2)/4)
			}
			clear(cb)
			clear(cr)
		}
	}
	return out
}
