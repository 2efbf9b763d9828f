package jpeg

// sink makes one plane of a result from the low frequencies of one component.
type sink struct {
	across, down *axis
	row          [][]int64 // the horizontal results of a row of blocks, for each vertical frequency, in pairs
	sums         [][]int64 // those of the result that are not yet whole, in pairs, in a ring
	done         int       // rows of the result that are whole
	width        int
	pix          []byte
	stride       int
}

// The fractional bits of the horizontal pass, and of both.
const (
	acrossScale = 7
	bothScale   = acrossScale + downScale
)

// zero is the sum of a pair of samples to which nothing has been added: gray, and half for rounding.
const zero = (128<<bothScale + 1<<(bothScale-1)) * (1<<32 + 1)

func newSink(across, down *axis, pix []byte, stride int) *sink {
	s := &sink{across: across, down: down, width: len(across.first), pix: pix, stride: stride}
	pairs := (s.width + 1) / 2
	for range down.k {
		s.row = append(s.row, make([]int64, pairs))
	}
	for range down.overlap() {
		sums := make([]int64, pairs)
		for i := range sums {
			sums[i] = zero
		}
		s.sums = append(s.sums, sums)
	}
	return s
}

// overlap is how many samples of a result lie on one block, at most.
func (a *axis) overlap() int {
	most, from := 1, 0
	for to := range a.first {
		for a.end(from) <= int(a.first[to]) {
			from++
		}
		most = max(most, to-from+1)
	}
	return most
}

// end is the block behind the last that a sample of a result lies on.
func (a *axis) end(i int) int { return int(a.first[i]) + int(a.start[i+1]-a.start[i])/a.k }

// add takes in a row of blocks. Rows come in order; those left out are gray.
func (s *sink) add(by int, row []int64, l *lanes) {
	s.finish(by)
	if s.done == len(s.down.first) || int(s.down.first[s.done]) > by {
		return
	}
	v := 0
	for g, n := range l.groups {
		part := row[g*l.length : (g+1)*l.length]
		if n == 2 {
			s.across.pairs(part, s.row[v], s.row[v+1])
		} else {
			s.across.triples(part, s.row[v], s.row[v+1], s.row[v+2])
		}
		v += n
	}
	for i := s.done; i < len(s.down.first) && int(s.down.first[i]) <= by; i++ {
		at := int(s.down.start[i]) + (by-int(s.down.first[i]))*s.down.k
		if at < int(s.down.start[i+1]) {
			accumulate(s.sums[i%len(s.sums)], s.row, s.down.narrow[at:at+s.down.k])
		}
	}
}

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

// triples is the horizontal pass over a group of three lanes.
func (a *axis) triples(row []int64, to0, to1, to2 []int64) {
	const drop, half = narrowScale - acrossScale, 1 << (narrowScale - acrossScale - 1)
	for i := range a.first {
		sum := dot(row[int(a.first[i])*a.k:], a.narrow[a.start[i]:a.start[i+1]])
		v0 := sum << 43 >> 43
		sum = (sum - v0) >> 21
		v1 := sum << 43 >> 43
		v2 := (sum - v1) >> 21
		put(to0, i, (v0+half)>>drop)
		put(to1, i, (v1+half)>>drop)
		put(to2, i, (v2+half)>>drop)
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

// accumulate adds the vertical frequencies of a row of blocks to the sums of a row of the result.
func accumulate(sums []int64, row [][]int64, weights []int16) {
	v := 0
	if len(weights)&1 == 1 {
		w0, w1, w2 := int64(weights[0]), int64(weights[1]), int64(weights[2])
		h0, h1, h2 := row[0][:len(sums)], row[1][:len(sums)], row[2][:len(sums)]
		for i := range sums {
			sums[i] += h0[i]*w0 + h1[i]*w1 + h2[i]*w2
		}
		v = 3
	}
	for ; v+2 <= len(weights); v += 2 {
		w0, w1 := int64(weights[v]), int64(weights[v+1])
		h0, h1 := row[v][:len(sums)], row[v+1][:len(sums)]
		for i := range sums {
			sums[i] += h0[i]*w0 + h1[i]*w1
		}
	}
}

// finish writes the rows of the result that lie on no block from number by on.
func (s *sink) finish(by int) {
	for s.done < len(s.down.first) && s.down.end(s.done) <= by {
		sums := s.sums[s.done%len(s.sums)]
		line := s.pix[s.done*s.stride:][:s.width]
		for i, sum := range sums {
			v0 := int64(int32(sum))
			line[2*i] = clamp(int32(v0 >> bothScale))
			if 2*i+1 < len(line) {
				line[2*i+1] = clamp(int32((sum - v0) >> 32 >> bothScale))
			}
			sums[i] = zero
		}
		s.done++
	}
}

// clamp gives the nearest sample of 8 bits.
func clamp(v int32) uint8 {
	if uint32(v) > 255 {
		return uint8(^(v >> 31))
	}
	return uint8(v)
}
