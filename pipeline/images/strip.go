package images

import (
	"bytes"
	"image"
	"image/gif"
)

// strip is one animation in the making. A frame is written when the next one is known, since it has to say what becomes of
// it then: it stays, and the next one is drawn over it, unless that shows less; then the whole screen is cleared.
type strip struct {
	target
	gif   gif.GIF
	shown *image.NRGBA // the last frame, which is not yet written; nil at first
	under *image.NRGBA // what is on the screen where it is drawn; nil for nothing
	delay int          // how long it is shown, in hundredths of a second
}

// add takes the next frame.
func (s *strip) add(next *image.NRGBA, delay int) {
	if s.shown != nil {
		s.write(uncovers(s.shown, next))
	}
	s.shown, s.delay = next, delay
}

// end gives the file. It is repeated so many times, as package gif counts them.
func (s *strip) end(loops int) ([]byte, error) {
	s.write(false)
	s.gif.LoopCount = loops
	s.gif.Config = image.Config{Width: s.canvas.X, Height: s.canvas.Y}
	var out bytes.Buffer
	err := gif.EncodeAll(&out, &s.gif)
	return out.Bytes(), err
}

// write writes the last frame: the part of it where it is not as what lies under it.
func (s *strip) write(cleared bool) {
	part, disposal := s.shown.Rect, byte(gif.DisposalNone)
	changed := image.NewNRGBA(part)
	copy(changed.Pix, s.shown.Pix)
	if s.under != nil {
		if part = blank(changed, s.under); cleared {
			part = s.shown.Rect
		}
	}
	if s.under = s.shown; cleared {
		s.under, disposal = nil, gif.DisposalBackground
	}
	s.gif.Image = append(s.gif.Image, paletted(changed.SubImage(part).(*image.NRGBA), newColours(changed)))
	s.gif.Delay = append(s.gif.Delay, s.delay)
	s.gif.Disposal = append(s.gif.Disposal, disposal)
}

// blank makes nothing of the pixels that are the same in another picture, and tells where the others are: one pixel at least.
func blank(img, other *image.NRGBA) (part image.Rectangle) {
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			i := y*img.Stride + 4*x
			if [4]uint8(img.Pix[i:]) == [4]uint8(other.Pix[i:]) {
				clear(img.Pix[i : i+4])
			} else {
				part = part.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if part.Empty() {
		part = image.Rect(0, 0, 1, 1)
	}
	return part
}

// uncovers tells whether a picture has nothing where another has something.
func uncovers(img, next *image.NRGBA) bool {
	for i := 3; i < len(img.Pix); i += 4 {
		if img.Pix[i] != 0 && next.Pix[i] == 0 {
			return true
		}
	}
	return false
}

// paletted gives a picture in colours of a palette.
func paletted(img *image.NRGBA, c *colours) *image.Paletted {
	out := image.NewPaletted(img.Rect, c.palette)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			out.Pix[y*out.Stride+x] = c.index(img.Pix[y*img.Stride+4*x:][:4])
		}
	}
	return out
}
