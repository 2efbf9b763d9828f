package jpeg

import (
	"image"
	"image/color"
)

// toRGB converts one colour (JFIF 1.02, which is BT.601 with all 256 levels).
func toRGB(y, cb, cr uint8) (r, g, b uint8) { return color.YCbCrToRGB(y, cb, cr) }

// toLight gives the light that is left by the ink that a colour of YCCK means, inverted as it is stored.
func toLight(y, cb, cr uint8) (r, g, b uint8) {
	c, m, yellow := toRGB(y, cb, cr)
	return 255 - c, 255 - m, 255 - yellow
}

// blacken makes planes of red, green and blue of those of CMYK, inverted, after convert has made
// light of CMY: light that passes through the colours and through black.
func blacken(planes []*image.Gray, convert func(a, b, c uint8) (uint8, uint8, uint8)) {
	for i, k := range planes[3].Pix {
		a, b, c := convert(planes[0].Pix[i], planes[1].Pix[i], planes[2].Pix[i])
		planes[0].Pix[i], planes[1].Pix[i], planes[2].Pix[i] = dim(a, k), dim(b, k), dim(c, k)
	}
}

// dim is light of a level through another, rounded.
func dim(v, k uint8) uint8 { return uint8((int(v)*int(k) + 127) / 255) }

// halve makes planes of Y'CbCr 4:2:0 of planes of red, green and blue.
func halve(rgb []*image.Gray) []*image.Gray {
	out := subsample(rgb[0].Rect.Size(), func(x, y int) (r, g, b uint8) {
		i := y*rgb[0].Stride + x
		return rgb[0].Pix[i], rgb[1].Pix[i], rgb[2].Pix[i]
	})
	half := image.Rect(0, 0, (out.Rect.Dx()+1)/2, (out.Rect.Dy()+1)/2)
	return []*image.Gray{
		{Pix: out.Y, Stride: out.YStride, Rect: out.Rect},
		{Pix: out.Cb, Stride: out.CStride, Rect: half},
		{Pix: out.Cr, Stride: out.CStride, Rect: half},
	}
}

// subsample makes Y'CbCr 4:2:0 of colours: Cb and Cr are the means of two by two pixels.
func subsample(size image.Point, at func(x, y int) (r, g, b uint8)) *image.YCbCr {
	out := image.NewYCbCr(image.Rectangle{Max: size}, image.YCbCrSubsampleRatio420)
	cb, cr := make([]int, out.CStride), make([]int, out.CStride)
	for y := range size.Y {
		for x := range size.X {
			luma, b, r := color.RGBToYCbCr(at(x, y))
			out.Y[y*out.YStride+x] = luma
			n := 1 // A pixel at an odd edge counts for its neighbour that there is not.
			if x == size.X-1 && x&1 == 0 {
				n *= 2
			}
			if y == size.Y-1 && y&1 == 0 {
				n *= 2
			}
			cb[x/2] += n * int(b)
			cr[x/2] += n * int(r)
		}
		if y&1 == 1 || y == size.Y-1 {
			to := y / 2 * out.CStride
			for x := range cb {
				out.Cb[to+x], out.Cr[to+x] = uint8((cb[x]+2)/4), uint8((cr[x]+2)/4)
			}
			clear(cb)
			clear(cr)
		}
	}
	return out
}
