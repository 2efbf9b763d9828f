package jpeg

// fixedMemory is what decoding takes whatever the picture's size, in bytes: buffers, Huffman tables, and the room that is kept.
const fixedMemory = 512<<10 + 4*keptBytes + keptSamples

// Memory is about how many bytes Decode takes for a request, at most, results included, from the
// header alone.
func (p *Picture) Memory(r Request) int64 {
	total := int64(fixedMemory)
	drafts := len(r.Sizes) > 0
	copies := int64(1) // of the samples of a thumbnail
	if r.Orientation > 1 {
		copies++
	}
	if p.model != modelGray && p.model != modelYCbCr {
		copies++
	}
	for i := range p.components {
		c := &p.components[i]
		blocks := int64(c.paddedX) * int64(c.paddedY)
		kept := int64(0)
		if drafts {
			across, down := p.kept(i, r)
			kept = int64(across * down)
			total += 8 * int64(c.paddedX) * int64(max(c.v*across*len(lanesOf(down)), 2*stack))
			for _, size := range r.Sizes {
				x, y := p.grids(i, stored(size, r.Orientation), r.Orientation)
				total += sinkMemory(x, y, across, down) + copies*int64(x.out)*int64(y.out)
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
	if _, stored := p.ratio(); r.Pixels && p.model != modelGray && !stored {
		total += 4 * int64(p.Width) * int64(p.Height)
	}
	return total
}

// sinkMemory is what one component of a thumbnail takes, without its samples: weights and sums.
func sinkMemory(across, down grid, kx, ky int) int64 {
	weights := func(g grid, k int) int64 {
		return int64(g.out) * int64(int(6*max(g.scale, 1))/8+2) * int64(k) * 4
	}
	overlap := min(down.out, int((6*max(down.scale, 1)+8)/down.scale)+2)
	sums := 4 * int64(across.out+1) * int64(overlap+ky)
	return weights(across, kx) + weights(down, ky) + sums
}

// kept tells how many frequencies a component needs for a request: as many as its largest thumbnail.
func (p *Picture) kept(i int, r Request) (across, down int) {
	for _, size := range r.Sizes {
		x, y := p.grids(i, stored(size, r.Orientation), r.Orientation)
		across, down = max(across, frequencies(x.scale)), max(down, frequencies(y.scale))
	}
	return across, down
}
