package images

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// colours maps opaque pixels to a palette of up to 255 colours, and transparent ones to one more, which comes first.
type colours struct {
	palette color.Palette
	exact   map[[3]uint8]uint8 // nil where there are more colours than fit
	near    []uint8            // of 5 bits of red, green and blue, where there are; 0 is not yet known
}

// bin is what is known of the pixels that have the upper 5 bits of red, green and blue in common.
type bin struct{ n, r, g, b int }

// newColours chooses colours: all of a few, else by the median cut (Heckbert, Color Image Quantization for Frame
// Buffer Display, 1982). Pixels are opaque or have an alpha of 0.
func newColours(img *image.NRGBA) *colours {
	c := &colours{palette: color.Palette{color.NRGBA{}}, exact: map[[3]uint8]uint8{}}
	if c.takeAll(img) {
		return c
	}
	bins := make([]bin, 1<<15)
	for i := 0; i+3 < len(img.Pix); i += 4 {
		if p := img.Pix[i : i+4]; p[3] != 0 {
			b := &bins[binOf(p)]
			b.n, b.r, b.g, b.b = b.n+1, b.r+int(p[0]), b.g+int(p[1]), b.b+int(p[2])
		}
	}
	bins = slices.DeleteFunc(bins, func(b bin) bool { return b.n == 0 })
	return &colours{palette: append(c.palette[:1], medianCut(bins, mostColours)...), near: make([]uint8, 1<<15)}
}

// mostColours leaves room for the transparent one.
const mostColours = 255

// takeAll takes the colours of a picture, if they are few enough.
func (c *colours) takeAll(img *image.NRGBA) bool {
	for i := 0; i+3 < len(img.Pix); i += 4 {
		p := [3]uint8(img.Pix[i : i+3])
		if _, known := c.exact[p]; known || img.Pix[i+3] == 0 {
			continue
		}
		if len(c.exact) == mostColours {
			return false
		}
		c.exact[p] = uint8(len(c.palette))
		c.palette = append(c.palette, color.NRGBA{p[0], p[1], p[2], 255})
	}
	return true
}

func binOf(p []uint8) int { return int(p[0])>>3<<10 | int(p[1])>>3<<5 | int(p[2])>>3 }

// medianCut cuts the box with the most pixels times its longest side until there are n, and gives their means.
func medianCut(bins []bin, n int) (means []color.Color) {
	boxes := [][]bin{bins}
	for len(boxes) < n {
		widest, most, by := -1, 0, (func(bin) int)(nil)
		for i, box := range boxes {
			if side, length := longest(box); len(box) > 1 && length*pixelsOf(box) > most {
				widest, most, by = i, length*pixelsOf(box), side
			}
		}
		if widest < 0 {
			break
		}
		box := boxes[widest]
		slices.SortStableFunc(box, func(a, b bin) int { return cmp.Compare(by(a), by(b)) })
		half, seen, at := pixelsOf(box)/2, 0, 1
		for i, b := range box[:len(box)-1] {
			if seen += b.n; seen <= half {
				at = i + 1
			}
		}
		boxes[widest] = box[:at]
		boxes = append(boxes, box[at:])
	}
	for _, box := range boxes {
		var all bin
		for _, b := range box {
			all.n, all.r, all.g, all.b = all.n+b.n, all.r+b.r, all.g+b.g, all.b+b.b
		}
		means = append(means, color.NRGBA{uint8(all.r / all.n), uint8(all.g / all.n), uint8(all.b / all.n), 255})
	}
	return means
}

func pixelsOf(box []bin) (n int) {
	for _, b := range box {
		n += b.n
	}
	return n
}

// longest gives the side along which the means of bins lie farthest apart, and how far.
func longest(box []bin) (side func(bin) int, length int) {
	sides := []func(bin) int{func(b bin) int { return b.r / b.n }, func(b bin) int { return b.g / b.n }, func(b bin) int { return b.b / b.n }}
	for _, s := range sides {
		low, high := 255, 0
		for _, b := range box {
			low, high = min(low, s(b)), max(high, s(b))
		}
		if side == nil || high-low > length {
			side, length = s, high-low
		}
	}
	return side, length
}

// index gives that of a pixel's colour, or of the nearest one.
func (c *colours) index(p []uint8) uint8 {
	switch {
	case p[3] == 0:
		return 0
	case c.exact != nil:
		return c.exact[[3]uint8(p)]
	}
	at := &c.near[binOf(p)]
	if *at == 0 {
		best := 1 << 30
		for i, other := range c.palette[1:] {
			o := other.(color.NRGBA)
			r, g, b := int(o.R)-int(p[0]), int(o.G)-int(p[1]), int(o.B)-int(p[2])
			if d := 2*r*r + 4*g*g + 3*b*b; d < best {
				best, *at = d, uint8(i+1)
			}
		}
	}
	return *at
}
