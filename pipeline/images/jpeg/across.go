package jpeg

// pairs is the horizontal pass over a group of two lanes.
func (a *axis) pairs(row []int64, to0, to1 []int64) {
	const drop, half = wideScale - acrossScale, 1 << (wideScale - acrossScale - 1)
	for i := range a.first {
		sum := dot(row[int(a.first[i])*a.k:], a.wide[a.start[i]:a.start[i+1]])
		v0 := int64(int32(sum))
		v1 := (sum - v0) >> 32
		put(to0, i, (v0+half)>>drop)
		put(to1, i, (v1+half)>>drop)
	}
}

// put writes a value into its half of a pair.
func put(to []int64, i int, v int64) {
	if i&1 == 0 {
		to[i>>1] = v
	} else {
		to[i>>1] += v << 32
	}
}

// triples is the horizontal pass over a group of three lanes.
func (a *axis) triples(row []int64, to0, to1, to2 []int64) {
	for i := 0; i < len(a.first); i += 2 {
		var next int64
		sum := dot(row[int(a.first[i])*a.k:], a.narrow[a.start[i]:a.start[i+1]])
		if i+1 < len(a.first) {
			next = dot(row[int(a.first[i+1])*a.k:], a.narrow[a.start[i+1]:a.start[i+2]])
		}
		to0[i>>1], to1[i>>1], to2[i>>1] = apart(sum, next)
	}
}

// stacks is the horizontal pass over a stack of rows of blocks. Its results are those of both frequencies of the first
// row, then of the others.
func (a *axis) stacks(row []int64, to [][]int64) {
	to = to[:2*stack]
	for i := 0; i < len(a.first); i += 2 {
		var next0, next1 int64
		sum0, sum1 := dots(row[int(a.first[i])*stack:], a.narrow[a.start[i]:a.start[i+1]])
		if i+1 < len(a.first) {
			next0, next1 = dots(row[int(a.first[i+1])*stack:], a.narrow[a.start[i+1]:a.start[i+2]])
		}
		to[0][i>>1], to[2][i>>1], to[4][i>>1] = apart(sum0, next0)
		to[1][i>>1], to[3][i>>1], to[5][i>>1] = apart(sum1, next1)
	}
}

// apart takes three lanes of a sum, and those of the next one, to pairs.
func apart(sum, next int64) (pair0, pair1, pair2 int64) {
	const drop, half = narrowScale - acrossScale, 1 << (narrowScale - acrossScale - 1)
	v0, n0 := sum<<43>>43, next<<43>>43
	sum, next = (sum-v0)>>21, (next-n0)>>21
	v1, n1 := sum<<43>>43, next<<43>>43
	v2, n2 := (sum-v1)>>21, (next-n1)>>21
	pair0 = (v0+half)>>drop + (n0+half)>>drop<<32
	pair1 = (v1+half)>>drop + (n1+half)>>drop<<32
	pair2 = (v2+half)>>drop + (n2+half)>>drop<<32
	return pair0, pair1, pair2
}

// dot is the sum of the products of a row and weights, in two sums that do not wait for each other.
func dot(row []int64, weights []int16) int64 {
	row = row[:len(weights)]
	var sum, other int64
	for len(weights) >= 8 && len(row) >= 8 {
		w, r := (*[8]int16)(weights), (*[8]int64)(row)
		sum += r[0]*int64(w[0]) + r[2]*int64(w[2])
		other += r[1]*int64(w[1]) + r[3]*int64(w[3])
		sum += r[4]*int64(w[4]) + r[6]*int64(w[6])
		other += r[5]*int64(w[5]) + r[7]*int64(w[7])
		weights, row = weights[8:], row[8:]
	}
	for i, w := range weights {
		sum += row[i] * int64(w)
	}
	return sum + other
}

// dots gives the sums of a stack of rows: that of vertical frequency 0, which blocks have two coefficients of, and that
// of frequency 1, of which they have one.
func dots(row []int64, weights []int16) (sum0, sum1 int64) {
	for len(weights) >= 4 && len(row) >= 6 {
		w, r := (*[4]int16)(weights), (*[6]int64)(row)
		w0, w2 := int64(w[0]), int64(w[2])
		sum0 += r[0]*w0 + r[1]*int64(w[1]) + r[3]*w2 + r[4]*int64(w[3])
		sum1 += r[2]*w0 + r[5]*w2
		weights, row = weights[4:], row[6:]
	}
	if len(weights) >= 2 && len(row) >= 3 {
		w0 := int64(weights[0])
		sum0 += row[0]*w0 + row[1]*int64(weights[1])
		sum1 += row[2] * w0
	}
	return sum0, sum1
}
