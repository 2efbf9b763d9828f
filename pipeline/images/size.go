package images

import "image"

// target is a result to make: the part of the upright picture that it shows, its sides, and those
// of the canvas that it is centred on, all in pixels.
type target struct {
	part   image.Rectangle
	w, h   int
	canvas image.Point
}

// sizes says which ones a reference wants.
type sizes int

const (
	allSizes sizes = iota // those of a srcset, or the thumbnail
	widest                // the widest of these alone
	ownSize               // the picture's own: the article has chosen sizes
)

// targets gives the sizes to make of an upright picture of w x h pixels, the narrowest first.
// Nothing is enlarged without Enlarge; a picture that is narrower than the widest size is made in its own.
func (s *settings) targets(w, h int, how sizes) []target {
	switch {
	case how == ownSize:
		return []target{whole(w, h, box{})}
	case s.Thumb != "":
		return []target{s.thumbnail(w, h)}
	case how == widest:
		return []target{s.fitted(w, h, box{s.Widths[len(s.Widths)-1], 0})}
	}
	var out []target
	for _, width := range s.Widths {
		out = append(out, s.fitted(w, h, box{width, 0}))
		if width >= w && !s.Enlarge {
			break
		}
	}
	return out
}

// thumbnail gives the one size that --thumb and --fit ask for.
func (s *settings) thumbnail(w, h int) target {
	b := s.thumb
	if s.Fit == inside || b.w == 0 || b.h == 0 {
		return s.fitted(w, h, b)
	}
	if s.Fit == contain {
		t := s.fitted(w, h, b)
		t.canvas = image.Pt(b.w, b.h)
		return t
	}
	// The part with the box's proportions, as large as the picture has it.
	pw, ph := w, max(1, int(int64(w)*int64(b.h)/int64(b.w)))
	if ph > h {
		pw, ph = max(1, int(int64(h)*int64(b.w)/int64(b.h))), h
	}
	t := whole(pw, ph, b)
	if s.Enlarge || pw >= b.w && ph >= b.h {
		t.w, t.h, t.canvas = b.w, b.h, image.Pt(b.w, b.h)
	}
	at := image.Pt(int(float64(w-pw)*s.focus.x), int(float64(h-ph)*s.focus.y))
	if s.focus == middle { // As near as can be, whatever rounding does to a half.
		at = image.Pt((w-pw)/2, (h-ph)/2)
	}
	t.part = image.Rect(0, 0, pw, ph).Add(at)
	return t
}

// fitted fits all of a picture into a box, enlarged where that is wished.
func (s *settings) fitted(w, h int, b box) target {
	t := whole(w, h, b)
	if !s.Enlarge || t.w < w || t.h < h || b == (box{}) {
		return t
	}
	bw, bh := b.w, b.h
	if bw == 0 {
		bw = maxSide
	}
	if bh == 0 {
		bh = maxSide
	}
	if t.w, t.h = bw, scale(h, bw, w); t.h > bh {
		t.w, t.h = min(scale(w, bh, h), bw), bh
	}
	t.canvas = image.Pt(t.w, t.h)
	return t
}

// whole fits all of a picture into a box. Both sides are at least 1 and at most maxSide.
func whole(w, h int, b box) target {
	rw, rh := w, h
	limit := func(side int, free bool) int {
		if free {
			return maxSide
		}
		return min(side, maxSide)
	}
	bw, bh := limit(b.w, b.w == 0), limit(b.h, b.h == 0)
	if rw > bw {
		rw, rh = bw, scale(h, bw, w)
	}
	if rh > bh {
		rw, rh = min(scale(w, bh, h), bw), bh
	}
	return target{part: image.Rect(0, 0, w, h), w: rw, h: rh, canvas: image.Pt(rw, rh)}
}

// scale is side * to / from, rounded, at least 1.
func scale(side, to, from int) int {
	return max(1, int((2*int64(side)*int64(to)+int64(from))/(2*int64(from))))
}
