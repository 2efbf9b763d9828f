package jpeg

// slots gives what decodes the blocks of row my of a scan's coded units where no pixels are asked for, in room that has
// been made for it before.
func (sc *scan) slots(room []slot, my int) []slot {
	room = room[:0]
	for i, p := range sc.parts {
		if p.plane != nil {
			return nil
		}
		across, down := p.h, sc.down(i)
		if len(sc.parts) == 1 {
			across = 1
		}
		s := slot{
			dc: p.dc, ac: p.ac, skip: p.ac.skip(), pairs: p.ac.pairs(), last: p.low.last,
			step: across * p.low.step, factor: p.quant[0], sum: &p.outlet.dc,
		}
		if p.low.stacked {
			s.heads = p.ac.heads()
		}
		for y := range down {
			shelf, lane := p.low.shelf(my*down + y)
			s.to, s.shift = &p.low.to[lane], uint(lane*stackLane)
			s.first, s.second = s.to[1].factor, s.to[2].factor
			for x := range across {
				s.row = shelf.row[x*p.low.step:]
				room = append(room, s)
			}
		}
	}
	return room
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
		o.low.collect(bx, by, &b)
	}
	b.inverse(last, o.plane.at(bx, by), o.plane.stride)
}

// collect takes the low frequencies of a whole block, dequantized.
func (l *lanes) collect(bx, by int, b *block) {
	l.use(by)
	shelf, lane := l.shelf(by)
	row, shift := shelf.row[bx*l.step:], lane*stackLane
	row[0] += level(b[0]) << shift
	for k := 1; k <= l.last; k++ {
		if unit := l.unit[k]; unit != 0 {
			row[l.to[0][k].offset] += int64(b[natural[k]]) * unit << shift
		}
	}
}

// sequentialRow passes a row of minimum coded units on.
func (d *decoder) sequentialRow(sc *scan, my int) {
	for i := range sc.parts {
		if l, down := sc.parts[i].low, sc.down(i); l != nil {
			l.flush((my+1)*down, down)
		}
	}
}
