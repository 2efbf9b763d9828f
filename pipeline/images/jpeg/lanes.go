package jpeg

// lanes collects the low frequencies of rows of blocks of one component. Several vertical frequencies
// lie side by side in one int64, as lanes of 21 or 32 bits, so that one multiplication in the
// horizontal pass serves all of them: a sum of products of the whole is that of the lanes, since
// what a negative lane borrows from the next one is given back when they are taken apart. Where of each
// block three coefficients are kept, it is three rows of blocks that lie side by side, in three int64 for each block.
type lanes struct {
	across, down int           // how many frequencies are kept
	stacked      bool          // rows of blocks lie side by side
	groups       []int         // how many lanes each int64 has, two or three, where they do not
	step         int           // from one block to the next in a row
	length       int           // of one group in a row
	last         int           // the last coefficient that is kept, in zigzag order
	to           [stack]places // of coefficients that are not dequantized, for each row of a stack
	unit         [64]int64     // the factors of those that are, in the first one
	shelves      []shelf       // of the blocks of one row of minimum coded units
	reduction    float64       // the least of the sinks
	sinks        []*sink
}

// stack is how many rows of blocks lie side by side, and stackLane the bits of each.
const (
	stack     = 3
	stackLane = 64 / stack
)

// shelf is one row of blocks, or a stack of them.
type shelf struct {
	row    []int64
	number int // of the row or the stack in the component; -1 where it holds nothing
}

// lanes makes room for so many frequencies of a component. Corners says that those go whose sum is
// greatest, which a reduction by so much does not show.
func (w *workspace) lanes(c *component, across, down int, corners bool) *lanes {
	l := &lanes{across: across, down: down, stacked: stacks(across, down, corners), step: across}
	if l.stacked {
		l.step = stack
	} else {
		l.groups = lanesOf(down)
	}
	l.length = l.step * c.paddedX
	l.shelves = make([]shelf, shelves(c, l.stacked))
	for i := range l.shelves {
		l.shelves[i] = shelf{w.rows.take(l.length * max(1, len(l.groups))), -1}
	}
	for k, at := range natural {
		u, v := int(at&7), int(at>>3)
		if u >= across || v >= down || corners && u == across-1 && v == down-1 {
			continue
		}
		l.last = k
		if l.stacked {
			l.unit[k] = 1
			for lane := range l.to {
				l.to[lane][k] = place{1 << (lane * stackLane), u + 2*v}
			}
			continue
		}
		group, lane := l.laneOf(v)
		l.unit[k] = 1 << (lane * l.width(group))
		l.to[0][k] = place{l.unit[k], group*l.length + u}
	}
	return l
}

// stacks tells whether rows of blocks lie side by side.
func stacks(across, down int, corners bool) bool { return across == 2 && down == 2 && corners }

// shelves is how many are in use at once. A row of coded units may begin and end within a stack.
func shelves(c *component, stacked bool) int {
	switch {
	case !stacked:
		return c.v
	case c.v == 1 || c.v == stack:
		return 1
	}
	return 2
}

// height is how many rows of blocks a shelf holds.
func (l *lanes) height() int {
	if l.stacked {
		return stack
	}
	return 1
}

// shelf gives that of a row of blocks, and which lane of its stack the row is.
func (l *lanes) shelf(by int) (s *shelf, lane int) {
	return &l.shelves[by/l.height()%len(l.shelves)], by % l.height()
}

// use notes that a row of blocks brings something.
func (l *lanes) use(by int) {
	s, _ := l.shelf(by)
	s.number = by / l.height()
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
		for lane := range l.height() {
			l.to[lane][k].factor = l.unit[k] * int64(q) << (lane * stackLane)
		}
	}
}

// level is a DC coefficient within the range that pixels can have, and a little beyond. Damage makes larger
// ones, which would run over into other lanes.
func level(dc int32) int64 { return int64(min(max(dc, -1280), 1280)) }

// flush passes on what is whole when the rows of blocks before number end are, n of which are new.
func (l *lanes) flush(end, n int) {
	height := l.height()
	for number := (end - n) / height; (number+1)*height <= end; number++ {
		l.flushShelf(number)
	}
}

// drain passes on the stack that is not whole, when no more rows come.
func (l *lanes) drain() {
	last := -1
	for _, s := range l.shelves {
		last = max(last, s.number)
	}
	for number := max(0, last-len(l.shelves)+1); number <= last; number++ {
		l.flushShelf(number)
	}
}

func (l *lanes) flushShelf(number int) {
	shelf := &l.shelves[number%len(l.shelves)]
	if shelf.number != number {
		return
	}
	for _, s := range l.sinks {
		s.add(number*l.height(), shelf.row, l)
	}
	clear(shelf.row)
	shelf.number = -1
}
