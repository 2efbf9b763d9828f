package jpeg

// slots gives what decodes the blocks of a scan where no pixels are asked for.
func (sc *scan) slots() []slot {
	var all []slot
	for _, p := range sc.parts {
		if p.plane != nil {
			return nil
		}
		across, down := p.h, p.v
		if len(sc.parts) == 1 {
			across, down = 1, 1
		}
		for y := range down {
			for x := range across {
				all = append(all, slot{
					dc: p.dc, ac: p.ac, skip: p.ac.skip(), pairs: p.ac.pairs(), to: &p.low.to, last: p.low.last,
					row: p.low.rows[y][x*p.low.across:], step: across * p.low.across,
					factor: p.quant[0], sum: &p.outlet.dc,
				})
			}
		}
	}
	return all
}

// sequentialBlock decodes a block of a sequential scan (T.81, F.2.2) to pixels, and collects its low
// frequencies if they are asked for, too.
func (d *decoder) sequentialBlock(sc *scan, p *part, bx, by int) {
	_, difference := d.bits.symbol(p.dc)
	o := p.outlet
	o.dc += difference
	var b block
	b[0] = o.dc * o.quant[0]
	last := d.bits.fullBlock(p.ac, o.quant, &b)
	if o.low != nil {
		row := by % len(o.low.rows)
		if len(sc.parts) == 1 {
			row = 0
		}
		o.low.collect(row, bx, &b)
	}
	b.inverse(last, o.plane.at(bx, by), o.plane.stride)
}

// collect takes the low frequencies of a whole block, dequantized, into the i-th row.
func (l *lanes) collect(i, bx int, b *block) {
	row := l.rows[i][bx*l.across:]
	row[0] += level(b[0])
	for k := 1; k <= l.last; k++ {
		if unit := l.unit[k]; unit != 0 {
			row[l.to[k].offset] += int64(b[natural[k]]) * unit
		}
	}
	l.used[i] = true
}

// sequentialRow passes a row of minimum coded units on.
func (d *decoder) sequentialRow(sc *scan, my int) {
	for i := range sc.parts {
		l := sc.parts[i].low
		switch {
		case l == nil:
		case len(sc.parts) == 1: // Rows of the scan are rows of blocks.
			l.flushRow(0, my)
		default:
			l.flush(my * len(l.rows))
		}
	}
}
