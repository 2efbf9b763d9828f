package jpeg

import "image"

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

func (w *workspace) sink(across, down *axis, stacked bool, to *image.Gray) *sink {
	s := &sink{across: across, down: down, width: len(across.first), pix: to.Pix, stride: to.Stride}
	pairs := (s.width + 1) / 2
	rows := down.k
	if stacked {
		rows *= stack
	}
	for range rows {
		s.row = append(s.row, w.rows.take(pairs))
	}
	for range down.overlap() {
		sums := w.rows.take(pairs)
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

// add takes in a row of blocks, or a stack that begins with it. Rows come in order; those left out are gray.
func (s *sink) add(by int, row []int64, l *lanes) {
	s.finish(by)
	if s.done == len(s.down.first) || int(s.down.first[s.done]) >= by+l.height() {
		return
	}
	if l.stacked {
		s.across.stacks(row, s.row)
		for lane := range stack {
			s.finish(by + lane)
			s.addDown(by+lane, s.row[lane*s.down.k:][:s.down.k])
		}
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
	s.addDown(by, s.row)
}

// addDown is the vertical pass over the horizontal results of a row of blocks.
func (s *sink) addDown(by int, row [][]int64) {
	for i := s.done; i < len(s.down.first) && int(s.down.first[i]) <= by; i++ {
		at := int(s.down.start[i]) + (by-int(s.down.first[i]))*s.down.k
		if at < int(s.down.start[i+1]) {
			accumulate(s.sums[i%len(s.sums)], row, s.down.narrow[at:at+s.down.k])
		}
	}
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
