package jpeg

import "encoding/binary"

// place says where a coefficient goes in a row of low frequencies: to which element, times what, which
// has the shift to its lane in it. That of one that is not kept is 0.
type place struct {
	factor int64
	offset int
}

// places are those of all coefficients in zigzag order, and more that a damaged block may name.
type places [128]place

// slot is what is needed to decode one block of a minimum coded unit for its low frequencies alone.
type slot struct {
	dc, ac *huffman
	skip   *skipTable
	pairs  *pairTable
	heads  *headTable // nil where rows are not stacked, which are when none but the first two are kept
	first  int64      // the factors of these
	second int64
	to     *places
	last   int     // the last coefficient that is kept
	row    []int64 // of low frequencies, from the block in the first unit on
	shift  uint    // to the lane of the row of blocks
	step   int     // elements from one unit to the next
	factor int32   // of the DC coefficient
	sum    *int32  // the DC coefficient so far
}

// lowUnits decodes n minimum coded units from number mx of a row on. Of each block, it adds the
// coefficients that are kept to the block's row, up to the last of them, and jumps over the others. It
// tells how many it did before the data was used up.
//
//nolint:funlen // The loops share what is kept in registers.
func (b *bitReader) lowUnits(slots []slot, mx, n int) (done int) {
	acc, have, pos := b.acc, b.n, b.pos
	for ; done < n; done++ {
	blocks:
		for i := range slots {
			if pos >= b.low {
				b.acc, b.n, b.pos = acc, have, pos
				b.more()
				if acc, have, pos = b.acc, b.n, b.pos; b.dry && i == 0 {
					return done
				}
			}
			// Taking in bytes without a test where a test would often guess wrong is faster.
			acc |= binary.BigEndian.Uint64(b.buf[pos:]) >> (have & 63)
			pos += int((63 - have) >> 3)
			have |= 56
			s := &slots[i]
			e := s.dc.value[acc>>(64-valueBits)]
			if uint8(e) == 0 {
				e = s.dc.complete(acc, e)
			}
			acc <<= e & 63
			have -= uint(e & 63)
			*s.sum += int32(e) >> 16
			row := s.row[(mx+done)*s.step:]
			row[0] += level(*s.sum*s.factor) << (s.shift & 63)

			h, to, last, pairs := s.ac, s.to, s.last, s.pairs
			k := 1
			if s.heads != nil {
				head := s.heads[acc>>(64-headBits)]
				acc <<= head & 63
				have -= uint(head & 63)
				k += int(head >> 6 & 63)
				stacked := (*[stack]int64)(row)
				stacked[1] += int64(int32(head)<<10>>22) * s.first
				stacked[2] += int64(int32(head)>>22) * s.second
			}
			for k <= last {
				if have < 32 {
					acc |= binary.BigEndian.Uint64(b.buf[pos:]) >> (have & 63)
					pos += int((63 - have) >> 3)
					have |= 56
				}
				two := pairs[acc>>(64-pairBits)]
				if two&63 == 0 || k > lastPair {
					two = h.alone(acc)
				}
				acc <<= two & 63
				have -= uint(two & 63)
				p := &to[(k+int(two>>8&127))&127]
				row[p.offset] += int64(int16(two>>16)) * p.factor
				p = &to[(k+int(two>>32&127))&127]
				row[p.offset] += int64(int16(two>>40)) * p.factor
				k += int(two >> 56)
			}
			skip := s.skip
			for k < 64 {
				for have >= skipBits {
					jump := skip[acc>>(64-skipBits)]
					next := k + int(jump>>6)
					if next < 64 {
						acc <<= jump & 63
						have -= uint(jump & 63)
						k = next
						continue
					}
					if next == 64 || uint(next-skipEnd) < 64 {
						acc <<= jump & 63
						have -= uint(jump & 63)
						continue blocks
					}
					// One symbol alone: it is long, or others that lie behind the end of the block follow it.
					if have < 32 {
						break
					}
					e := h.value[acc>>(64-valueBits)]
					if uint8(e) == 0 {
						e = h.complete(acc, e)
					}
					acc <<= e & 63
					have -= uint(e & 63)
					k += int(e>>8&127) + 1
					break
				}
				acc |= binary.BigEndian.Uint64(b.buf[pos:]) >> (have & 63)
				pos += int((63 - have) >> 3)
				have |= 56
			}
		}
	}
	b.acc, b.n, b.pos = acc, have, pos
	return done
}

// block is one of coefficients or samples, row by row, and room for what belongs nowhere.
type block [64 + 8]int32

// naturalOrNot is natural, and for what is beyond a block the room behind it.
var naturalOrNot = func() (t [128]uint8) {
	for i := range t {
		t[i] = 64
	}
	copy(t[:], natural[:])
	return t
}()

// fullBlock decodes a block but for its DC coefficient, times the quantization table, and tells the last
// coefficient that is not 0, in zigzag order.
func (b *bitReader) fullBlock(h *huffman, quant *[64]int32, to *block) (last int) {
	acc, n, pos := b.acc, b.n, b.pos
	for k := 1; k < 64; k++ {
		if n < 32 {
			acc |= binary.BigEndian.Uint64(b.buf[pos:]) >> (n & 63)
			pos += int((63 - n) >> 3)
			n |= 56
		}
		e := h.value[acc>>(64-valueBits)]
		if uint8(e) == 0 {
			e = h.complete(acc, e)
		}
		acc <<= e & 63
		n -= uint(e & 63)
		k += int(e >> 8 & 127)
		if k < 64 {
			last = k
			to[naturalOrNot[k]] = int32(e) >> 16 * quant[k]
		}
	}
	b.acc, b.n, b.pos = acc, n, pos
	return last
}
