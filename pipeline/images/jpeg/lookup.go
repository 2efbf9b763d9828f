package jpeg

// skipTable tells for twelve bits how to jump over all symbols that are whole in them: in bits 0 to
// 5 how many bits these take, and above how many coefficients, and skipEnd more where the block ends
// behind them. Where not even one is whole, these are skipNone.
type skipTable [1 << skipBits]uint16

const (
	skipEnd  = 128
	skipNone = 512
)

// skip gives the table that jumps over symbols.
func (h *huffman) skip() *skipTable {
	if !h.filled.skips {
		if h.skips == nil {
			h.skips = new(skipTable)
		}
		h.fillSkips(h.skips)
		h.filled.skips = true
	}
	return h.skips
}

// fillSkips chains single symbols. The end of a run of bands is never part of a chain.
func (h *huffman) fillSkips(t *skipTable) {
	var single [1 << skipBits]uint16 // advance << 6 | length of the first symbol, if it is whole
	for at := range single {
		e := h.value[at>>(skipBits-valueBits)]
		if uint8(e) == 0 {
			e = h.complete(uint64(at)<<(64-skipBits), e)
		}
		length, run := e&255, e>>8&255
		switch {
		case length > skipBits, run > endOfBlock:
		case run == endOfBlock:
			single[at] = uint16(skipEnd<<6 | length)
		default:
			single[at] = uint16((run+1)<<6 | length)
		}
	}
	for at := range t {
		length, advance := uint16(0), uint16(0)
		for advance < 64 {
			e := single[at<<length&(1<<skipBits-1)]
			if e == 0 || length+e&63 > skipBits {
				break
			}
			length, advance = length+e&63, advance+e>>6
		}
		if advance == 0 {
			advance = skipNone
		}
		t[at] = advance<<6 | length
	}
}

// pairTable tells for eleven bits one or two symbols of AC coefficients that are whole in them: in bits 0 to 7 how many
// bits they take, in bits 8 to 15 how many coefficients are jumped over before the first value, and in bits 16 to 31 that,
// signed; in bits 32 to 39 and 40 to 55 the same of the second, its way from where the first one began; and above how
// many coefficients they bring the block forward. Without a second one, its value is 0; without a first one, all is.
type pairTable [1 << pairBits]uint64

// lastPair is the last coefficient from which on the first of two symbols can't be the last one of its block, so that
// the second belongs to it, too: one jumps over up to 15.
const lastPair = 63 - 1 - 15

// pairs gives the table of one or two symbols.
func (h *huffman) pairs() *pairTable {
	if !h.filled.twos {
		if h.twos == nil {
			h.twos = new(pairTable)
		}
		h.fillPairs(h.twos)
		h.filled.twos = true
	}
	return h.twos
}

// fillPairs puts two symbols together where both are whole in the bits of the table.
func (h *huffman) fillPairs(t *pairTable) {
	clear(t[:])
	for at := range t {
		acc := uint64(at) << (64 - pairBits)
		one := h.alone(acc)
		length := one & 63
		if length > pairBits {
			continue
		}
		t[at] = one
		if one>>56 >= endOfBlock {
			continue
		}
		if two := h.alone(acc << length); length+two&63 <= pairBits {
			behind := one >> 56
			t[at] = one&(1<<32-1) + two&63 + (behind+two>>8&127)<<32 + two>>16&0xffff<<40 + (behind+two>>56)<<56
		}
	}
}

// alone gives the entry of pairs for one symbol, from 32 bits or more.
func (h *huffman) alone(acc uint64) uint64 {
	e := h.value[acc>>(64-valueBits)]
	if uint8(e) == 0 {
		e = h.complete(acc, e)
	}
	run := uint64(e >> 8 & 127)
	return uint64(e&63) | run<<8 | uint64(e>>16)<<16 | (run+1)<<56
}

// headTable tells for eleven bits that an AC band begins with what the first two coefficients are, and how to jump
// over the other symbols that are whole in them: in bits 0 to 5 how many bits all take, in bits 6 to 11 how many
// coefficients they bring the block forward, at most up to its end, and in bits 12 to 21 and 22 to 31 the first
// and the second coefficient, signed. What does not fit is left to be decoded.
type headTable [1 << headBits]uint32

// heads gives the table of the first two coefficients.
func (h *huffman) heads() *headTable {
	if !h.filled.firsts {
		if h.firsts == nil {
			h.firsts = new(headTable)
		}
		h.fillHeads(h.firsts)
		h.filled.firsts = true
	}
	return h.firsts
}

// fillHeads chains single symbols up to the end of the bits or of the block.
func (h *huffman) fillHeads(t *headTable) {
	for at := range t {
		acc, length, k := uint64(at)<<(64-headBits), uint64(0), uint64(1)
		var values [64]int32 // of which the first two are wanted
		for k < 64 {
			e := h.alone(acc << length)
			v, next := int32(int16(e>>16)), k+e>>56
			if length+e&63 > headBits || v != v<<22>>22 {
				break // It is not whole, or too large.
			}
			if e>>56 > endOfBlock {
				next = 64
			} else if next > 64 {
				break
			} else {
				values[next-1] = v
			}
			k, length = next, length+e&63
		}
		t[at] = uint32(values[2])<<22 | uint32(values[1])<<22>>10 | uint32(k-1)<<6 | uint32(length)
	}
}
