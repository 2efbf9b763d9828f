package jpeg

// The widths of the look-up tables, in bits.
const (
	valueBits = 10
	skipBits  = 12
	pairBits  = 11
	headBits  = 11
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
	skips  *skipTable // room for what is filled when first asked for
	twos   *pairTable // so, too
	firsts *headTable // so, too
	filled struct{ skips, twos, firsts bool }
}

const endOfBlock = 64

// define makes an empty table one of the number of codes of each length and their symbols, in order of the
// codes (T.81, C.2). Symbols that no value of 8 bits needs, and codes that don't fit, are an error.
func (h *huffman) define(counts [16]byte, symbols []byte, ac bool) error {
	h.symbol, h.ac = append(h.symbol, symbols...), ac
	code, index := uint32(0), 0
	for length := 1; length <= 16; length++ {
		n := int(counts[length-1])
		h.first[length] = int32(index) - int32(code)
		for range n {
			if !ac && symbols[index] > 15 {
				return FormatError("a Huffman table has a symbol that makes no sense")
			}
			if length <= valueBits && code < 1<<length {
				h.enter(code, length, symbols[index])
			}
			code++
			index++
		}
		if code > 1<<length {
			return FormatError("a Huffman table has more codes than there can be")
		}
		h.limit[length] = code << (16 - length)
		code <<= 1
	}
	return nil
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
