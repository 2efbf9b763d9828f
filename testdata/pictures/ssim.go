package main

import (
	"image"
	"math"
)

// plane is brightness, row by row.
type plane struct {
	w, h int
	v    []float64
}

// luma is BT.601's: what a JPEG has of it, else that of the pixels' 8 bits.
func luma(img image.Image) plane {
	b := img.Bounds()
	p := plane{w: b.Dx(), h: b.Dy()}
	if img, ok := img.(*image.YCbCr); ok {
		for y := range p.h {
			for _, v := range img.Y[y*img.YStride:][:p.w] {
				p.v = append(p.v, float64(v))
			}
		}
		return p
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			p.v = append(p.v, 0.299*float64(r>>8)+0.587*float64(g>>8)+0.114*float64(b>>8))
		}
	}
	return p
}

// ssim is the mean structural similarity over windows of 8 x 8 pixels (Wang, Bovik, Sheikh and
// Simoncelli, Image Quality Assessment: From Error Visibility to Structural Similarity, 2004).
func ssim(a, b plane) float64 {
	const side = 8
	const c1, c2 = (0.01 * 255) * (0.01 * 255), (0.03 * 255) * (0.03 * 255)
	sum, n := 0.0, 0
	for y := 0; y+side <= a.h; y++ {
		for x := 0; x+side <= a.w; x++ {
			var sa, sb, saa, sbb, sab float64
			for i := range side {
				for j := range side {
					v, w := a.v[(y+i)*a.w+x+j], b.v[(y+i)*a.w+x+j]
					sa, sb, saa, sbb, sab = sa+v, sb+w, saa+v*v, sbb+w*w, sab+v*w
				}
			}
			const m = side * side
			ma, mb := sa/m, sb/m
			va, vb, cov := saa/m-ma*ma, sbb/m-mb*mb, sab/m-ma*mb
			sum += (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
			n++
		}
	}
	return sum / float64(max(n, 1))
}

// lanczos resamples one plane without rounding but at the end.
func lanczos(p plane, w, h int) plane {
	return across(across(p, w).turned(), h).turned().rounded()
}

// across resamples the rows of a plane to w samples with Lanczos3.
func across(p plane, w int) plane {
	out := plane{w, p.h, make([]float64, w*p.h)}
	scale := float64(p.w) / float64(w)
	stretch := max(scale, 1)
	for x := range w {
		centre := (float64(x)+0.5)*scale - 0.5
		from, to := max(0, int(math.Ceil(centre-3*stretch))), min(p.w-1, int(math.Floor(centre+3*stretch)))
		weights, sum := []float64{}, 0.0
		for i := from; i <= to; i++ {
			weights = append(weights, kernel((float64(i)-centre)/stretch))
			sum += weights[i-from]
		}
		for y := range p.h {
			for i, weight := range weights {
				out.v[y*w+x] += weight / sum * p.v[y*p.w+from+i]
			}
		}
	}
	return out
}

func kernel(x float64) float64 {
	switch x = math.Abs(x) * math.Pi; {
	case x == 0:
		return 1
	case x >= 3*math.Pi:
		return 0
	}
	return 3 * math.Sin(x) * math.Sin(x/3) / (x * x)
}

func (p plane) turned() plane {
	out := plane{p.h, p.w, make([]float64, len(p.v))}
	for y := range p.h {
		for x := range p.w {
			out.v[x*p.h+y] = p.v[y*p.w+x]
		}
	}
	return out
}

func (p plane) rounded() plane {
	for i, v := range p.v {
		p.v[i] = math.Round(min(max(v, 0), 255))
	}
	return p
}
