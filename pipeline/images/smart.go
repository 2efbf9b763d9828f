package images

import (
	"image"
	"math"

	"github.com/disintegration/imaging"
)

// aim moves the crops of a picture to where it shows most. The pixels are as stored.
func (m *Maker) aim(s *source) {
	if m.Fit != smart {
		return
	}
	w, h := s.size()
	for i := range s.targets {
		part := &s.targets[i].part
		switch size := part.Size(); {
		case size.X < w:
			start := best(saliency(s.pixels, s.header, true), float64(size.X)/float64(w), w-size.X)
			*part = part.Add(image.Pt(start-part.Min.X, 0))
		case size.Y < h:
			start := best(saliency(s.pixels, s.header, false), float64(size.Y)/float64(h), h-size.Y)
			*part = part.Add(image.Pt(0, start-part.Min.Y))
		}
	}
}

// saliency says how much each column of the upright picture holds that people look at, or each row: edges,
// skin and strong colours. The weights are those of smartcrop.js by Jonas Wagner (MIT license), version 2.
func saliency(pixels *image.NRGBA, h header, across bool) []float64 {
	const side = 160
	small := whole(h.w, h.h, box{side, side})
	img := turn(imaging.Resize(pixels, small.w, small.h, imaging.Box), h.orientation)
	w, hh := img.Bounds().Dx(), img.Bounds().Dy()
	sums := make([]float64, hh)
	if across {
		sums = make([]float64, w)
	}
	luma := func(x, y int) float64 {
		p := img.Pix[max(0, min(y, hh-1))*img.Stride+4*max(0, min(x, w-1)):]
		return (0.2126*float64(p[0]) + 0.7152*float64(p[1]) + 0.0722*float64(p[2])) * float64(p[3]) / (255 * 255)
	}
	for y := range hh {
		for x := range w {
			p := img.Pix[y*img.Stride+4*x:]
			r, g, b := float64(p[0])/255, float64(p[1])/255, float64(p[2])/255
			light := luma(x, y)
			detail := min(1, math.Abs(4*light-luma(x-1, y)-luma(x+1, y)-luma(x, y-1)-luma(x, y+1)))
			score := 0.2*detail + 1.8*(detail+0.01)*skin(r, g, b, light) + 0.1*(detail+0.2)*saturated(r, g, b, light)
			at := y
			if across {
				at = x
			}
			sums[at] += score
		}
	}
	return sums
}

// skin says how near a colour is to that of skin, 0 to 1.
func skin(r, g, b, light float64) float64 {
	length := math.Sqrt(r*r + g*g + b*b)
	if length == 0 || light < 0.2 {
		return 0
	}
	dr, dg, db := r/length-0.78, g/length-0.57, b/length-0.44
	const threshold = 0.8
	near := 1 - math.Sqrt(dr*dr+dg*dg+db*db)
	return max(0, (near-threshold)/(1-threshold))
}

// saturated says how strong a colour is, 0 to 1.
func saturated(r, g, b, light float64) float64 {
	most, least := max(r, g, b), min(r, g, b)
	if most == least || light < 0.05 || light > 0.9 {
		return 0
	}
	const threshold = 0.4
	strength := (most - least) / (most + least)
	if most+least > 1 {
		strength = (most - least) / (2 - most - least)
	}
	return max(0, (strength-threshold)/(1-threshold))
}

// best gives the offset, of 0 to room, of the window that holds most. The window is a part of all; what lies
// at its edges counts for less, and of equal ones the one nearest to the middle is taken.
func best(sums []float64, part float64, room int) int {
	const steps = 100
	n := float64(len(sums))
	found, most := room/2, math.Inf(-1)
	for i := range steps + 1 {
		// From the middle outwards, so that the first of equal ones is the nearest.
		step := steps/2 + (i+1)/2
		if i%2 == 1 {
			step = steps/2 - (i+1)/2
		}
		start := float64(step) / steps * n * (1 - part)
		var sum float64
		for at, v := range sums {
			if place := (float64(at) + 0.5 - start) / (n * part); place > 0 && place < 1 {
				edge := max(0, math.Abs(2*place-1)-0.6) / 0.4
				sum += v * (1 - edge*edge)
			}
		}
		if sum > most*(1+1e-9) || math.IsInf(most, -1) {
			found, most = step*room/steps, sum
		}
	}
	return found
}
