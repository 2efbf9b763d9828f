package images

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"slices"
)

// ratherFirst says what can be had of an animation that is left.
const ratherFirst = "; --animation first makes pictures of its first frame"

// animate makes the results of an animated GIF: its frames are put together as browsers do, made smaller, and written
// as what each has that the one before has not. It stays as it is, with the reason in result.leave, where nothing
// is smaller, and where it is too much or damaged.
func (m *Maker) animate(ctx context.Context, result *made, s *source) error {
	leave := func(why string) { result.leave = "an animated GIF is left as it is" + why }
	leave(ratherFirst)
	w, h := s.size()
	full := image.Pt(w, h)
	whole := func(t target) bool { return t.canvas == full && t.part == image.Rectangle{Max: full} }
	frames, memory := gifCost(s.data)
	var smaller []target
	for _, t := range s.targets {
		if !whole(t) {
			smaller = append(smaller, t)
			memory += int64(frames+12)*int64(t.canvas.X)*int64(t.canvas.Y) + renderMemory(s.header, t)
		}
	}
	switch {
	case len(smaller) == 0 || m.Format != sourceFormat:
		return nil
	case int64(frames)*s.header.pixels() > m.MaxPixels:
		leave(fmt.Sprintf(": its %d frames of %d x %d pixels are more than the limit of %d; raise it with --max-pixels", frames, w, h, m.MaxPixels))
		return nil
	}
	memory += 12 * s.header.pixels()
	if err := m.budget.acquire(ctx, memory); err != nil {
		leave(": " + err.Error())
		return ctx.Err()
	}
	defer m.release(memory)
	all, err := decodeFrames(s.data, s.header)
	if err != nil {
		leave(": " + err.Error())
		return nil
	}
	original := len(smaller) < len(s.targets) // It needs no making.
	s.targets = smaller
	strips, err := m.strips(ctx, s, all)
	if err != nil {
		return err
	}
	for _, strip := range slices.Backward(strips) {
		data, err := strip.end(all.LoopCount)
		if err != nil {
			return err
		}
		if n := len(result.variants); len(data) < len(s.data) && (n == 0 || len(data) < len(result.variants[n-1].data)) {
			result.variants = append(result.variants, variant{strip.canvas.X, strip.canvas.Y, extensions[formatGIF], data})
		}
	}
	slices.Reverse(result.variants)
	if len(result.variants) == 0 {
		return nil
	}
	result.leave = ""
	if original {
		result.variants = append(result.variants, variant{w, h, extensions[formatGIF], bytes.Clone(s.data)})
	}
	return nil
}

// gifCost tells how many frames a GIF has, and about how many bytes these take decoded, with their palettes.
func gifCost(data []byte) (frames int, memory int64) {
	const palette = 8 << 10
	for b := range gifBlocks(data) {
		if b.kind == gifFrame {
			frames++
			memory += int64(binary.LittleEndian.Uint16(b.data[4:]))*int64(binary.LittleEndian.Uint16(b.data[6:])) + palette
		}
	}
	return frames, memory
}

// decodeFrames gives all frames of a GIF that is whole; a panic in the decoder is an error.
func decodeFrames(data []byte, h header) (all *gif.GIF, err error) {
	defer func() {
		if p := recover(); p != nil {
			all, err = nil, fmt.Errorf("its %s decoder panicked: %v", h.format, p)
		}
	}()
	return gif.DecodeAll(gifScreen(data, h))
}

// strips makes each frame in all sizes that are wanted.
func (m *Maker) strips(ctx context.Context, s *source, all *gif.GIF) ([]*strip, error) {
	var strips []*strip
	for i, canvas := range onScreen(all, s.header) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if s.pixels = canvas; i == 0 {
			m.aim(s)
			for _, t := range s.targets {
				strips = append(strips, &strip{target: t})
			}
		}
		for _, strip := range strips {
			strip.add(onOff(render(s.part(strip.target), s.header, strip.target, color.NRGBA{})), all.Delay[i])
		}
	}
	return strips, nil
}

// onScreen goes over what each frame of a GIF makes the screen show (GIF89a, section 23). What it gives is good until the
// next one.
func onScreen(all *gif.GIF, h header) func(yield func(int, *image.NRGBA) bool) {
	return func(yield func(int, *image.NRGBA) bool) {
		canvas := image.NewNRGBA(image.Rect(0, 0, h.w, h.h))
		var before []uint8
		for i, frame := range all.Image {
			if all.Disposal[i] == gif.DisposalPrevious {
				before = append(before[:0], canvas.Pix...)
			}
			at := frame.Rect.Intersect(canvas.Rect)
			pixels := fromPalette(frame, image.Rectangle{Max: frame.Rect.Size()})
			for y := at.Min.Y; y < at.Max.Y; y++ {
				to := canvas.Pix[canvas.PixOffset(at.Min.X, y):][:4*at.Dx()]
				from := pixels.Pix[pixels.PixOffset(at.Min.X-frame.Rect.Min.X, y-frame.Rect.Min.Y):]
				for x := 0; x < len(to); x += 4 {
					if from[x+3] != 0 {
						copy(to[x:x+4], from[x:x+4])
					}
				}
			}
			if !yield(i, canvas) {
				return
			}
			switch all.Disposal[i] {
			case gif.DisposalPrevious:
				copy(canvas.Pix, before)
			case gif.DisposalBackground:
				for y := at.Min.Y; y < at.Max.Y; y++ {
					clear(canvas.Pix[canvas.PixOffset(at.Min.X, y):][:4*at.Dx()])
				}
			}
		}
	}
}

// onOff makes pixels either opaque or nothing, as those of a GIF are.
func onOff(img *image.NRGBA) *image.NRGBA {
	for i := 0; i+3 < len(img.Pix); i += 4 {
		if img.Pix[i+3] < 128 {
			clear(img.Pix[i : i+4])
		} else {
			img.Pix[i+3] = 255
		}
	}
	return img
}
