package jpeg

import "encoding/binary"

// coefficients keeps those of one component of a progressive picture between its scans, not
// dequantized: in a thumbnail, only those that are needed. Rows of blocks are made when the data
// reaches them, so that it takes no more memory than the data can account for.
type coefficients struct {
	*component
	kept  int      // coefficients of a block
	slot  [64]int8 // of a coefficient in zigzag order among those kept, or -1
	last  int      // the last that is kept
	rows  [][]int16
	exact bool // refinement is decoded, for which it counts which coefficients are not 0
	set   [][]uint64
	// spread is twice what is to be added to the magnitude of a coefficient of which low bits were
	// skipped, so that it lies in the middle of what it may be.
	spread [64]int32
}

// row gives what is kept of a row of blocks.
func (c *coefficients) row(by int) []int16 {
	if c.rows[by] == nil {
		c.rows[by] = make([]int16, c.kept*c.paddedX)
	}
	return c.rows[by]
}

// of gives what is kept of a block.
func (c *coefficients) of(bx, by int) []int16 { return c.row(by)[bx*c.kept : (bx+1)*c.kept] }

// marks gives which coefficients of a block are not 0, a bit for each.
func (c *coefficients) marks(bx, by int) *uint64 {
	if c.set[by] == nil {
		c.set[by] = make([]uint64, c.paddedX)
	}
	return &c.set[by][bx]
}

// refinementBits is how many low bits are left unknown where a reduction is skipReduction or more.
const (
	refinementBits = 2
	skipReduction  = 8
)

// plan makes room for coefficients, and tells which scans will refine them.
func (d *decoder) plan() {
	for _, o := range d.outlets {
		c := &coefficients{component: o.component, rows: make([][]int16, o.paddedY)}
		for k := range c.slot {
			c.slot[k] = -1
			if o.plane != nil || o.low.unit[k] != 0 {
				c.slot[k] = int8(c.kept)
				c.kept++
				c.last = k
			}
		}
		o.coefs = c
	}
	for at := 2; ; {
		s, ok := d.data.segment(at)
		if !ok {
			return
		}
		at = s.end
		if s.marker != markerSOS {
			continue
		}
		sc, _, err := d.parseScan(s)
		if err != nil || sc.ss == 0 || sc.ah == 0 {
			continue
		}
		o := d.outlets[sc.parts[0].index]
		if !o.coarse(&sc) && sc.ss <= o.coefs.last && !o.coefs.exact {
			o.coefs.exact = true
			o.coefs.set = make([][]uint64, o.paddedY)
		}
	}
}

// coarse tells whether a refinement is of no use for what is asked for.
func (o *outlet) coarse(sc *scan) bool {
	return o.plane == nil && sc.al < refinementBits && o.low.reduction >= skipReduction
}

// idle tells whether a scan brings nothing that is needed, and notes what is left unknown.
func (sc *scan) idle() bool {
	if sc.ss == 0 {
		return false
	}
	o := sc.parts[0].outlet
	if sc.ah > 0 && o.coarse(sc) {
		for k := sc.ss; k <= sc.se; k++ {
			o.coefs.spread[k] += 1 << sc.al
		}
		return true
	}
	return sc.ss > o.coefs.last && !o.coefs.exact
}

// dcSlot is what is needed to decode the DC coefficient of one block of a minimum coded unit.
type dcSlot struct {
	*part
	row  []int16 // of what is kept, from the block in the first unit on
	step int     // elements from one unit to the next
}

// dcSlots gives those of a row of units.
func (sc *scan) dcSlots(my int) []dcSlot {
	var all []dcSlot
	for i := range sc.parts {
		p := &sc.parts[i]
		across, down := p.h, p.v
		if len(sc.parts) == 1 {
			across, down = 1, 1
		}
		for y := range down {
			for x := range across {
				all = append(all, dcSlot{p, p.coefs.row(my*down + y)[x*p.coefs.kept:], across * p.coefs.kept})
			}
		}
	}
	return all
}

// dcUnits decodes the upper bits of the DC coefficients of n minimum coded units, or one more bit of
// them (T.81, G.1.2.1), from number mx of a row on. It tells how many it did before the data was used up.
func (d *decoder) dcUnits(sc *scan, mx, my, n int) (done int) {
	slots := sc.dcSlots(my)
	for ; done < n; done++ {
		for i := range slots {
			if d.bits.prepare(); d.bits.dry && i == 0 {
				return done
			}
			s := &slots[i]
			to := &s.row[(mx+done)*s.step]
			if sc.ah > 0 {
				*to |= int16(d.bits.read(1) << sc.al)
				continue
			}
			_, difference := d.bits.symbol(s.dc)
			s.outlet.dc += difference
			*to = int16(s.outlet.dc << sc.al)
		}
	}
	return done
}

// firstAC decodes the upper bits of a band of coefficients (T.81, G.1.2.2).
func (d *decoder) firstAC(sc *scan, p *part, bx, by int) {
	c := p.coefs
	needed := min(sc.se, c.last)
	if c.exact {
		needed = sc.se
	}
	var set uint64
	to := c.of(bx, by)
	k := sc.ss
	for k <= needed {
		jump, v := d.bits.symbol(p.ac)
		if jump >= endOfBlock {
			d.run = d.runOf(jump) - 1
			k = 64
			break
		}
		if k += jump; k > sc.se {
			break
		}
		if v != 0 {
			set |= 1 << k
			if slot := c.slot[k]; slot >= 0 {
				to[slot] = int16(v << sc.al)
			}
		}
		k++
	}
	if c.exact {
		*c.marks(bx, by) |= set
	}
	if k <= sc.se {
		d.run = d.bits.jump(p.ac, k, sc.se+1)
	}
}

// runOf reads how many blocks a band ends in, this one included.
func (d *decoder) runOf(jump int) int {
	n := uint(jump - endOfBlock)
	return 1<<n + int(d.bits.read(n))
}

// jump jumps over the coefficients of a band from k up to end, and gives the blocks behind this one
// that have none.
func (b *bitReader) jump(h *huffman, k, end int) (run int) {
	skip := h.skip()
	acc, n, pos := b.acc, b.n, b.pos
	for k < end {
		if n < 32 {
			acc |= binary.BigEndian.Uint64(b.buf[pos:]) >> (n & 63)
			pos += int((63 - n) >> 3)
			n |= 56
		}
		s := skip[acc>>(64-skipBits)]
		next := k + int(s>>6)
		if next <= end || next >= skipEnd && next < skipEnd+end {
			acc <<= s & 63
			n -= uint(s & 63)
			k = next
			continue
		}
		b.acc, b.n, b.pos = acc, n, pos
		jump, _ := b.symbol(h)
		if jump >= endOfBlock {
			size := uint(jump - endOfBlock)
			return 1<<size + int(b.read(size)) - 1
		}
		acc, n, pos = b.acc, b.n, b.pos
		k += jump + 1
	}
	b.acc, b.n, b.pos = acc, n, pos
	return 0
}

// reconstruct sends the coefficients where they belong when all scans are read.
func (d *decoder) reconstruct() {
	for _, o := range d.outlets {
		if o.quant == nil {
			continue
		}
		for by := range o.blocksY {
			if row := o.coefs.rows[by]; row != nil {
				d.reconstructRow(o, row, by)
			}
		}
	}
}

func (d *decoder) reconstructRow(o *outlet, row []int16, by int) {
	c := o.coefs
	if o.plane == nil {
		o.low.gather(c, o.quant, row, by)
		o.low.flush(by+1, 1)
		return
	}
	for bx := range o.blocksX {
		var b block
		last := 0
		for k, v := range row[64*bx : 64*bx+64] {
			if v != 0 {
				b[natural[k]] = int32(v) * o.quant[k]
				last = k
			}
		}
		if o.low != nil {
			o.low.collect(bx, by, &b)
		}
		b.inverse(last, o.plane.at(bx, by), o.plane.stride)
	}
	if o.low != nil {
		o.low.flush(by+1, 1)
	}
}

// gather takes the coefficients that were kept of a row of blocks.
func (l *lanes) gather(c *coefficients, quant *[64]int32, row []int16, by int) {
	l.use(by)
	shelf, lane := l.shelf(by)
	for bx, to := 0, shelf.row; bx < c.blocksX; bx++ {
		to[bx*l.step] += level(int32(row[bx*c.kept])*quant[0]) << (lane * stackLane)
	}
	for k, slot := range c.slot {
		if slot < 0 || k == 0 {
			continue
		}
		unit, spread := l.unit[k]<<(lane*stackLane), c.spread[k]*quant[k]>>1
		to := shelf.row[l.to[0][k].offset:]
		for bx := range c.blocksX {
			v := int32(row[bx*c.kept+int(slot)])
			switch {
			case v == 0:
				continue
			case v > 0:
				v = v*quant[k] + spread
			default:
				v = v*quant[k] - spread
			}
			to[bx*l.step] += int64(v) * unit
		}
	}
}
