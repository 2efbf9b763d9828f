package jpeg

import "image"

// plane is the samples of a component, of whole minimum coded units.
type plane struct {
	pix    []byte
	stride int
}

// newPlane is gray.
func newPlane(c *component) *plane {
	p := &plane{stride: 8 * c.paddedX}
	p.pix = make([]byte, p.stride*8*c.paddedY)
	for i := range p.pix {
		p.pix[i] = 128
	}
	return p
}

// at is where a block begins.
func (p *plane) at(bx, by int) []byte { return p.pix[8*(by*p.stride+bx):] }

// ratios are the subsampling ratios that image has, by the horizontal and vertical factors of luma,
// where those of chroma are 1.
var ratios = map[[2]int]image.YCbCrSubsampleRatio{
	{1, 1}: image.YCbCrSubsampleRatio444,
	{2, 1}: image.YCbCrSubsampleRatio422,
	{1, 2}: image.YCbCrSubsampleRatio440,
	{2, 2}: image.YCbCrSubsampleRatio420,
	{4, 1}: image.YCbCrSubsampleRatio411,
	{4, 2}: image.YCbCrSubsampleRatio410,
}

// picture makes an image of the planes of all components, as package image/jpeg does.
func (p *Picture) picture(planes []*plane) image.Image {
	full := image.Rect(0, 0, p.Width, p.Height)
	switch p.model {
	case modelGray:
		return &image.Gray{Pix: planes[0].pix, Stride: planes[0].stride, Rect: full}
	case modelYCbCr:
		return p.ycbcr(planes)
	case modelRGB:
		out := image.NewRGBA(full)
		p.interleave(planes, out.Pix, func(px []byte) { px[3] = 255 })
		return out
	case modelCMYK:
		out := image.NewCMYK(full)
		p.interleave(planes, out.Pix, func(px []byte) {
			px[0], px[1], px[2], px[3] = 255-px[0], 255-px[1], 255-px[2], 255-px[3]
		})
		return out
	default:
		out := image.NewCMYK(full)
		p.interleave(planes, out.Pix, func(px []byte) {
			r, g, b := toRGB(px[0], px[1], px[2])
			px[0], px[1], px[2], px[3] = r, g, b, 255-px[3] // What the first three mean is ink already.
		})
		return out
	}
}

// ratio is that of the planes of a picture in Y'CbCr, if image has it.
func (p *Picture) ratio() (image.YCbCrSubsampleRatio, bool) {
	if p.model != modelYCbCr {
		return 0, false
	}
	y, cb, cr := p.components[0], p.components[1], p.components[2]
	ratio, ok := ratios[[2]int{y.h / cb.h, y.v / cb.v}]
	return ratio, ok && y.h%cb.h == 0 && y.v%cb.v == 0 && y.h == p.hMax && y.v == p.vMax && cb.h == cr.h && cb.v == cr.v
}

// ycbcr uses the planes as they are where image has the ratio of their factors, else all of full size.
func (p *Picture) ycbcr(planes []*plane) image.Image {
	full := image.Rect(0, 0, p.Width, p.Height)
	if ratio, ok := p.ratio(); ok {
		return &image.YCbCr{
			Y: planes[0].pix, Cb: planes[1].pix, Cr: planes[2].pix,
			YStride: planes[0].stride, CStride: planes[1].stride,
			SubsampleRatio: ratio, Rect: full,
		}
	}
	out := image.NewYCbCr(full, image.YCbCrSubsampleRatio444)
	for i, to := range [][]byte{out.Y, out.Cb, out.Cr} {
		p.spread(i, planes[i], func(at int, v byte) { to[at] = v })
	}
	return out
}

// interleave puts the samples of all components side by side, four bytes a pixel, and finishes each pixel.
func (p *Picture) interleave(planes []*plane, to []byte, finish func(pixel []byte)) {
	for i := range p.components {
		p.spread(i, planes[i], func(at int, v byte) { to[4*at+i] = v })
	}
	for i := 0; i < len(to); i += 4 {
		finish(to[i : i+4 : i+4])
	}
}

// spread gives the sample of a component for each pixel, row by row.
func (p *Picture) spread(i int, from *plane, put func(at int, v byte)) {
	c := p.components[i]
	at := 0
	for y := range p.Height {
		line := from.pix[y*c.v/p.vMax*from.stride:]
		for x := range p.Width {
			put(at, line[x*c.h/p.hMax])
			at++
		}
	}
}
