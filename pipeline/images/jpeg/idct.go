package jpeg

// The constants of the inverse DCT: cosines and sines of 1, 3 and 6 sixteenths of pi, those of 6 over
// the root of 2, times 1 << 12, and what the pass over rows has in more precision.
const (
	cos1, sin1 = 4017, 799
	cos3, sin3 = 3406, 2276
	cos6, sin6 = 1108, 2676

	cos6Row, sin6Row = 70936, 171254 // times 1 << 18
	root8, root14    = 181, 11585    // 1 over the root of 2, times 1 << 8 and 1 << 14
)

// rotate turns a pair of values by an angle of which k times the cosine and sine are given, with
// three multiplications.
func rotate(a, b, cos, sin int32) (x, y int32) {
	sum := cos * (a + b)
	return sum + (sin-cos)*b, sum - (cos+sin)*a
}

// inverse is the inverse DCT of Loeffler, Ligtenberg and Moschytz (Practical Fast 1-D DCT Algorithms
// with 11 Multiplications, ICASSP 1989), in the order and with the precision of package image/jpeg, so
// that both give the same samples. It writes eight rows of them; last is the last coefficient that is
// not 0, in zigzag order.
func (b *block) inverse(last int, to []byte, stride int) {
	if last == 0 {
		v := clamp((b[0]+4)>>3 + 128)
		for y := range 8 {
			line := to[y*stride:][:8]
			for x := range line {
				line[x] = v
			}
		}
		return
	}
	b.inverseRows()
	b.inverseColumns(to, stride)
}

func (b *block) inverseRows() {
	for i := 0; i < 64; i += 8 {
		r := b[i : i+8 : i+8]
		if r[1]|r[2]|r[3]|r[4]|r[5]|r[6]|r[7] == 0 {
			v := r[0] << 17
			r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7] = v, v, v, v, v, v, v, v
			continue
		}
		x0, x1 := (r[0]+r[4])<<17, (r[0]-r[4])<<17
		x2, x3 := rotate(r[2], r[6], cos6Row, -sin6Row)
		x1, x2 = x1+x2, x1-x2
		x0, x3 = x0+x3, x0-x3

		x7, x4 := (r[1]+r[7])<<7, (r[1]-r[7])<<7
		x5, x6 := r[3]*root8, r[5]*root8
		x7, x5 = x7+x5, x7-x5
		x4, x6 = x4+x6, x4-x6
		x4, x7 = rotate(x4>>2, x7>>2, cos3, -sin3)
		x5, x6 = rotate(x5>>2, x6>>2, cos1, -sin1)

		r[0], r[1], r[2], r[3] = x0+x7, x1+x6, x2+x5, x3+x4
		r[4], r[5], r[6], r[7] = x3-x4, x2-x5, x1-x6, x0-x7
	}
}

func (b *block) inverseColumns(to []byte, stride int) {
	for i := range 8 {
		c := b[i:][:57]
		half := c[0] + 1<<19
		x0, x1 := (half+c[32])>>2, (half-c[32])>>2
		x2, x3 := rotate(c[16]>>13, c[48]>>13, cos6, -sin6)
		x1, x2 = x1+x2, x1-x2
		x0, x3 = x0+x3, x0-x3

		x7, x4 := c[8]+c[56], c[8]-c[56]
		x5, x6 := (c[24]>>13)*root14, (c[40]>>13)*root14
		x7, x5 = x7+x5, x7-x5
		x4, x6 = x4+x6, x4-x6
		x4, x7 = rotate(x4>>14, x7>>14, cos3, -sin3)
		x5, x6 = rotate(x5>>14, x6>>14, cos1, -sin1)

		line := to[i:][:7*stride+1]
		line[0], line[stride] = sample(x0+x7), sample(x1+x6)
		line[2*stride], line[3*stride] = sample(x2+x5), sample(x3+x4)
		line[4*stride], line[5*stride] = sample(x3-x4), sample(x2-x5)
		line[6*stride], line[7*stride] = sample(x1-x6), sample(x0-x7)
	}
}

// sample drops the fractional bits of a result.
func sample(v int32) uint8 { return clamp(v>>18 + 128) }
