package images

import (
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"slices"
)

// A Maker makes the pictures of articles. It is shared by all workers.
type Maker struct {
	settings
	budget *budget
	cache  *cache
}

// NewMaker returns a maker; the error names the option that is wrong.
func NewMaker(o Options) (*Maker, error) {
	s, err := check(o)
	if err != nil {
		return nil, err
	}
	return &Maker{s, newBudget(decodeBudget), newCache(cacheBudget)}, nil
}

// made is what became of one picture: its variants, or why there are none.
type made struct {
	sum      [32]byte
	variants []variant // the narrowest first
	note     string    // what is wrong with a picture that could be made all the same
	svg      bool      // it is an SVG, which is never made smaller
	leave    string    // why the picture stays as it is, though nothing is wrong with it
	err      error     // why it could not be made
}

// variant is one result: a picture file.
type variant struct {
	w, h int
	ext  string
	data []byte
}

// bytes is about what it takes in memory.
func (m *made) bytes() int {
	n := 512
	for _, v := range m.variants {
		n += len(v.data)
	}
	return n
}

// make makes the variants of a picture file, all of them or the widest alone, or finds them made.
// The error is ctx's; whatever else goes wrong is part of the result.
func (m *Maker) make(ctx context.Context, data []byte, all bool) (*made, error) {
	k := key{sha256.Sum256(data), all}
	return m.cache.get(ctx, k, func() (*made, error) {
		result := &made{sum: k.sum}
		result.err = m.fill(ctx, result, data, all)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return result, nil
	})
}

// fill reads the header, keeps the limits, decodes and renders.
func (m *Maker) fill(ctx context.Context, result *made, data []byte, all bool) error {
	f, err := sniff(data)
	if err != nil {
		return err
	}
	if f == formatSVG {
		result.svg = true
		return activeSVG(data)
	}
	h, err := readHeader(f, data)
	if err != nil {
		return err
	}
	if h.pixels() > m.MaxPixels {
		return fmt.Errorf("it has %d x %d pixels, more than the limit of %d; raise it with --max-pixels", h.w, h.h, m.MaxPixels)
	}
	if h.animated {
		result.leave = fmt.Sprintf("an animated %s is left as it is", f)
		return nil
	}
	targets := m.targets(h.size())
	if !all {
		targets = targets[len(targets)-1:]
	}
	pixels, held, err := m.decode(ctx, data, h, targets, &result.note)
	defer func() { m.budget.release(held) }()
	if err != nil {
		return err
	}
	result.variants, err = m.render(ctx, pixels, h, data, targets, result.note == "")
	return err
}

// decode decodes within the budget, and tells how much of it is held until the results are made.
func (m *Maker) decode(ctx context.Context, data []byte, h header, targets []target, note *string) (*image.NRGBA, int64, error) {
	var rest int64
	for _, t := range targets {
		rest = max(rest, renderMemory(h, t))
	}
	held := h.decoded + rest
	if err := m.budget.acquire(ctx, held); err != nil {
		return nil, 0, err
	}
	pixels, err := decode(data, h)
	if err == nil {
		return pixels, held, nil
	}
	m.budget.release(held)
	held = salvageMemory(h) + rest
	if m.budget.acquire(ctx, held) != nil {
		return nil, 0, err
	}
	pixels, *note, err = salvage(data, h, err)
	return pixels, held, err
}

// render makes and encodes the results. Where the widest has the size of the input and is not
// lighter, the input's own bytes are kept, if it is whole.
func (m *Maker) render(ctx context.Context, pixels *image.NRGBA, h header, data []byte, targets []target, isWhole bool) ([]variant, error) {
	opaque := h.format == formatJPEG || pixels.Opaque()
	out := outputFormat(h.format, opaque)
	var background color.NRGBA
	if out == formatJPEG {
		background = color.NRGBA{255, 255, 255, 255}
	}
	var variants []variant
	for _, t := range slices.Backward(targets) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		img := render(pixels, h, t, background)
		encoded, err := encode(img, out, h.gray && isWhole && opaque && img.Opaque(), m.Quality)
		if err != nil {
			return nil, err
		}
		v := variant{t.canvas.X, t.canvas.Y, extensions[out], encoded}
		if isWhole && v.w == h.w && v.h == h.h && t.part.Dx() == h.w && t.part.Dy() == h.h && t.w == h.w {
			if own := clean(data, h); own != nil && len(own) <= len(encoded) {
				v.ext, v.data = extensions[h.format], own
			}
		}
		if n := len(variants); n > 0 && len(v.data) >= len(variants[n-1].data) {
			continue // A narrower picture that weighs more is of no use.
		}
		variants = append(variants, v)
	}
	slices.Reverse(variants)
	return variants, nil
}
