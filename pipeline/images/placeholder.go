package images

import (
	"fmt"
	"image"
	"math"
	"strings"

	"github.com/disintegration/imaging"
)

// placeholder is what a page shows before a picture is there, made of its smallest result; empty where there
// can be none: a colour would show through transparent pixels.
func (s *settings) placeholderOf(v variant) string {
	if s.Placeholder == noPlaceholder {
		return ""
	}
	f, err := sniff(v.data)
	if err != nil {
		return ""
	}
	h, err := readHeader(f, v.data)
	if err != nil || h.animated {
		return ""
	}
	img, err := decode(v.data, h)
	if err != nil {
		return ""
	}
	small := whole(h.w, h.h, box{64, 64}) // More pixels tell no more.
	img = imaging.Resize(img, small.w, small.h, imaging.Box)
	if s.Placeholder == blurhashPlaceholder {
		return blurhash(img)
	}
	if !img.Opaque() {
		return ""
	}
	return dominant(img)
}

// dominant is the colour that a picture has most of: the mean of those that fall into the fullest of 512 boxes.
func dominant(img *image.NRGBA) string {
	var boxes [512]struct{ n, r, g, b int }
	most := 0
	for i := 0; i+3 < len(img.Pix); i += 4 {
		r, g, b := int(img.Pix[i]), int(img.Pix[i+1]), int(img.Pix[i+2])
		at := r>>5<<6 | g>>5<<3 | b>>5
		box := &boxes[at]
		box.n, box.r, box.g, box.b = box.n+1, box.r+r, box.g+g, box.b+b
		if box.n > boxes[most].n {
			most = at
		}
	}
	box := boxes[most]
	return fmt.Sprintf("#%02x%02x%02x", box.r/box.n, box.g/box.n, box.b/box.n)
}

// linearTable gives the light of each of the 256 values of sRGB (IEC 61966-2-1).
func linearTable() *[256]float64 {
	var table [256]float64
	for i := range table {
		v := float64(i) / 255
		if table[i] = v / 12.92; v > 0.04045 {
			table[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return &table
}

func fromLinear(v float64) int {
	v = max(0, min(1, v))
	if v <= 0.0031308 {
		return int(v*12.92*255 + 0.5)
	}
	return int((1.055*math.Pow(v, 1/2.4)-0.055)*255 + 0.5)
}

// component is one of the cosine transform of the light: the mean of the pixels, each weighted by the
// wave with x half periods across and y down.
func component(img *image.NRGBA, x, y int, linear *[256]float64) (sum [3]float64) {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	across := make([]float64, w)
	for i := range across {
		across[i] = math.Cos(math.Pi * float64(x) * float64(i) / float64(w))
	}
	for j := range h {
		down := math.Cos(math.Pi * float64(y) * float64(j) / float64(h))
		row := img.Pix[j*img.Stride:]
		for i := range w {
			weight := across[i] * down
			for c := range sum {
				sum[c] += weight * linear[row[4*i+c]]
			}
		}
	}
	for c := range sum {
		sum[c] /= float64(w * h)
	}
	return sum
}

// blurhash writes a picture as a BlurHash of 4 x 3 components, or 3 x 4 for an upright one.
// Source: the description of the algorithm, github.com/woltapp/blurhash, Algorithm.md.
func blurhash(img *image.NRGBA) string {
	nx, ny := 4, 3
	if size := img.Bounds().Size(); size.Y > size.X {
		nx, ny = 3, 4
	}
	linear := linearTable()
	factors := make([][3]float64, 0, nx*ny)
	for y := range ny {
		for x := range nx {
			f := component(img, x, y, linear)
			if x > 0 || y > 0 {
				for c := range f {
					f[c] *= 2
				}
			}
			factors = append(factors, f)
		}
	}
	var largest float64
	for _, f := range factors[1:] {
		largest = max(largest, math.Abs(f[0]), math.Abs(f[1]), math.Abs(f[2]))
	}
	steps := max(0, min(82, int(largest*166-0.5)))
	scale := float64(steps+1) / 166
	var out strings.Builder
	base83(&out, nx-1+(ny-1)*9, 1)
	base83(&out, steps, 1)
	mean := factors[0]
	base83(&out, fromLinear(mean[0])<<16|fromLinear(mean[1])<<8|fromLinear(mean[2]), 4)
	for _, f := range factors[1:] {
		value := 0
		for _, v := range f {
			root := math.Copysign(math.Sqrt(math.Abs(v/scale)), v)
			value = value*19 + max(0, min(18, int(math.Floor(root*9+9.5))))
		}
		base83(&out, value, 2)
	}
	return out.String()
}

// base83 writes a number with so many digits.
func base83(out *strings.Builder, value, digits int) {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
	for i := digits - 1; i >= 0; i-- {
		d := value
		for range i {
			d /= 83
		}
		out.WriteByte(alphabet[d%83])
	}
}
