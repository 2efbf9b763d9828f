package jpeg

import "image"

// fixedMemory is what decoding takes whatever the picture's size, in bytes: buffers and Huffman tables.
const fixedMemory = 512 << 10

// Memory is about how many bytes Decode takes for a request, at most, results included, from the
// header alone.
func (p *Picture) Memory(r Request) int64 {
	total := int64(fixedMemory)
	drafts := len(r.Sizes) > 0
	for i := range p.components {
		c := &p.components[i]
		blocks := int64(c.paddedX) * int64(c.paddedY)
		kept := int64(0)
		if drafts {
			across, down := p.kept(i, r)
			kept = int64(across * down)
			total += 8 * int64(c.v) * int64(c.paddedX) * int64(across*len(lanesOf(down)))
			for _, size := range r.Sizes {
				total += p.sinkMemory(i, size, r.Orientation)
			}
		}
		if r.Pixels {
			total += 64 * blocks
			kept = 64
		}
		if p.Progressive {
			total += blocks * (2*kept + 8)
		}
	}
	if r.Pixels && p.model != modelGray && p.model != modelYCbCr {
		total += 4 * int64(p.Width) * int64(p.Height)
	}
	return total
}

// sinkMemory is what one component of a thumbnail takes: weights, sums and samples, and their copies
// when they are turned and converted.
func (p *Picture) sinkMemory(i int, size image.Point, orientation int) int64 {
	across, down := p.grids(i, stored(size, orientation), orientation)
	ofAxis := func(g grid) int64 {
		return int64(g.out) * int64(6*max(g.scale, 1)/8+2) * 4 * 8
	}
	sums := 8 * int64(across.out) * int64(6*max(down.scale, 1)/max(down.scale, 1)+16)
	return ofAxis(across) + ofAxis(down) + sums + 4*int64(across.out)*int64(down.out)
}

// kept tells how many frequencies a component needs for a request: as many as its largest thumbnail.
func (p *Picture) kept(i int, r Request) (across, down int) {
	for _, size := range r.Sizes {
		x, y := p.grids(i, stored(size, r.Orientation), r.Orientation)
		across, down = max(across, frequencies(x.scale)), max(down, frequencies(y.scale))
	}
	return across, down
}
