package images

import (
	"context"
	"image"

	"github.com/disintegration/imaging"
)

// bandPixels is how many pixels of a picture that is read by rows are in memory at once, and bandRows the least rows.
const (
	bandPixels = 512 << 10
	bandRows   = 32
)

// decodeRows has a picture read by rows, and keeps for each result its part at the result's width alone: so resampling
// begins, and goes on with columns where imaging would. It tells whether that can be done, and is of use.
func (m *Maker) decodeRows(ctx context.Context, s *source) (held int64, done bool, err error) {
	rows := bandPixels / s.w
	if s.format != formatPNG || s.animated || m.Fit == smart || rows < bandRows || s.h <= rows {
		return 0, false, nil
	}
	held = int64(8 * s.w * rows)
	for _, t := range s.targets {
		held += m.renderMemory(s.header, t)
	}
	if held >= m.wholeMemory(s) {
		return 0, false, nil
	}
	if err := m.budget.acquire(ctx, held); err != nil {
		return 0, true, err
	}
	if s.readRows(rows) {
		return held, true, nil
	}
	m.release(held)
	s.narrow = nil
	return 0, false, nil
}

// readRows fills s.narrow, so many rows at a time; false says that the picture has to be decoded as a whole.
func (s *source) readRows(n int) bool {
	p, ok := newPNGRows(s.data, s.header)
	if !ok {
		return false
	}
	s.narrow, s.opaque = map[target]*image.NRGBA{}, true
	for _, t := range s.targets {
		s.narrow[t] = image.NewNRGBA(image.Rect(0, 0, width(t, s.header), stored(t.part, s.header).Dy()))
	}
	band := image.NewNRGBA(image.Rect(0, 0, s.w, n))
	for y := 0; y < s.h; y += n {
		rows := band.SubImage(image.Rect(0, 0, s.w, min(n, s.h-y))).(*image.NRGBA)
		if p.read(rows) != nil {
			return false
		}
		s.opaque = s.opaque && rows.Opaque()
		for t, to := range s.narrow {
			part := stored(t.part, s.header)
			here := rows.SubImage(part.Sub(image.Pt(0, y))).(*image.NRGBA)
			if here.Rect.Empty() {
				continue
			}
			narrowed := imaging.Resize(here, to.Rect.Dx(), here.Rect.Dy(), imaging.Lanczos)
			copy(to.Pix[(y+here.Rect.Min.Y-part.Min.Y)*to.Stride:], narrowed.Pix)
		}
	}
	return p.end() == nil
}
