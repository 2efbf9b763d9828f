package jpeg

import "encoding/binary"

// tables are what scans are decoded with, as far as the file has defined them.
type tables struct {
	quant    [4]*[64]int32 // in zigzag order
	dc, ac   [4]*huffman
	interval int // of restarts, in minimum coded units; 0 is none
	room     *workspace
}

// read takes in a segment, if it defines tables.
func (t *tables) read(s segment) error {
	switch s.marker {
	case markerDQT:
		return t.readQuant(s.payload)
	case markerDHT:
		return t.readHuffman(s.payload)
	case markerDRI:
		if len(s.payload) < 2 {
			return FormatError("its restart interval is cut off")
		}
		t.interval = int(binary.BigEndian.Uint16(s.payload))
	}
	return nil
}

// readQuant reads quantization tables (T.81, B.2.4.1).
func (t *tables) readQuant(b []byte) error {
	for len(b) > 0 {
		precision, id := b[0]>>4, b[0]&15
		size := 64 << precision
		if precision > 1 || id > 3 {
			return FormatError("a quantization table has a wrong number")
		}
		if b = b[1:]; len(b) < size {
			return FormatError("a quantization table is cut off")
		}
		q := new([64]int32)
		for i := range q {
			if precision == 0 {
				q[i] = int32(b[i])
			} else {
				q[i] = int32(binary.BigEndian.Uint16(b[2*i:]))
			}
		}
		t.quant[id] = q
		b = b[size:]
	}
	return nil
}

// readHuffman reads Huffman tables (T.81, B.2.4.2).
func (t *tables) readHuffman(b []byte) error {
	for len(b) > 0 {
		if len(b) < 17 {
			return FormatError("a Huffman table is cut off")
		}
		class, id := b[0]>>4, b[0]&15
		if class > 1 || id > 3 {
			return FormatError("a Huffman table has a wrong number")
		}
		n := 0
		for _, count := range b[1:17] {
			n += int(count)
		}
		if len(b) < 17+n || n > 256 {
			return FormatError("a Huffman table has a wrong length")
		}
		h := t.room.huffman()
		if err := h.define([16]byte(b[1:17]), b[17:17+n], class == 1); err != nil {
			return err
		}
		if class == 0 {
			t.dc[id] = h
		} else {
			t.ac[id] = h
		}
		b = b[17+n:]
	}
	return nil
}

// complete puts the tables for typical pictures where a scan needs some that the file has not defined, as
// frames of Motion JPEG have it, and browsers do.
func (t *tables) complete(dc, ac byte, needsDC, needsAC bool) {
	if needsDC && dc < 2 && t.dc[dc] == nil {
		t.dc[dc] = t.typical(2*dc, false)
	}
	if needsAC && ac < 2 && t.ac[ac] == nil {
		t.ac[ac] = t.typical(2*ac+1, true)
	}
}

func (t *tables) typical(i byte, ac bool) *huffman {
	h := t.room.huffman()
	_ = h.define(typical[i].counts, typical[i].symbols, ac) // They make sense.
	return h
}

// natural is the place in a block, row by row, of each coefficient in zigzag order (T.81, figure A.6).
var natural = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10,
	17, 24, 32, 25, 18, 11, 4, 5,
	12, 19, 26, 33, 40, 48, 41, 34,
	27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36,
	29, 22, 15, 23, 30, 37, 44, 51,
	58, 59, 52, 45, 38, 31, 39, 46,
	53, 60, 61, 54, 47, 55, 62, 63,
}
