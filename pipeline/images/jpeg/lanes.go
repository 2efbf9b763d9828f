package jpeg

// lanes collects the low frequencies of rows of blocks of one component. Several vertical frequencies
// lie side by side in one int64, as lanes of 21 or 32 bits, so that one multiplication in the
// horizontal pass serves all of them: a sum of products of the whole is that of the lanes, since
// what a negative lane borrows from the next one is given back when they are taken apart.
type lanes struct {
	across, down int       // how many frequencies are kept
	groups       []int     // how many lanes each int64 has, two or three
	length       int       // of one group in a row
	last         int       // the last coefficient that is kept, in zigzag order
	to           places    // of coefficients that are not dequantized
	unit         [64]int64 // the factors of those that are
	rows         [][]int64 // of the blocks of one row of minimum coded units
	used         []bool    // the row holds something
	reduction    float64   // the least of the sinks
	sinks        []*sink
}

// newLanes makes room for so many frequencies of a component. Corners says that those go whose sum is
// greatest, which a reduction by so much does not show.
func newLanes(c *component, across, down int, corners bool) *lanes {
	l := &lanes{across: across, down: down, length: across * c.paddedX, groups: lanesOf(down)}
	for range c.v {
		l.rows = append(l.rows, make([]int64, l.length*len(l.groups)))
	}
	l.used = make([]bool, c.v)
	for k, at := range natural {
		u, v := int(at&7), int(at>>3)
		if u >= across || v >= down || corners && u == across-1 && v == down-1 {
			continue
		}
		group, lane := l.laneOf(v)
		l.unit[k] = 1 << (lane * l.width(group))
		l.to[k] = place{l.unit[k], group*l.length + u}
		l.last = k
	}
	return l
}

// lanesOf splits vertical frequencies into groups of two and three.
func lanesOf(down int) (groups []int) {
	for down > 0 {
		n := 3
		if down == 2 || down == 4 {
			n = 2
		}
		groups = append(groups, n)
		down -= n
	}
	return groups
}

// laneOf tells where a vertical frequency lies.
func (l *lanes) laneOf(v int) (group, lane int) {
	for v >= l.groups[group] {
		v -= l.groups[group]
		group++
	}
	return group, v
}

// width is that of a lane, in bits.
func (l *lanes) width(group int) int { return 64 / l.groups[group] }

// dequantize has the coefficients multiplied by a table when they are collected.
func (l *lanes) dequantize(quant *[64]int32) {
	for k, q := range quant {
		l.to[k].factor = l.unit[k] * int64(q)
	}
}

// level is a DC coefficient within the range that pixels can have, and a little beyond. Damage makes larger
// ones, which would run over into other lanes.
func level(dc int32) int64 { return int64(min(max(dc, -1280), 1280)) }

// flush passes the rows of blocks of a row of coded units, from number by on, to the sinks.
func (l *lanes) flush(by int) {
	for i := range l.rows {
		l.flushRow(i, by+i)
	}
}

// flushRow passes on one row of blocks, the i-th of those that are collected, which is number by.
func (l *lanes) flushRow(i, by int) {
	if !l.used[i] {
		return
	}
	for _, s := range l.sinks {
		s.add(by, l.rows[i], l)
	}
	clear(l.rows[i])
	l.used[i] = false
}
