package jpeg

import "image"

// mirrored tells which sides a picture is turned around along, as stored, before its sides are
// swapped if they are. The orientations are those of EXIF 2.32, 4.6.4, tag 0x0112.
func mirrored(orientation int) (x, y bool) {
	switch orientation {
	case 2, 8:
		return true, false
	case 3, 7:
		return true, true
	case 4, 6:
		return false, true
	}
	return false, false
}

// turn makes a plane upright.
func turn(p *image.Gray, orientation int) *image.Gray {
	if orientation <= 1 {
		return p
	}
	mirrorX, mirrorY := mirrored(orientation)
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewGray(image.Rectangle{Max: stored(image.Pt(w, h), orientation)})
	for y := range h {
		fromY := y
		if mirrorY {
			fromY = h - 1 - y
		}
		for x, v := range p.Pix[fromY*p.Stride:][:w] {
			if mirrorX {
				x = w - 1 - x
			}
			if orientation >= 5 {
				out.Pix[x*out.Stride+y] = v
			} else {
				out.Pix[y*out.Stride+x] = v
			}
		}
	}
	return out
}
