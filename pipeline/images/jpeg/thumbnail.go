package jpeg

import (
	"image"
	"math"
)

// draft is a thumbnail in the making: the planes of its components, as stored.
type draft struct {
	size        image.Point // as stored
	planes      []*image.Gray
	orientation int
}

// stored is an upright size before turning.
func stored(size image.Point, orientation int) image.Point {
	if orientation >= 5 {
		return image.Pt(size.Y, size.X)
	}
	return size
}

// drafts makes room for the thumbnails of a request.
func (d *decoder) drafts(r Request) []draft {
	var all []draft
	for _, size := range r.Sizes {
		draft := draft{size: stored(size, r.Orientation), orientation: r.Orientation}
		for i := range d.components {
			across, down := d.grids(i, draft.size, r.Orientation)
			draft.planes = append(draft.planes, d.room.gray(image.Pt(across.out, down.out)))
		}
		all = append(all, draft)
	}
	return all
}

// grids places the samples of one component of a thumbnail. Cb and Cr of a picture in Y'CbCr get
// half its sides. Where a side of odd length will be turned around, its pairs of pixels begin before it.
func (p *Picture) grids(i int, size image.Point, orientation int) (across, down grid) {
	c := p.components[i]
	half := p.model == modelYCbCr && i > 0
	mirrorX, mirrorY := mirrored(orientation)
	side := func(full, out, factor, most, in int, mirror bool) grid {
		scale := float64(full) / float64(out) * float64(factor) / float64(most)
		g := grid{out: out, in: in, scale: scale}
		if half {
			g = grid{out: (out + 1) / 2, in: in, scale: 2 * scale}
			if mirror && out&1 == 1 {
				g.offset = -scale
			}
		}
		return g
	}
	across = side(p.Width, size.X, c.h, p.hMax, c.width, mirrorX)
	down = side(p.Height, size.Y, c.v, p.vMax, c.height, mirrorY)
	return across, down
}

// newLanes makes what collects the low frequencies of a component for all drafts.
func (d *decoder) newLanes(i int, r Request, drafts []draft) *lanes {
	kx, ky := d.kept(i, r)
	reduction := math.Inf(1)
	var grids [][2]grid
	for _, draft := range drafts {
		x, y := d.grids(i, draft.size, draft.orientation)
		grids = append(grids, [2]grid{x, y})
		reduction = min(reduction, x.scale, y.scale)
	}
	corners := kx == 3 && ky == 3 || kx == 2 && ky == 2 && reduction >= 12
	l := d.room.lanes(&d.components[i], kx, ky, corners)
	l.reduction = reduction
	narrow, wide := 0, 0
	if l.stacked {
		narrow = narrowScale
	}
	for _, n := range l.groups {
		if n == 3 {
			narrow = narrowScale
		} else {
			wide = wideScale
		}
	}
	for n, draft := range drafts {
		x := d.room.axis(grids[n][0], kx, narrow, wide)
		y := d.room.axis(grids[n][1], ky, downScale, 0)
		l.sinks = append(l.sinks, d.room.sink(x, y, l.stacked, draft.planes[i]))
	}
	return l
}

// assemble makes a thumbnail of its planes, upright.
func (p *Picture) assemble(d draft) image.Image {
	planes := make([]*image.Gray, len(d.planes))
	for i, from := range d.planes {
		planes[i] = turn(from, d.orientation)
	}
	switch p.model {
	case modelGray:
		return planes[0]
	case modelYCbCr:
	case modelRGB:
		planes = halve(planes)
	case modelYCCK:
		blacken(planes, toLight)
		planes = halve(planes[:3])
	case modelCMYK:
		blacken(planes, func(r, g, b uint8) (uint8, uint8, uint8) { return r, g, b })
		planes = halve(planes[:3])
	}
	return &image.YCbCr{
		Y: planes[0].Pix, Cb: planes[1].Pix, Cr: planes[2].Pix,
		YStride: planes[0].Stride, CStride: planes[1].Stride,
		SubsampleRatio: image.YCbCrSubsampleRatio420,
		Rect:           planes[0].Rect,
	}
}
