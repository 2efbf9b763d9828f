package jpeg

// The widths of the look-up tables, in bits.
const (
	valueBits = 10
	skipBits  = 13
	pairBits  = 11
)

// huffman is a table of codes, made for looking up.
//
// An entry of value tells what begins with ten bits: in bits 0 to 7 how many bits the code and the
// value behind it take, in bits 8 to 15 how many coefficients are jumped over before it, and above
// them the value, signed. Where the value does not fit into the ten bits, bits 0 to 7 are 0, bits 16
// to 20 are the length of the code, and bits 21 to 24 the size of the value; where the code does not
// fit, the entry is 0. The end of a block jumps over endOfBlock coefficients; the end of a band, in
// a progressive scan, over as many more as bits follow that tell its run.
type huffman struct {
	value  [1 << valueBits]uint32
	limit  [17]uint32 // the first code, in 16 bits, that is longer than so many bits
	first  [17]int32  // what makes an index into symbols of a code of so many bits
	symbol []byte
	ac     bool
	skips  *skipTable // made when first asked for
	twos   *pairTable // so, too
}

const endOfBlock = 64

// newHuffman makes a table of the number of codes of each length and their symbols, in order of the
// codes (T.81, C.2). Symbols that no value of 8 bits needs, and codes that don't fit, are an error.
func newHuffman(counts [16]byte, symbols []byte, ac bool) (*huffman, error) {
	h := &huffman{symbol: append([]byte(nil), symbols...), ac: ac}
	code, index := uint32(0), 0
	for length := 1; length <= 16; length++ {
		n := int(counts[length-1])
		h.first[length] = int32(index) - int32(code)
		for range n {
			if !ac && symbols[index] > 15 {
				return nil, FormatError("a Huffman table has a symbol that makes no sense")
			}
			if length <= valueBits && code < 1<<length {
				h.enter(code, length, symbols[index])
			}
			code++
			index++
		}
		if code > 1<<length {
			return nil, FormatError("a Huffman table has more codes than there can be")
		}
		h.limit[length] = code << (16 - length)
		code <<= 1
	}
	return h, nil
}

// enter fills in the entries that begin with a code.
func (h *huffman) enter(code uint32, length int, symbol byte) {
	free := valueBits - length
	for rest := range uint32(1) << free {
		at := code<<free | rest
		run, size := h.parts(symbol)
		if size > free {
			h.value[at] = uint32(size)<<21 | uint32(length)<<16 | run<<8
			continue
		}
		v := extend(rest>>(free-size), size)
		h.value[at] = uint32(v)<<16 | run<<8 | uint32(length+size)
	}
}

// parts splits a symbol into the coefficients to jump over and the size of the value (T.81, F.1.2, G.1.2.2).
func (h *huffman) parts(symbol byte) (run uint32, size int) {
	if !h.ac {
		return 0, int(symbol)
	}
	run, size = uint32(symbol>>4), int(symbol&15)
	if size == 0 && run < 15 {
		run += endOfBlock
	}
	return run, size
}

// extend gives the value that size bits stand for (T.81, F.2.2.1).
func extend(bits uint32, size int) int32 {
	if size == 0 {
		return 0
	}
	if bits>>(size-1) == 0 {
		return int32(bits) - (1<<size - 1)
	}
	return int32(bits)
}

// complete makes an entry whole that the ten bits did not suffice for, from 32 bits or more. A code
// that there is not counts as symbol 0, as libjpeg has it.
func (h *huffman) complete(acc uint64, e uint32) uint32 {
	length, run, size := int(e>>16&31), e>>8&255, int(e>>21)
	if e == 0 {
		var symbol byte
		symbol, length = h.long(uint32(acc >> 48))
		run, size = h.parts(symbol)
	}
	if size == 0 {
		return run<<8 | uint32(length)
	}
	v := extend(uint32(acc<<length>>(64-size)), size)
	return uint32(v)<<16 | run<<8 | uint32(length+size)
}

// long finds a code of up to 16 bits.
func (h *huffman) long(code uint32) (symbol byte, length int) {
	for length = 1; length <= 16; length++ {
		if code < h.limit[length] {
			return h.symbol[int32(code>>(16-length))+h.first[length]], length
		}
	}
	return 0, 16
}

// skipTable tells for thirteen bits how to jump over all symbols that are whole in them: in bits 0 to
// 3 how many bits these take, and above how many coefficients, and skipEnd more where the block ends
// behind them. Where not even one is whole, these are skipNone.
type skipTable [1 << skipBits]uint16

const (
	skipEnd  = 128
	skipNone = 2048
)

// skip gives the table that jumps over symbols.
func (h *huffman) skip() *skipTable {
	if h.skips == nil {
		h.skips = h.makeSkips()
	}
	return h.skips
}

// makeSkips chains single symbols. The end of a run of bands is never part of a chain.
func (h *huffman) makeSkips() *skipTable {
	var single [1 << skipBits]uint16 // advance << 4 | length of the first symbol, if it is whole
	for at := range single {
		e := h.value[at>>(skipBits-valueBits)]
		if uint8(e) == 0 {
			e = h.complete(uint64(at)<<(64-skipBits), e)
		}
		length, run := e&255, e>>8&255
		switch {
		case length > skipBits, run > endOfBlock:
		case run == endOfBlock:
			single[at] = uint16(skipEnd<<4 | length)
		default:
			single[at] = uint16((run+1)<<4 | length)
		}
	}
	t := new(skipTable)
	for at := range t {
		length, advance := uint16(0), uint16(0)
		for advance < 64 {
			e := single[at<<length&(1<<skipBits-1)]
			if e == 0 || length+e&15 > skipBits {
				break
			}
			length, advance = length+e&15, advance+e>>4
		}
		if advance == 0 {
			advance = skipNone
		}
		t[at] = advance<<4 | length
	}
	return t
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
	if h.twos == nil {
		h.twos = h.makePairs()
	}
	return h.twos
}

// makePairs puts two symbols together where both are whole in the bits of the table.
func (h *huffman) makePairs() *pairTable {
	t := new(pairTable)
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
	return t
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
