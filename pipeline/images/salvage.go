package images

import (
	"errors"
	"image"
	"image/draw"
)

// salvage gives what a damaged picture still shows, and says how much that is. The rest is
// transparent where the picture is, and else the gray that JPEG decoders leave; cause is what decode said of the whole picture.
func salvage(data []byte, h header, cause error) (pixels *image.NRGBA, note string, err error) {
	switch {
	case h.format == formatPNG && !h.animated:
		return salvagePNG(data, h, cause)
	case h.format == formatGIF:
		return salvageGIF(data, h, cause)
	case h.format == formatWebP:
		return salvageWebP(data, h, cause)
	}
	return nil, "", cause
}

// salvageMemory is what salvage takes at most, in bytes: frames that wait for the garbage collector,
// or the rows of a PNG unpacked and packed again.
func salvageMemory(h header) int64 { return 4*h.decoded + 4*h.pixels() }

// completed puts the rows that could be read on a picture of the full size: a gray one, or a transparent one
// where they have transparency themselves.
func completed(part *image.NRGBA, h header) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, h.w, h.h))
	if part.Opaque() {
		draw.Draw(out, out.Bounds(), image.NewUniform(missing), image.Point{}, draw.Src)
	}
	copy(out.Pix, part.Pix)
	return out
}

var errNoRows = errors.New("no row of it could be read")
