package jpeg

import "fmt"

// scan is the header of a scan (T.81, B.2.3).
type scan struct {
	parts  []part
	ss, se int  // the band of coefficients, in zigzag order
	ah, al uint // the bit that was known before, and that is known after; 0 before is none
}

// part is what a scan has of one component.
type part struct {
	*outlet
	index  int
	dc, ac *huffman
}

// down is how many rows of blocks a row of coded units has of a component (T.81, A.2.2).
func (sc *scan) down(i int) int {
	if len(sc.parts) == 1 {
		return 1 // Rows of the scan are rows of blocks.
	}
	return sc.parts[i].v
}

// parseScan reads the header of a scan, without the tables.
func (p *Picture) parseScan(s segment) (scan, []byte, error) {
	b := s.payload
	if len(b) < 1 || len(b) < 4+2*int(b[0]) {
		return scan{}, nil, FormatError("a scan's header is cut off")
	}
	n := int(b[0])
	if n < 1 || n > len(p.components) {
		return scan{}, nil, FormatError(fmt.Sprintf("a scan has %d components", n))
	}
	sc := scan{ss: 0, se: 63}
	if rest := b[1+2*n:]; p.Progressive {
		sc.ss, sc.se, sc.ah, sc.al = int(rest[0]), int(rest[1]), uint(rest[2]>>4), uint(rest[2]&15)
		if sc.ss > sc.se || sc.se > 63 || sc.ss == 0 && sc.se != 0 || sc.ss > 0 && n > 1 || sc.al > 13 || sc.ah != 0 && sc.ah != sc.al+1 {
			return scan{}, nil, FormatError(fmt.Sprintf("a scan of coefficients %d to %d, bits %d to %d", sc.ss, sc.se, sc.ah, sc.al))
		}
	}
	blocks := 0
	for i := range n {
		index := -1
		for j, c := range p.components {
			if c.id == b[1+2*i] {
				index = j
			}
		}
		if index < 0 {
			return scan{}, nil, FormatError(fmt.Sprintf("a scan of the component %d, which there is not", b[1+2*i]))
		}
		for _, other := range sc.parts {
			if other.index == index {
				return scan{}, nil, FormatError("a scan names a component twice")
			}
		}
		sc.parts = append(sc.parts, part{index: index})
		blocks += p.components[index].h * p.components[index].v
	}
	if n > 1 && blocks > 10 {
		return scan{}, nil, FormatError(fmt.Sprintf("a scan has %d blocks in a coded unit, more than 10", blocks))
	}
	return sc, b[1 : 1+2*n], nil
}

// readScan reads the header of a scan, and finds its tables.
func (d *decoder) readScan(s segment) (*scan, error) {
	sc, selectors, err := d.parseScan(s)
	if err != nil {
		return nil, err
	}
	for i := range sc.parts {
		p := &sc.parts[i]
		p.outlet = d.outlets[p.index]
		dc, ac := selectors[2*i+1]>>4, selectors[2*i+1]&15
		if dc > 3 || ac > 3 {
			return nil, FormatError("a scan uses a Huffman table with a wrong number")
		}
		needsDC, needsAC := sc.ss == 0 && sc.ah == 0, sc.se > 0
		d.tables.complete(dc, ac, needsDC, needsAC)
		p.dc, p.ac = d.tables.dc[dc], d.tables.ac[ac]
		if needsDC && p.dc == nil || needsAC && p.ac == nil {
			return nil, FormatError("a scan uses a Huffman table that is not defined")
		}
		if p.quant == nil {
			if p.quant = d.tables.quant[p.tq]; p.quant == nil {
				return nil, FormatError("a component uses a quantization table that is not defined")
			}
			if p.low != nil {
				p.low.dequantize(p.quant)
			}
		}
	}
	return &sc, nil
}

// decodeScan decodes the data of a scan, block by block.
func (d *decoder) decodeScan(sc *scan, number int) {
	walk := d.walk(sc)
	switch {
	case !d.Progressive:
		walk.block, walk.row = d.sequentialBlock, d.sequentialRow
	case sc.ss == 0: // The DC coefficients of a row of units have a loop of their own.
	case sc.ah == 0:
		walk.block = d.firstAC
	default:
		walk.block = d.refineAC
	}
	for i := range sc.parts {
		sc.parts[i].loaded = true
	}
	walk.all()
	switch {
	case walk.lost < 0:
	case d.Progressive:
		d.note(fmt.Errorf("the data of scan %d ends too early", number))
	default:
		d.note(fmt.Errorf("the data ends too early; %d of its %d rows were read", min(walk.lost*d.Height/max(1, walk.rows), d.Height), d.Height))
	}
	if walk.resynced > 0 {
		d.note(fmt.Errorf("restart markers are missing or wrong in %d places", walk.resynced))
	}
}

// walk goes over the minimum coded units of a scan in the order in which they are coded (T.81, A.2).
type walk struct {
	*decoder
	*scan
	columns, rows int
	block         func(sc *scan, p *part, bx, by int) // nil for DC coefficients
	slots         []slot                              // nil, or what decodes blocks in place of block
	row           func(sc *scan, my int)              // nil, or called after each row
	restarts      int                                 // so far, modulo 8
	due           int                                 // coded units up to the next restart
	lost          int                                 // the row in which the data ended, or -1
	resynced      int                                 // restarts that were not where they should be
}

func (d *decoder) walk(sc *scan) *walk {
	w := &walk{decoder: d, scan: sc, columns: d.mcusX, rows: d.mcusY, due: d.interval, lost: -1}
	if len(sc.parts) == 1 {
		w.columns, w.rows = sc.parts[0].blocksX, sc.parts[0].blocksY
	}
	w.forget()
	return w
}

// forget starts an interval.
func (w *walk) forget() {
	w.run = 0
	for i := range w.parts {
		w.parts[i].outlet.dc = 0
	}
}

func (w *walk) all() {
	for my := range w.rows {
		if w.row != nil {
			w.slots = w.scan.slots(w.slots, my)
		}
		for mx := 0; mx < w.columns; {
			n := w.columns - mx
			if w.interval > 0 {
				if w.due == 0 {
					w.restart()
				}
				n = min(n, w.due)
			}
			done := 0
			if !w.bits.dry {
				done = w.units(mx, my, n)
			}
			if done < n { // All up to the next restart is gray.
				if w.lost < 0 {
					w.lost = my
				}
				if w.interval == 0 || w.bits.at+1 >= w.bits.src.size {
					w.endRow(my)
					return
				}
			}
			mx, w.due = mx+n, w.due-n
		}
		w.endRow(my)
	}
	if w.bits.prepare(); w.bits.dry && w.lost < 0 {
		w.lost = w.rows - 1
	}
}

// units decodes n minimum coded units of a row, and tells how many it did before the data was used up.
func (w *walk) units(mx, my, n int) int {
	switch {
	case w.slots != nil:
		done := w.bits.lowUnits(w.slots, mx, n)
		for i := range w.parts {
			for y := range min(done, 1) * w.down(i) {
				w.parts[i].low.use(my*w.down(i) + y)
			}
		}
		return done
	case w.block == nil:
		return w.dcUnits(w.scan, mx, my, n)
	}
	for i := 0; i < n; i++ {
		if w.run > 0 && w.ah == 0 { // These blocks have nothing in the band.
			skipped := min(w.run, n-i)
			w.run -= skipped
			if i += skipped; i == n {
				break
			}
		}
		if w.bits.prepare(); w.bits.dry {
			return i
		}
		w.unit(mx+i, my)
	}
	return n
}

func (w *walk) endRow(my int) {
	if w.row != nil {
		w.row(w.scan, my)
	}
}

// unit decodes one minimum coded unit.
func (w *walk) unit(mx, my int) {
	if len(w.parts) == 1 {
		w.bits.prepare()
		w.block(w.scan, &w.parts[0], mx, my)
		return
	}
	for i := range w.parts {
		p := &w.parts[i]
		for y := range p.v {
			for x := range p.h {
				w.bits.prepare()
				w.block(w.scan, p, mx*p.h+x, my*p.v+y)
			}
		}
	}
}

func (w *walk) restart() {
	if !w.bits.restart(w.restarts) {
		w.resynced++
	}
	w.restarts = (w.restarts + 1) & 7
	w.due = w.interval
	w.forget()
}
