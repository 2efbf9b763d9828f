package images

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"math/bits"
	"sort"
)

// salvage gives what a damaged picture still shows, and says how much that is. The rest is
// transparent where the picture is, and else the gray that JPEG decoders leave; cause is what decode said of the whole picture.
func salvage(data []byte, h header, cause error) (pixels *image.NRGBA, note string, err error) {
	switch {
	case h.format == formatJPEG && h.progressive:
		return salvageScans(data, h, cause)
	case h.format == formatJPEG:
		return salvageRows(data, h, cause)
	case h.format == formatPNG && !h.progressive && !h.animated:
		return salvagePNG(data, h, cause)
	case h.format == formatGIF:
		return salvageGIF(data, h, cause)
	case h.format == formatWebP:
		return salvageWebP(data, h, cause)
	}
	return nil, "", cause
}

// salvageMemory is what salvage takes at most, in bytes: attempts that wait for the garbage collector,
// or the rows of a PNG unpacked and packed again.
func salvageMemory(h header) int64 { return 4*h.decoded + 4*h.pixels() }

// salvageScans drops the last scans of a progressive JPEG, one after the other, until what is left
// can be decoded: the whole picture, less sharp.
func salvageScans(data []byte, h header, cause error) (*image.NRGBA, string, error) {
	tries := salvageAttempts(h)
	var scans []int
	for s := range segments(data) {
		if s.marker == markerSOS {
			scans = append(scans, s.start)
		}
	}
	for i := len(scans) - 1; i > 0 && i >= len(scans)-tries; i-- {
		cut := append(append([]byte(nil), data[:scans[i]]...), 0xff, markerEOI)
		if pixels, err := decode(cut, h); err == nil {
			return pixels, fmt.Sprintf("it is damaged (%v); %d of its %d scans were read", cause, i, len(scans)), nil
		}
	}
	return nil, "", cause
}

// salvageRows finds by bisection the tallest picture that the data of a baseline JPEG suffices for,
// by writing smaller heights into its header; a decoder takes what follows for extraneous data.
// It is exact to a row of blocks in small pictures; in large ones, to what few attempts can tell.
func salvageRows(data []byte, h header, cause error) (*image.NRGBA, string, error) {
	sof := -1
	for s := range segments(data) {
		if s.marker >= markerSOF0 && s.marker < markerSOF2 {
			sof = s.start
		}
	}
	if sof < 0 || sof+9 > len(data) {
		return nil, "", cause
	}
	patched := append(append([]byte(nil), data...), 0xff, markerEOI)
	attempt := func(rows int) (image.Image, error) {
		binary.BigEndian.PutUint16(patched[sof+5:], uint16(rows))
		part := h
		part.h = rows
		return decodeAs(patched, part)
	}
	step := salvageStep(h)
	steps := sort.Search(h.h/step, func(n int) bool {
		_, err := attempt((n + 1) * step)
		return err != nil
	})
	part, err := attempt(max(steps*step, 1))
	if steps == 0 || err != nil {
		return nil, "", cause
	}
	return completed(toNRGBA(part), h), fmt.Sprintf("it is damaged (%v); %d of its %d rows were read", cause, steps*step, h.h), nil
}

// salvageAttempts is how often a damaged picture may be decoded: about 48 million pixels in all.
func salvageAttempts(h header) int { return int(min(12, max(3, 48_000_000/h.pixels()))) }

// salvageStep is how many rows the search for the last good one goes by, a multiple of the 8 of
// a block, such that the attempts suffice.
func salvageStep(h header) int {
	step := 8
	for bits.Len(uint(h.h/step)) > salvageAttempts(h) {
		step *= 2
	}
	return step
}

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
