package images

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"image/color"
	"runtime"
	"slices"

	"github.com/disintegration/imaging"

	"copydesk/pipeline/images/jpeg"
)

// A Maker makes the pictures of articles. It is shared by all workers.
type Maker struct {
	settings
	budget *budget
	cache  *cache
	hands  chan *hand
	names  names

	originals int // bytes of the largest original without a file that an article keeps
	cleanSVG  SVGCleaner
}

// NewMaker returns a maker that makes one picture at once; the error names the option that is wrong.
func NewMaker(o Options) (*Maker, error) {
	s, err := check(o)
	if err != nil {
		return nil, err
	}
	return &Maker{settings: s, budget: newBudget(decodeBudget), cache: newCache(cacheBudget), hands: newHands(1)}, nil
}

// AtOnce says how many pictures are made at once, of all articles together.
func (m *Maker) AtOnce(n int) { m.hands = newHands(n) }

// made is what became of one picture: its variants, or why there are none.
type made struct {
	sum         [32]byte // of its bytes, and of the options by which its results are others
	format      format
	w, h        int       // of the upright original
	size        int       // of its file, in bytes
	variants    []variant // the narrowest first
	webp        []variant // the same as WebP, where that is lighter; else nothing
	placeholder string    // a colour like #aabbcc, or a blurhash; empty without
	note        string    // what is wrong with a picture that could be made all the same
	place       string    // where the article has it, in its own copy
	original    []byte    // what lies there, if that is kept
	svg         bool      // it is an SVG, which is never made smaller
	clean       []byte    // of an SVG, what may be stored
	active      []string  // what that is without
	leave       string    // why the picture stays as it is, though nothing is wrong with it
	err         error     // why it could not be made
}

// variant is one result: a picture file.
type variant struct {
	w, h int
	ext  string
	data []byte
}

// bytes is about what it takes in memory.
func (m *made) bytes() int {
	n := 512 + len(m.clean)
	for _, v := range slices.Concat(m.variants, m.webp) {
		n += len(v.data)
	}
	return n
}

// make makes the variants of a picture file, or finds them made.
// The error is ctx's, or says that the file was changed; whatever else goes wrong is part of the result.
func (m *Maker) make(ctx context.Context, c content, how sizes) (*made, error) {
	k := key{c.sum, how}
	return m.cache.get(ctx, k, func() (*made, error) {
		result := &made{sum: m.salted(k.sum), size: int(c.size)}
		result.err = m.fill(ctx, result, &c, how)
		if err := cmp.Or(ctx.Err(), c.unchanged()); err != nil {
			return nil, err
		}
		return result, nil
	})
}

// fill reads the header, keeps the limits, decodes and renders.
func (m *Maker) fill(ctx context.Context, result *made, c *content, how sizes) error {
	data := c.data
	f, err := sniff(data)
	if err != nil {
		return err
	}
	result.format = f
	if f == formatSVG {
		return m.fillSVG(result, data)
	}
	h, err := readHeader(f, data)
	if err != nil {
		return err
	}
	result.w, result.h = h.size()
	if h.pixels() > m.MaxPixels {
		return fmt.Errorf("it has %d x %d pixels, more than the limit of %d; raise it with --max-pixels", h.w, h.h, m.MaxPixels)
	}
	switch {
	case h.animated && f == formatWebP:
		result.leave = "an animated WebP is left as it is: there is no decoder of its frames"
		return nil
	case h.animated && f == formatPNG && m.Animation == keepAnimation:
		result.leave = fmt.Sprintf("an animated %s is left as it is%s", f, ratherFirst)
		return nil
	}
	src := source{header: h, file: c, data: data, targets: m.targets(result.w, result.h, how)}
	if h.animated && m.Animation == keepAnimation {
		return m.animate(ctx, result, &src)
	}
	held, err := m.decode(ctx, &src)
	defer func() {
		src.fromJPEG.Release()
		src = source{}
		m.release(held)
	}()
	if err != nil {
		return err
	}
	result.note = src.note
	m.aim(&src)
	if err := m.render(ctx, &src, result); err != nil {
		return err
	}
	result.placeholder = m.placeholderOf(result.variants[0])
	return nil
}

// source is a picture on its way.
type source struct {
	header
	file     *content
	data     []byte // of the file, all that is in memory
	targets  []target
	pixels   *image.NRGBA            // not turned upright; nil where no result is made of them
	narrow   map[target]*image.NRGBA // or what results are made of, at their width, not turned
	opaque   bool                    // of what narrow was made of
	fromJPEG *jpeg.Result            // which has what is direct
	direct   map[target]image.Image  // results of a JPEG that were made without pixels, upright
	note     string                  // what is wrong with the file; empty when it is whole
}

// decode decodes within the budget, and tells how much of it is held until the results are made.
func (m *Maker) decode(ctx context.Context, s *source) (held int64, err error) {
	if s.format == formatJPEG {
		return m.decodeJPEG(ctx, s)
	}
	if held, done, err := m.decodeRows(ctx, s); done {
		return held, err
	}
	held = m.wholeMemory(s)
	if err := m.budget.acquire(ctx, held); err != nil {
		return 0, err
	}
	s.pixels, err = decode(s.data, s.header)
	if err == nil {
		collect(held) // What the decoder made is no longer needed, and the results take its place.
		return held, nil
	}
	m.release(held)
	held = max(salvageMemory(s.header), held)
	if m.budget.acquire(ctx, held) != nil {
		return 0, err
	}
	s.pixels, s.note, err = salvage(s.data, s.header, err)
	return held, err
}

// wholeMemory is what decoding a picture as a whole takes, and making the results of its pixels, one after the other.
func (m *Maker) wholeMemory(s *source) int64 {
	var rest int64
	for _, t := range s.targets {
		rest = max(rest, m.renderMemory(s.header, t))
	}
	return max(s.decoded, 4*s.header.pixels()+rest)
}

// renderMemory is what making and encoding one result takes, in bytes.
func (m *Maker) renderMemory(h header, t target) int64 {
	memory := renderMemory(h, t)
	if m.Format == toWebP || h.format == formatWebP || m.Picture && h.format != formatJPEG {
		memory += webpMemoryPerPixel * int64(t.canvas.X) * int64(t.canvas.Y)
	}
	return memory
}

// release gives memory back to the budget.
func (m *Maker) release(held int64) {
	collect(held)
	m.budget.release(held)
}

// collect frees what a large picture left, or it would be free in the budget's books alone.
func collect(held int64) {
	const much = 4 << 20
	if held >= much {
		runtime.GC()
	}
}

// render makes and encodes the results, the widest first.
func (m *Maker) render(ctx context.Context, s *source, result *made) error {
	out := m.outputFormat(s.header, s.isOpaque())
	meta := metadataOf(s.data, s.header, m.KeepMetadata == keepAll)
	inWebP := m.Picture && out == formatPNG // Without loss, WebP of a photograph is larger than JPEG.
	for _, t := range slices.Backward(s.targets) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		img, encoded, err := m.renderOne(s, t, out)
		if err != nil {
			return err
		}
		v := variant{t.canvas.X, t.canvas.Y, extensions[out], meta.attach(encoded, out, s.format)}
		v = m.lighter(s, t, v)
		if n := len(result.variants); n > 0 && len(v.data) >= len(result.variants[n-1].data) {
			continue // A narrower picture that weighs more is of no use.
		}
		result.variants = append(result.variants, v)
		if inWebP {
			if encoded, err = encodeWebP(img); err == nil {
				encoded = meta.attach(encoded, formatWebP, s.format)
			}
			if inWebP = err == nil && v.w == t.canvas.X && len(encoded) < len(v.data); inWebP {
				result.webp = append(result.webp, variant{v.w, v.h, extensions[formatWebP], encoded})
			}
		}
	}
	if !inWebP {
		result.webp = nil
	}
	slices.Reverse(result.variants)
	slices.Reverse(result.webp)
	return nil
}

// renderOne makes and encodes one result. It has no pixels where it was made without them.
func (m *Maker) renderOne(s *source, t target, out format) (*image.NRGBA, []byte, error) {
	if direct, ok := s.direct[t]; ok {
		encoded, err := jpeg.Encode(direct, m.Quality)
		return nil, encoded, err
	}
	var background color.NRGBA
	if out == formatJPEG {
		background = color.NRGBA{255, 255, 255, 255}
	}
	img := onto(render(s.part(t), s.header, t, background), background)
	encoded, err := encode(img, out, s.gray && s.note == "" && img.Opaque(), m.Quality)
	return img, encoded, err
}

// part is what a result is made of, as stored.
func (s *source) part(t target) *image.NRGBA {
	if narrow, ok := s.narrow[t]; ok {
		return narrow
	}
	return s.pixels.SubImage(stored(t.part, s.header)).(*image.NRGBA)
}

// isOpaque tells whether the picture has no transparency.
func (s *source) isOpaque() bool {
	return s.format == formatJPEG || s.narrow != nil && s.opaque || s.narrow == nil && s.pixels.Opaque()
}

// onto puts a picture on a background, unless that is transparent.
func onto(img *image.NRGBA, background color.NRGBA) *image.NRGBA {
	if background.A == 0 || img.Opaque() {
		return img
	}
	return imaging.OverlayCenter(imaging.New(img.Bounds().Dx(), img.Bounds().Dy(), background), img, 1)
}

// lighter gives the input's own bytes for a result of the whole picture that is not lighter, if they are sound
// and can be had without metadata. An input of more than twice the width would cost browsers more than it saves.
func (m *Maker) lighter(s *source, t target, v variant) variant {
	w, h := s.size()
	if s.note != "" || s.animated || t.part != image.Rect(0, 0, w, h) || t.canvas != image.Pt(t.w, t.h) || t.w > w || t.h > h || w > 2*t.w {
		return v
	}
	own, err := s.file.all()
	if err != nil {
		return v // It has been decoded, and that result is good.
	}
	if m.KeepMetadata != keepAll || s.orientation != upright {
		own = clean(own, s.header)
	}
	if own != nil && len(own) <= len(v.data) {
		v = variant{w, h, extensions[s.format], bytes.Clone(own)} // The file's bytes are not ours to keep.
	}
	return v
}
