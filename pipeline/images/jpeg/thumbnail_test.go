package jpeg

import (
	"bytes"
	"image"
	stdjpeg "image/jpeg"
	"math"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

const fixtures = "../../../testdata/jpeg"

// fixture reads one of the pictures that cjpeg made of one scene, each in another way.
func fixture(t testing.TB, name string) []byte {
	t.Helper()
	return bytesOf(t, filepath.Join(fixtures, name))
}

func decoded(t testing.TB, data []byte, r Request) *Result {
	t.Helper()
	p, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	result, err := p.Decode(r)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// reference resamples one plane of samples with the same kernel in floating point.
func reference(p raster, across, down grid) *image.Gray {
	narrow := make([]float64, across.out*p.h)
	kernel := new(workspace).kernel(across)
	for x := range across.out {
		from, weight := kernel.at(x)
		for y := range p.h {
			for i, w := range weight {
				narrow[y*across.out+x] += w * float64(p.pix[y*p.stride+from+i])
			}
		}
	}
	out := image.NewGray(image.Rect(0, 0, across.out, down.out))
	kernel = new(workspace).kernel(down)
	for y := range down.out {
		from, weight := kernel.at(y)
		for x := range across.out {
			sum := 0.0
			for i, w := range weight {
				sum += w * narrow[(from+i)*across.out+x]
			}
			out.Pix[y*out.Stride+x] = uint8(math.Round(min(max(sum, 0), 255)))
		}
	}
	return out
}

// planesOf decodes a picture to the planes of its components.
func planesOf(t testing.TB, data []byte) (*Picture, []raster) {
	t.Helper()
	p, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	d := new(workspace).start(p)
	for i := range p.components {
		d.outlets = append(d.outlets, &outlet{component: &p.components[i], plane: newPlane(&p.components[i])})
	}
	if err := d.scans(); err != nil {
		t.Fatal(err)
	}
	var all []raster
	for _, o := range d.outlets {
		all = append(all, raster{o.plane.pix, o.plane.stride, o.width, o.height})
	}
	return p, all
}

// What is made of low frequencies is what is made of pixels, for every way of coding, every
// component, several reductions, and all orientations.
func TestThumbnailsAreThoseOfPixels(t *testing.T) {
	names, err := filepath.Glob(fixtures + "/*.jpg")
	if err != nil || len(names) < 20 {
		t.Fatal("the pictures are not there", err)
	}
	for _, name := range names {
		name = filepath.Base(name)
		if name == "arithmetic.jpg" {
			continue
		}
		p, planes := planesOf(t, fixture(t, name))
		for _, width := range []int{3, 8, 13, 20, 29, 41, 66} {
			for orientation := 1; orientation <= 8; orientation++ {
				size := image.Pt(width, max(1, width*p.Height/p.Width))
				upright := stored(size, orientation)
				if !p.Reduces(upright, orientation) {
					if p.hMax == p.components[0].h && p.vMax == p.components[0].v {
						t.Errorf("%s: %v can't be had", name, upright)
					}
					continue
				}
				d := draft{size: size, orientation: orientation}
				for i, plane := range planes {
					across, down := p.grids(i, size, orientation)
					d.planes = append(d.planes, reference(plane, across, down))
				}
				want := p.assemble(d)
				got := decoded(t, fixture(t, name), Request{Sizes: []image.Point{upright}, Orientation: orientation}).Thumbnails[0]
				if got.Bounds().Size() != upright {
					t.Fatalf("%s: %v, want %v", name, got.Bounds(), upright)
				}
				if mean, most := compareImages(got, want); mean > 0.75 || most > 12 {
					t.Errorf("%s, %v, orientation %d: differs by %.2f, at most %d", name, upright, orientation, mean, most)
				}
			}
		}
	}
}

// The colours of thumbnails are those of pixels, for every model.
func TestColours(t *testing.T) {
	names, err := filepath.Glob(fixtures + "/*.jpg")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if filepath.Base(name) == "arithmetic.jpg" {
			continue
		}
		r := decoded(t, bytesOf(t, name), Request{Sizes: []image.Point{{40, 29}}, Pixels: true})
		pixels, thumbnail := means(r.Pixels), means(r.Thumbnails[0])
		for i := range pixels {
			if math.Abs(pixels[i]-thumbnail[i]) > 2.5 {
				t.Errorf("%s: the means are %.1f, those of pixels %.1f", filepath.Base(name), thumbnail, pixels)
				break
			}
		}
	}
}

// means are those of red, green and blue.
func means(img image.Image) (m [3]float64) {
	size := img.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			r, g, b, _ := img.At(x, y).RGBA()
			for i, v := range []uint32{r, g, b} {
				m[i] += float64(v) / 257 / float64(size.X*size.Y)
			}
		}
	}
	return m
}

// compareImages gives the mean and the largest difference of the samples of two thumbnails.
func compareImages(a, b image.Image) (mean float64, most int) {
	n := 0
	compare := func(p, q []byte) {
		for i := range p {
			d := int(p[i]) - int(q[i])
			mean += math.Abs(float64(d))
			most = max(most, d, -d)
			n++
		}
	}
	switch a := a.(type) {
	case *image.Gray:
		compare(a.Pix, b.(*image.Gray).Pix)
	case *image.YCbCr:
		c := b.(*image.YCbCr)
		compare(a.Y, c.Y)
		compare(a.Cb, c.Cb)
		compare(a.Cr, c.Cr)
	}
	return mean / float64(n), most
}

// Several thumbnails, and the pixels with them, are those that are made one by one.
func TestOneDecodingForAll(t *testing.T) {
	for _, name := range []string{"420.jpg", "progressive.jpg", "cmyk.jpg", "gray.jpg", "progressive-restart.jpg"} {
		data := fixture(t, name)
		sizes := []image.Point{{13, 10}, {40, 29}, {66, 48}}
		all := decoded(t, data, Request{Sizes: sizes, Pixels: true})
		if d, at := distance(all.Pixels, decoded(t, data, Request{Pixels: true}).Pixels); d != 0 {
			t.Errorf("%s: pixels differ by %d at %v", name, d, at)
		}
		for i, size := range sizes {
			one := decoded(t, data, Request{Sizes: []image.Point{size}}).Thumbnails[0]
			if mean, most := compareImages(all.Thumbnails[i], one); mean > 0.75 || most > 12 {
				t.Errorf("%s, %v: differs by %.2f, at most %d", name, size, mean, most)
			}
		}
	}
}

func TestRefusalsNameTheKind(t *testing.T) {
	good := fixture(t, "420.jpg")
	sof := bytes.Index(good, []byte{0xff, markerSOF0})
	with := func(at int, b ...byte) []byte {
		out := bytes.Clone(good)
		copy(out[sof+at:], b)
		return out
	}
	for want, data := range map[string][]byte{
		"JPEG with arithmetic coding is not supported": fixture(t, "arithmetic.jpg"),
		"lossless JPEG is not supported":               with(1, 0xc3),
		"hierarchical JPEG is not supported":           with(1, 0xc5),
		"JPEG of 12 bits a sample is not supported":    with(4, 12),
		"its header says 0 x 149 pixels":               with(7, 0, 0),
		"its header says 203 x 0 pixels":               with(5, 0, 0),
		"a component has the sampling factors 0 x 2":   with(11, 0x02),
		"a component has the sampling factors 5 x 2":   with(11, 0x52),
		"a component uses the quantization table 4":    with(12, 4),
		"two components are called 1":                  with(13, 1),
		"it does not begin as a JPEG does":             good[2:],
		"it ends before its first scan":                good[:sof+20],
	} {
		if _, err := Open(data); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// A file without Huffman tables, as frames of Motion JPEG are, means the typical ones.
func TestTablesThatAreNotThere(t *testing.T) {
	var whole bytes.Buffer
	if err := stdjpeg.Encode(&whole, picture420(60, 40), nil); err != nil { // It writes the typical tables.
		t.Fatal(err)
	}
	data := whole.Bytes()
	at := bytes.Index(data, []byte{0xff, markerDHT})
	size := 2 + int(data[at+2])<<8 + int(data[at+3])
	bare := append(bytes.Clone(data[:at]), data[at+size:]...)
	if bytes.Contains(bare, []byte{0xff, markerDHT}) {
		t.Fatal("tables stayed")
	}
	want, got := decoded(t, data, Request{Pixels: true}), decoded(t, bare, Request{Pixels: true})
	if mean, most := compareImages(got.Pixels, want.Pixels); got.Damage != nil || mean > 0 || most > 0 {
		t.Error(got.Damage, mean, most)
	}
}

// Half a file shows half a picture, and the rest gray.
func TestTruncated(t *testing.T) {
	for _, name := range []string{"420.jpg", "restart.jpg", "separate.jpg", "progressive.jpg", "gray.jpg"} {
		data := fixture(t, name)
		data = data[:len(data)*6/10]
		whole := decoded(t, fixture(t, name), Request{Pixels: true}).Pixels
		r := decoded(t, data, Request{Sizes: []image.Point{{40, 29}}, Pixels: true})
		if r.Damage == nil || !strings.Contains(r.Damage.Error(), "ends") {
			t.Errorf("%s: damage %v", name, r.Damage)
		}
		if luma(r.Pixels, 50, 10) != luma(whole, 50, 10) && name != "progressive.jpg" {
			t.Errorf("%s: the upper part differs", name)
		}
		if name == "420.jpg" || name == "restart.jpg" || name == "gray.jpg" {
			if luma(r.Pixels, 100, 145) != 128 || luma(r.Thumbnails[0], 20, 28) != 128 {
				t.Errorf("%s: the lower part is not gray", name)
			}
		}
	}
}

// Where restart markers are lost, what is behind them stays in its place.
func TestLostRestarts(t *testing.T) {
	data := fixture(t, "restart.jpg")
	whole := decoded(t, data, Request{Pixels: true}).Pixels
	first := bytes.Index(data, []byte{0xff, 0xd0})
	for first >= 0 && data[first+2] == 0 {
		first = bytes.Index(data, []byte{0xff, 0xd0})
	}
	for name, broken := range map[string][]byte{
		"marker gone":    append(bytes.Clone(data[:first]), data[first+2:]...),
		"interval gone":  append(bytes.Clone(data[:first]), data[bytes.Index(data, []byte{0xff, 0xd1}):]...),
		"garbage before": append(append(bytes.Clone(data[:first]), 1, 2, 3, 4, 5), data[first:]...),
		"marker twice":   append(bytes.Clone(data[:first+2]), data[first:]...),
	} {
		r := decoded(t, broken, Request{Pixels: true})
		same := 0
		for x := range 203 {
			if luma(r.Pixels, x, 148) == luma(whole, x, 148) {
				same++
			}
		}
		if same < 200 {
			t.Errorf("%s: %d of 203 pixels of the last row are right", name, same)
		}
		if name != "garbage before" && r.Damage == nil {
			t.Errorf("%s: no damage is seen", name)
		}
	}
}

// allocated is how many bytes a function asks for.
func allocated(f func()) int64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int64(after.TotalAlloc - before.TotalAlloc)
}

// A few bytes that claim four gigapixels cost neither time nor memory.
func TestGiants(t *testing.T) {
	for _, name := range []string{"420.jpg", "progressive.jpg", "progressive-444.jpg", "cmyk.jpg", "restart.jpg", "separate.jpg"} {
		data := bytes.Clone(fixture(t, name))
		sof := max(bytes.Index(data, []byte{0xff, markerSOF0}), bytes.Index(data, []byte{0xff, markerSOF2}))
		copy(data[sof+5:], []byte{0xff, 0xff, 0xff, 0xff})
		start := time.Now()
		memory := allocated(func() {
			r := decoded(t, data, Request{Sizes: []image.Point{{320, 320}}})
			if r.Damage == nil || r.Thumbnails[0].Bounds().Dx() != 320 || luma(r.Thumbnails[0], 160, 300) != 128 && name != "cmyk.jpg" {
				t.Error(name, r.Damage)
			}
		})
		if took := time.Since(start); took > 30*time.Second || memory > 32<<20 {
			t.Errorf("%s: %v, %d bytes", name, took, memory)
		}
	}
}

// What decoding asks for is not more than was told, nor much less.
func TestMemory(t *testing.T) {
	var data bytes.Buffer
	if err := stdjpeg.Encode(&data, picture420(3000, 2000), nil); err != nil {
		t.Fatal(err)
	}
	for _, r := range []Request{
		{Sizes: []image.Point{{320, 213}}},
		{Sizes: []image.Point{{320, 213}, {640, 427}, {1280, 853}}},
		{Pixels: true},
		{Sizes: []image.Point{{213, 320}}, Orientation: 6, Pixels: true},
	} {
		p, err := Open(data.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		told := p.Memory(r)
		runtime.GC()
		runtime.GC() // The room that pictures before have left is gone then.
		if took := allocated(func() { decoded(t, data.Bytes(), r) }); took > told || told > 2*took+1<<20 {
			t.Errorf("%v: %d bytes, told %d", r, took, told)
		}
	}
	for _, name := range []string{"progressive.jpg", "progressive-restart.jpg", "gray-progressive.jpg", "cmyk.jpg", "rgb-progressive.jpg"} {
		p, err := Open(fixture(t, name))
		if err != nil {
			t.Fatal(err)
		}
		r := Request{Sizes: []image.Point{{66, 48}, {20, 15}}, Pixels: true}
		if took := allocated(func() { decoded(t, fixture(t, name), r) }); took > p.Memory(r)+int64(len(fixture(t, name))) {
			t.Errorf("%s: %d bytes, told %d", name, took, p.Memory(r))
		}
	}
}

// Whatever the bytes, nothing panics, and results have the sizes that were asked for.
func FuzzDecode(f *testing.F) {
	names, err := filepath.Glob(fixtures + "/*.jpg")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		f.Add(fixture(f, filepath.Base(name)), byte(len(name)))
	}
	f.Fuzz(func(t *testing.T, data []byte, orientation byte) {
		p, err := Open(data)
		if err != nil {
			return
		}
		r := Request{Orientation: int(orientation & 7)}
		for _, size := range []image.Point{{16, 12}, {50, 40}, {1, 1}} {
			if p.Reduces(size, r.Orientation) {
				r.Sizes = append(r.Sizes, size)
			}
		}
		if p.Width*p.Height < 1<<18 || len(r.Sizes) == 0 {
			r.Pixels = true
		}
		if p.Memory(r) > 64<<20 {
			return
		}
		result, err := p.Decode(r)
		if err != nil {
			return
		}
		for i, size := range r.Sizes {
			if got := result.Thumbnails[i].Bounds().Size(); got != size {
				t.Fatalf("%v, want %v", got, size)
			}
		}
		if r.Pixels && result.Pixels.Bounds() != image.Rect(0, 0, p.Width, p.Height) {
			t.Fatal(result.Pixels.Bounds())
		}
	})
}

func BenchmarkThumbnail(b *testing.B) {
	for _, name := range []string{"420.jpg", "progressive.jpg"} {
		b.Run(name, func(b *testing.B) {
			data := fixture(b, name)
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				decoded(b, data, Request{Sizes: []image.Point{{40, 29}}})
			}
		})
	}
}

func BenchmarkPixels(b *testing.B) {
	data := fixture(b, "420.jpg")
	b.ReportAllocs()
	for b.Loop() {
		decoded(b, data, Request{Pixels: true})
	}
}

func BenchmarkEncode(b *testing.B) {
	img := picture420(320, 213)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Encode(img, 82); err != nil {
			b.Fatal(err)
		}
	}
}

// The whole-number weights are the folded kernel, and those of an even area add up to one, whether they
// were computed or repeated.
func TestAxis(t *testing.T) {
	for _, g := range []grid{
		{320, 5120, 16, 0}, {320, 1920, 6, 0}, {320, 1680, 5.25, 0}, {160, 2560, 16, -8}, {7, 203, 29, 0},
		{50, 203, 4.06, 0}, {100, 100, 1, 0}, {100, 50, 0.5, 0}, {1, 1, 1, 0}, {2, 20000, 10000, 0},
	} {
		for _, frequencies := range []int{2, 3, 5, 8} {
			a := new(workspace).axis(g, frequencies, narrowScale, wideScale)
			kernel := new(workspace).kernel(g)
			for i := range g.out {
				from, weight := kernel.at(i)
				if int(a.first[i]) != from/8 || a.end(i) != (from+len(weight)-1)/8+1 {
					t.Fatalf("%v: sample %d lies on blocks %d to %d", g, i, a.first[i], a.end(i))
				}
				part := make([]float64, int(a.start[i+1]-a.start[i]))
				fold(weight, from, frequencies, part)
				even := 0
				for n, want := range part {
					got := float64(a.wide[int(a.start[i])+n]) / (1 << wideScale)
					if math.Abs(got-want) > 1.01/(1<<wideScale) {
						t.Fatalf("%v, sample %d, weight %d: %f, want %f", g, i, n, got, want)
					}
					if n%frequencies == 0 {
						even += int(a.narrow[int(a.start[i])+n])
					}
				}
				if want := int(math.Round((1 << narrowScale) / math.Sqrt(8))); even != want {
					t.Fatalf("%v, sample %d: even areas times %d, want %d", g, i, even, want)
				}
			}
		}
	}
}
