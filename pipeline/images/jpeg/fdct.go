package jpeg

// forward is the DCT of Loeffler, Ligtenberg and Moschytz, as inverse is its inverse, rounded as in
// libjpeg's jfdctint.c. Samples are shifted to be around 0; the result is eight times the DCT.
func (b *block) forward() {
	for i := 0; i < 64; i += 8 {
		r := b[i : i+8 : i+8]
		r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7] = forward8([8]int32(r), constBits-passBits)
		r[0], r[4] = r[0]<<passBits, r[4]<<passBits
	}
	for i := range 8 {
		c := b[i:][:57]
		c[0], c[8], c[16], c[24], c[32], c[40], c[48], c[56] =
			forward8([8]int32{c[0], c[8], c[16], c[24], c[32], c[40], c[48], c[56]}, constBits+passBits)
		c[0], c[32] = (c[0]+1<<(passBits-1))>>passBits, (c[32]+1<<(passBits-1))>>passBits
	}
}

// The fractional bits of the constants, and those kept between the two passes.
const (
	constBits = 13
	passBits  = 2
)

// forward8 is the transform in one dimension. The low bits are dropped of all but 0 and 4, which
// have none.
func forward8(s [8]int32, drop uint) (o0, o1, o2, o3, o4, o5, o6, o7 int32) {
	half := int32(1) << (drop & 31) >> 1
	drop &= 31
	t0, t7, t1, t6 := s[0]+s[7], s[0]-s[7], s[1]+s[6], s[1]-s[6]
	t2, t5, t3, t4 := s[2]+s[5], s[2]-s[5], s[3]+s[4], s[3]-s[4]
	e0, e3, e1, e2 := t0+t3, t0-t3, t1+t2, t1-t2
	z := (e2+e3)*fix0541196100 + half
	o2, o6 = (z+e3*fix0765366865)>>drop, (z-e2*fix1847759065)>>drop

	z5 := (t4+t6+t5+t7)*fix1175875602 + half
	z1, z2 := -(t4+t7)*fix0899976223, -(t5+t6)*fix2562915447
	z3, z4 := z5-(t4+t6)*fix1961570560, z5-(t5+t7)*fix0390180644
	return e0 + e1, (t7*fix1501321110 + z1 + z4) >> drop, o2, (t6*fix3072711026 + z2 + z3) >> drop,
		e0 - e1, (t5*fix2053119869 + z2 + z4) >> drop, o6, (t4*fix0298631336 + z1 + z3) >> drop
}

// The constants of the forward DCT, times 1 << 13.
const (
	fix0298631336 = 2446
	fix0390180644 = 3196
	fix0541196100 = 4433
	fix0765366865 = 6270
	fix0899976223 = 7373
	fix1175875602 = 9633
	fix1501321110 = 12299
	fix1847759065 = 15137
	fix1961570560 = 16069
	fix2053119869 = 16819
	fix2562915447 = 20995
	fix3072711026 = 25172
)
