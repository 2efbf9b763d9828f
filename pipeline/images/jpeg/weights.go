package jpeg

import "math"

// basis is the inverse DCT in one dimension (T.81, A.3.3): what frequency u brings to sample n.
var basis = func() (b [8][8]float64) {
	for n := range b {
		b[n][0] = math.Sqrt(1.0 / 8)
		for u := 1; u < 8; u++ {
			b[n][u] = math.Cos(float64((2*n+1)*u)*math.Pi/16) / 2
		}
	}
	return b
}()

// grid says where the samples of a result lie in a component, along one side.
type grid struct {
	out    int     // samples of the result
	in     int     // samples of the component
	scale  float64 // samples of the component for one of the result
	offset float64 // of the result's edge, in samples of the component
}

// frequencies tells how many of the eight frequencies matter where a component is reduced by s; a
// study of SSIM against a full decode and Lanczos found the line.
func frequencies(s float64) int { return min(8, int(9.2/s+2.05)) }

// axis holds the weights of one direction: for each sample of the result, those of the frequencies of
// the blocks that it lies on, as whole numbers.
type axis struct {
	k     int     // frequencies
	first []int32 // the first block, for each sample of the result
	start []int32 // in weights, for each sample of the result and the end
	// The weights times 1 << narrowScale and 1 << wideScale; those of frequency 0 add up to what
	// keeps an even area as it is.
	narrow, wide []int16
}

const (
	narrowScale = 10 // for lanes of 21 bits
	wideScale   = 15 // for lanes of 32 bits
	downScale   = 13 // of the vertical pass
)

// kernel gives the weights of Lanczos3 for the samples of a result, stretched where the grid reduces.
// (Duchon, Lanczos Filtering in One and Two Dimensions, 1979; what it does at the edges is imaging's.)
type kernel struct {
	grid
	step   float64 // from sample to sample of the component, in the angle of the sine
	reach  float64 // samples of the component
	weight []float64
}

// lobes is how many the kernel has on either side.
const lobes = 3

func (w *workspace) kernel(g grid) *kernel {
	stretch := max(g.scale, 1)
	reach := lobes * stretch
	return &kernel{g, math.Pi / stretch, reach, w.shares.take(int(2*reach) + 2)[:0]}
}

// span tells which samples of the component the kernel reaches over, without regard to the edges.
func (k *kernel) span(i int) (centre float64, from, to int) {
	centre = (float64(i)+0.5)*k.scale + k.offset - 0.5
	return centre, int(math.Ceil(centre - k.reach)), int(math.Floor(centre + k.reach))
}

// inside tells whether these samples are all there.
func (k *kernel) inside(i int) bool {
	_, from, to := k.span(i)
	return from >= 0 && to < k.in
}

// at gives the first sample of the component and the weights from there on, which add up to 1. They are
// good until the next call.
func (k *kernel) at(i int) (from int, weight []float64) {
	centre, from, to := k.span(i)
	from = min(max(0, from), k.in-1)
	to = max(min(k.in-1, to), from)
	// The sines along the kernel follow from each other by rotation.
	angle := (float64(from) - centre) * k.step
	sin, cos := math.Sincos(angle)
	sin3, cos3 := math.Sincos(angle / lobes)
	sinStep, cosStep := math.Sincos(k.step)
	sinStep3, cosStep3 := math.Sincos(k.step / lobes)
	weight, sum := k.weight[:0], 0.0
	for range to - from + 1 {
		w := 1.0
		if math.Abs(angle) > 1e-6 {
			w = lobes * sin * sin3 / (angle * angle)
		}
		weight = append(weight, w)
		sum += w
		angle += k.step
		sin, cos = sin*cosStep+cos*sinStep, cos*cosStep-sin*sinStep
		sin3, cos3 = sin3*cosStep3+cos3*sinStep3, cos3*cosStep3-sin3*sinStep3
	}
	for n := range weight {
		weight[n] /= sum
	}
	return from, weight
}

// period tells after how many samples of a result the kernel lies on its blocks as before, and how many
// blocks that is; 0 where it never does so soon.
func (g grid) period() (samples, blocks int) {
	for n := 1; n <= 64; n++ {
		moved := float64(n) * g.scale / 8
		if whole := math.Round(moved); math.Abs(moved-whole) < 1e-9 {
			return n, int(whole)
		}
	}
	return 0, 0
}

// axis folds the kernel and the DCT into weights of k frequencies, at the scales that are asked for.
func (w *workspace) axis(g grid, k int, narrow, wide int) *axis {
	a := &axis{k: k, first: w.places.take(g.out), start: w.places.take(g.out + 1)}
	most := int(6*max(g.scale, 1))/8 + 2
	size := g.out * min(most, ceilDiv(g.in, 8)) * k
	if narrow > 0 {
		a.narrow = w.weights.take(size)[:0]
	}
	if wide > 0 {
		a.wide = w.weights.take(size)[:0]
	}
	samples, blocks := g.period()
	kernel := w.kernel(g)
	folded := w.shares.take((most + 1) * k)
	n := 0
	for i := range g.out {
		a.start[i] = int32(n)
		if back := i - samples; samples > 0 && back >= 0 && kernel.inside(back) && kernel.inside(i) {
			a.repeat(i, back, blocks)
			n += int(a.start[back+1] - a.start[back])
			continue
		}
		from, weight := kernel.at(i)
		first, last := from/8, (from+len(weight)-1)/8
		part := folded[:(last-first+1)*k]
		fold(weight, from, k, part)
		a.first[i] = int32(first)
		n += len(part)
		if narrow > 0 {
			a.narrow = diffuse(a.narrow, part, k, narrow)
		}
		if wide > 0 {
			a.wide = diffuse(a.wide, part, k, wide)
		}
	}
	a.start[g.out] = int32(n)
	return a
}

// repeat gives sample i of a result the weights of an earlier one, so many blocks further on.
func (a *axis) repeat(i, back, blocks int) {
	a.first[i] = a.first[back] + int32(blocks)
	from, to := a.start[back], a.start[back+1]
	if a.narrow != nil {
		a.narrow = append(a.narrow, a.narrow[from:to]...)
	}
	if a.wide != nil {
		a.wide = append(a.wide, a.wide[from:to]...)
	}
}

// fold adds up what the samples under a kernel have of each frequency of their blocks.
func fold(weight []float64, from, k int, to []float64) {
	clear(to)
	first := from / 8
	for n, w := range weight {
		x := from + n
		at := (x/8 - first) * k
		for u, b := range basis[x%8][:k] {
			to[at+u] += w * b
		}
	}
}

// diffuse rounds weights so that what each loses goes to the next one of its frequency.
func diffuse(to []int16, weights []float64, k, scale int) []int16 {
	var lost [8]float64
	unit := float64(int(1) << scale)
	for i, w := range weights {
		exact := w*unit + lost[i%k]
		rounded := math.Round(exact)
		lost[i%k] = exact - rounded
		to = append(to, int16(rounded))
	}
	return to
}
