package jpeg

import "math/bits"

// refineAC decodes one more bit of a band of coefficients (T.81, G.1.2.3): of those that are not yet
// 0, one correction bit each, and between them those that become 1 or -1.
func (d *decoder) refineAC(sc *scan, p *part, bx, by int) {
	c := p.coefs
	if c.set[by] == nil && d.run > 0 { // Nothing in this row has been set.
		d.run--
		return
	}
	set := c.marks(bx, by)
	k := sc.ss
	if d.run == 0 {
		known := *set
		for k <= sc.se {
			jump, v := d.bits.symbol(p.ac)
			if jump >= endOfBlock {
				d.run = d.runOf(jump)
				break
			}
			// The coefficient is the one behind so many that are 0.
			zeros := ^known & band(k, sc.se)
			for ; jump > 0 && zeros != 0; jump-- {
				zeros &= zeros - 1
			}
			at := sc.se + 1
			if zeros != 0 {
				at = bits.TrailingZeros64(zeros)
			}
			d.correct(sc, c, known&band(k, at-1), bx, by)
			if v != 0 && at <= sc.se {
				*set |= 1 << at
				if slot := c.slot[at]; slot >= 0 {
					c.of(bx, by)[slot] = int16(v) << sc.al
				}
			}
			k = at + 1
			d.bits.prepare()
		}
	}
	if d.run > 0 {
		d.run--
		if k <= sc.se {
			d.correct(sc, c, *set&band(k, sc.se), bx, by)
		}
	}
}

// band has a bit for each coefficient from k to last.
func band(k, last int) uint64 {
	if k > last {
		return 0
	}
	return ^uint64(0) << k & (^uint64(0) >> (63 - last))
}

// correct reads a bit for each coefficient of a set, and grows those for which it is 1.
func (d *decoder) correct(sc *scan, c *coefficients, set uint64, bx, by int) {
	if set == 0 {
		return
	}
	kept := set & band(0, c.last)
	if kept != 0 {
		to := c.of(bx, by)
		for ; kept != 0; kept &= kept - 1 {
			k := bits.TrailingZeros64(kept)
			if d.bits.read(1) == 0 || c.slot[k] < 0 {
				continue
			}
			if v := &to[c.slot[k]]; *v >= 0 {
				*v += 1 << sc.al
			} else {
				*v -= 1 << sc.al
			}
		}
	}
	for n := uint(bits.OnesCount64(set &^ band(0, c.last))); n > 0; {
		part := min(n, 16)
		d.bits.read(part)
		n -= part
	}
}
