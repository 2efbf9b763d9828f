package images

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

func newMaker(t testing.TB, o Options) *Maker {
	t.Helper()
	m, err := NewMaker(o)
	if err != nil {
		t.Fatal(err)
	}
	m.CleanSVG(cleanSVG)
	m.AtOnce(3)
	return m
}

// cleanSVG knows one handler, and fails where there is script.
func cleanSVG(data []byte) (clean []byte, removed []string, err error) {
	if bytes.Contains(data, []byte("<script")) {
		return nil, nil, errors.New("script stays")
	}
	if clean = bytes.ReplaceAll(data, []byte(` onload="alert(1)"`), nil); len(clean) < len(data) {
		removed = []string{"attribute onload"}
	}
	return clean, removed, nil
}

func makeAll(t testing.TB, o Options, data []byte) *made {
	t.Helper()
	m, err := newMaker(t, o).make(t.Context(), inMemory(data), allSizes)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func decodeVariant(t testing.TB, v variant) image.Image {
	t.Helper()
	var img image.Image
	var err error
	switch v.ext {
	case "jpg":
		img, err = jpeg.Decode(bytes.NewReader(v.data))
	case "png":
		img, err = png.Decode(bytes.NewReader(v.data))
	default:
		t.Fatalf("a result in %s", v.ext)
	}
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != v.w || b.Dy() != v.h {
		t.Fatalf("%d x %d pixels, said to be %d x %d", b.Dx(), b.Dy(), v.w, v.h)
	}
	return img
}

// near compares a pixel with what it should be, in steps of 255.
func near(t testing.TB, img image.Image, x, y int, want color.NRGBA, tolerance int) {
	t.Helper()
	got := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
	for _, d := range []int{int(got.R) - int(want.R), int(got.G) - int(want.G), int(got.B) - int(want.B), int(got.A) - int(want.A)} {
		if d < -tolerance || d > tolerance {
			t.Fatalf("pixel %d,%d is %v, want %v", x, y, got, want)
		}
	}
}

func TestEXIFOrientationIsAppliedInBothByteOrders(t *testing.T) {
	plain := asJPEG(t, scene(160, 80))
	// Where the dark corner of the stored picture (its top left) stands after turning, and whether
	// the sides are swapped.
	corners := map[uint16]struct{ right, bottom, swapped bool }{
		1: {false, false, false}, 2: {true, false, false}, 3: {true, true, false}, 4: {false, true, false},
		5: {false, false, true}, 6: {true, false, true}, 7: {true, true, true}, 8: {false, true, true},
	}
	for orientation, want := range corners {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			m := makeAll(t, Options{Widths: []int{40}}, withSegment(plain, exifSegment(order, orientation)))
			if m.err != nil {
				t.Fatal(orientation, m.err)
			}
			v := m.variants[0]
			w, h := 40, 20
			if want.swapped {
				w, h = 40, 80
			}
			if v.w != w || v.h != h {
				t.Fatalf("orientation %d: %d x %d, want %d x %d", orientation, v.w, v.h, w, h)
			}
			x, y := 1, 1
			if want.right {
				x = w - 2
			}
			if want.bottom {
				y = h - 2
			}
			near(t, decodeVariant(t, v), x, y, color.NRGBA{8, 8, 64, 255}, 24)
			near(t, decodeVariant(t, v), w-1-x, h-1-y, color.NRGBA{250, 250, 64, 255}, 24)
			if bytes.Contains(v.data, []byte("Exif")) {
				t.Fatal("metadata stayed")
			}
		}
	}
}

func TestNothingIsEnlarged(t *testing.T) {
	for _, c := range []struct {
		w, h int
		o    Options
		want []image.Point
	}{
		{1000, 500, Options{}, []image.Point{{320, 160}, {640, 320}, {1000, 500}}},
		{2000, 1000, Options{}, []image.Point{{320, 160}, {640, 320}, {1280, 640}}},
		{640, 320, Options{}, []image.Point{{320, 160}, {640, 320}}},
		{100, 50, Options{}, []image.Point{{100, 50}}},
		{1000, 500, Options{Thumb: "320x"}, []image.Point{{320, 160}}},
		{1000, 500, Options{Thumb: "x100"}, []image.Point{{200, 100}}},
		{1000, 500, Options{Thumb: "300x300"}, []image.Point{{300, 150}}},
		{1000, 500, Options{Thumb: "300x300", Fit: "cover"}, []image.Point{{300, 300}}},
		{1000, 500, Options{Thumb: "300x300", Fit: "contain"}, []image.Point{{300, 300}}},
		{100, 50, Options{Thumb: "300x300", Fit: "cover"}, []image.Point{{50, 50}}},
		{100, 50, Options{Thumb: "300x"}, []image.Point{{100, 50}}},
		{1, 60000, Options{}, []image.Point{{1, 16384}}},
		{60000, 1, Options{}, []image.Point{{320, 1}, {640, 1}, {1280, 1}}},
		{60000, 1, Options{Thumb: "x100"}, []image.Point{{16384, 1}}},
		{3, 16000, Options{Thumb: "10x10", Fit: "cover"}, []image.Point{{3, 3}}},
	} {
		s, err := check(c.o)
		if err != nil {
			t.Fatal(err)
		}
		var got []image.Point
		for _, target := range s.targets(c.w, c.h, allSizes) {
			got = append(got, target.canvas)
			if target.w > target.part.Dx() || target.h > target.part.Dy() || !target.part.In(image.Rect(0, 0, c.w, c.h)) {
				t.Errorf("%d x %d, %+v: %+v", c.w, c.h, c.o, target)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%d x %d, %+v: %v, want %v", c.w, c.h, c.o, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%d x %d, %+v: %v, want %v", c.w, c.h, c.o, got, c.want)
			}
		}
	}
}

func TestFitShowsTheRightPart(t *testing.T) {
	data := asPNG(t, scene(400, 200))
	covered := decodeVariant(t, makeAll(t, Options{Thumb: "100x100", Fit: "cover"}, data).variants[0])
	near(t, covered, 1, 50, color.NRGBA{65, 128, 64, 255}, 4)
	near(t, covered, 98, 50, color.NRGBA{190, 128, 64, 255}, 4)
	contained := decodeVariant(t, makeAll(t, Options{Thumb: "100x100", Fit: "contain"}, data).variants[0])
	near(t, contained, 50, 5, color.NRGBA{}, 0)
	near(t, contained, 50, 50, color.NRGBA{128, 128, 64, 255}, 4)
	white := decodeVariant(t, makeAll(t, Options{Thumb: "100x100", Fit: "contain"}, asJPEG(t, scene(400, 200))).variants[0])
	near(t, white, 50, 5, color.NRGBA{255, 255, 255, 255}, 2)
}

func TestFormatsStayOrBecome(t *testing.T) {
	gray := image.NewGray(image.Rect(0, 0, 500, 100))
	for i := range gray.Pix {
		gray.Pix[i] = byte(i % 500 / 2)
	}
	deep := image.NewRGBA64(image.Rect(0, 0, 500, 100))
	for i := range deep.Pix {
		deep.Pix[i] = 0xff
	}
	for name, c := range map[string]struct {
		data []byte
		ext  string
		at   color.NRGBA // in the middle
	}{
		"jpeg":     {asJPEG(t, scene(500, 100)), "jpg", color.NRGBA{127, 138, 64, 255}},
		"gray":     {asJPEG(t, gray), "jpg", color.NRGBA{125, 125, 125, 255}},
		"png":      {asPNG(t, scene(500, 100)), "png", color.NRGBA{127, 138, 64, 255}},
		"gray png": {asPNG(t, gray), "png", color.NRGBA{125, 125, 125, 255}},
		"16 bit":   {asPNG(t, deep), "png", color.NRGBA{255, 255, 255, 255}},
		"gif":      {asGIF(t, gray, 1), "png", color.NRGBA{125, 125, 125, 255}},
	} {
		m := makeAll(t, Options{Widths: []int{50}}, c.data)
		if m.err != nil || len(m.variants) != 1 || m.variants[0].ext != c.ext {
			t.Fatalf("%s: %v %+v", name, m.err, m.variants)
		}
		near(t, decodeVariant(t, m.variants[0]), 25, 5, c.at, 10)
	}
}

func TestAnInputThatIsLighterIsKeptWithoutItsMetadata(t *testing.T) {
	var light bytes.Buffer
	if err := jpeg.Encode(&light, noisy(200, 100), &jpeg.Options{Quality: 20}); err != nil {
		t.Fatal(err)
	}
	secret := []byte("Exif\x00\x00MM taken at 48.8584 N")
	comment := jpegSegment(markerCOM, []byte("taken at home"))
	data := append(withSegment(withSegment(light.Bytes(), jpegSegment(markerAPP1, secret)), comment), "<script>"...)
	m := makeAll(t, Options{}, data)
	if m.err != nil || !bytes.Equal(m.variants[0].data, light.Bytes()) {
		t.Fatalf("%v: %d bytes, want the input's %d", m.err, len(m.variants[0].data), light.Len())
	}
	small := asPNG(t, scene(20, 20))
	end := len(small) - 12 // where IEND begins
	tagged := append(appendChunk(append([]byte(nil), small[:end]...), "tEXt", []byte("Author\x00me")), small[end:]...)
	m = makeAll(t, Options{}, append(tagged, "<script>"...))
	if v := m.variants[0]; bytes.Contains(v.data, []byte("Author")) || bytes.Contains(v.data, []byte("script")) {
		t.Fatal("metadata stayed")
	}
}

// The smallest lossy and lossless WebP files, of one pixel each.
const (
	lossyWebP    = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"
	losslessWebP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="
)

func TestWebPIsRead(t *testing.T) {
	for name, text := range map[string]string{"lossy": lossyWebP, "lossless": losslessWebP} {
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		m := makeAll(t, Options{}, data)
		if m.err != nil || len(m.variants) != 1 || m.variants[0].ext != "webp" || !bytes.Equal(m.variants[0].data, data) {
			t.Errorf("%s: %v %+v", name, m.err, m.variants)
		}
		m = makeAll(t, Options{}, webpFile(data[12:], riffChunk("EXIF", []byte("home"))))
		if m.err != nil || len(m.variants) != 1 || bytes.Contains(m.variants[0].data, []byte("home")) {
			t.Errorf("%s with metadata: %v %+v", name, m.err, m.variants)
		}
	}
}

func TestAGIFIsKeptWhenItHoldsPixelsAlone(t *testing.T) {
	light := asGIF(t, image.NewGray(image.Rect(0, 0, 8, 8)), 1)
	if m := makeAll(t, Options{}, append(light, "trailing"...)); m.err != nil || !bytes.Equal(cleanGIF(append(light, "trailing"...)), light) {
		t.Fatal(m.err)
	}
	comment := append([]byte("!\xfe\x04home\x00"), light[len(light)-1])
	if m := makeAll(t, Options{}, append(light[:len(light)-1], comment...)); m.err != nil || m.variants[0].ext != "png" {
		t.Fatal(m.err, m.variants)
	}
}

func TestNarrowVariantsThatWeighMoreAreLeftOut(t *testing.T) {
	palette := color.Palette{color.Black, color.White}
	checks := image.NewPaletted(image.Rect(0, 0, 700, 700), palette)
	for i := range checks.Pix {
		checks.Pix[i] = byte(i / 7 % 2)
	}
	m := makeAll(t, Options{}, asPNG(t, checks))
	if len(m.variants) != 1 || m.variants[0].w != 700 {
		t.Fatalf("%d variants of a picture that its encoder made small", len(m.variants))
	}
}

func TestRefusalsNameTheirReason(t *testing.T) {
	vp8x := riffChunk("VP8X", []byte{0, 0, 0, 0, 9, 0, 0, 9, 0, 0})
	vp8l := riffChunk("VP8L", []byte{0x2f, 0xff, 0xff, 0xff, 0x0f})
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"empty":              {nil, "empty"},
		"text":               {[]byte("<!doctype html><svg>"), "no picture"},
		"bmp":                {[]byte("BM" + strings.Repeat("\x00", 52)), "it is BMP, which is not supported; save it as"},
		"tiff":               {[]byte("II*\x00\x08\x00\x00\x00"), "TIFF"},
		"avif":               {[]byte("\x00\x00\x00\x20ftypavif"), "AVIF"},
		"heic":               {[]byte("\x00\x00\x00\x20ftypheic"), "HEIC"},
		"svg with script":    {[]byte(`<svg><script/></svg>`), "can't be cleaned: script stays"},
		"png 1347 MP":        {headerPNG(36700, 36700, 1, 0), "36700 x 36700 pixels, more than the limit"},
		"png too wide":       {headerPNG(0x7fffffff, 0x7fffffff, 8, 6), "more than the limit"},
		"png zero":           {headerPNG(0, 0, 8, 6), "0 x 0 pixels"},
		"png of one row":     {headerPNG(50_000_000, 1, 1, 0), "MiB of memory"},
		"png 16 bit":         {headerPNG(9000, 9000, 16, 6), "MiB of memory"},
		"png lying":          {headerPNG(9000, 9000, 8, 6), "not enough pixel data"},
		"png without rows":   {headerPNG(900, 900, 8, 6), "no row of it could be read"},
		"jpeg 4 GP":          {headerJPEG(65535, 65535, 0xc0), "more than the limit"},
		"jpeg zero":          {headerJPEG(0, 0, 0xc0), "0 x 0 pixels"},
		"jpeg lossless":      {headerJPEG(10, 10, 0xc3), "lossless"},
		"jpeg arithmetic":    {headerJPEG(10, 10, 0xc9), "arithmetic"},
		"jpeg progressive":   {headerJPEG(9900, 9900, 0xc2), "a scan of coefficients 0 to 63"},
		"jpeg cut":           {headerJPEG(10, 10, 0xc0)[:30], "ends before its first scan"},
		"gif 4 GP":           {[]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x00;"), "more than the limit"},
		"gif frame outside":  {[]byte("GIF89a\x0a\x00\x0a\x00\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x00;"), "more than the limit"},
		"webp lying":         {webpFile(vp8x, vp8l), "disagree"},
		"webp 268 MP":        {webpFile(vp8l), "more than the limit"},
		"webp without frame": {webpFile(vp8x), "before its pixels"},
	} {
		if m := makeAll(t, Options{}, c.data); m.err == nil || !strings.Contains(m.err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, m.err, c.want)
		}
	}
}

func TestAnimationsAreLeftAsTheyAre(t *testing.T) {
	apng := asPNG(t, scene(10, 10))
	apng = append(appendChunk(append([]byte(nil), apng[:33]...), "acTL", make([]byte, 8)), apng[33:]...)
	for name, data := range map[string][]byte{
		"GIF":  asGIF(t, scene(10, 10), 2),
		"PNG":  apng,
		"WebP": webpFile(riffChunk("VP8X", []byte{2, 0, 0, 0, 9, 0, 0, 9, 0, 0}), riffChunk("ANIM", make([]byte, 6))),
	} {
		m := makeAll(t, Options{}, data)
		if m.err != nil || len(m.variants) > 0 || !strings.HasPrefix(m.leave, "an animated "+name+" is left as it is") {
			t.Errorf("%s: %v, %q, %d variants", name, m.err, m.leave, len(m.variants))
		}
	}
}

func TestDamagedPicturesShowWhatTheyHave(t *testing.T) {
	cut := func(data []byte, share float64) []byte { return data[:int(float64(len(data))*share)] }
	gray := color.NRGBA{128, 128, 128, 255}
	for name, data := range map[string][]byte{
		"JPEG": cut(asJPEG(t, noisy(320, 320)), 0.5),
		"PNG":  cut(asPNG(t, noisy(320, 320)), 0.5),
	} {
		m := makeAll(t, Options{Widths: []int{320}}, data)
		if m.err != nil || !strings.Contains(m.note, "rows were read") {
			t.Fatalf("%s: %v, %q", name, m.err, m.note)
		}
		img := decodeVariant(t, m.variants[0])
		near(t, img, 160, 300, gray, 3)
		if r, g, b, _ := img.At(160, 100).RGBA(); r>>8 == 128 && g>>8 == 128 && b>>8 == 128 {
			t.Errorf("%s: the upper half is missing too", name)
		}
	}
	// A progressive JPEG whose first scan says that all blocks are gray, and whose second is cut.
	scan := headerJPEG(16, 16, 0xc2)
	scan = append(scan[:len(scan)-12], jpegSegment(markerSOS, []byte{1, 1, 0, 0, 0, 0})...)
	scan = append(append(scan, 0x0f), jpegSegment(markerSOS, []byte{1, 1, 0, 1, 63, 0})...)
	m := makeAll(t, Options{}, scan)
	if m.err != nil || !strings.Contains(m.note, "scan 2 ends") {
		t.Fatal(m.err, m.note)
	}
	near(t, decodeVariant(t, m.variants[0]), 8, 8, gray, 1)
}

func TestOnePictureIsMadeOnce(t *testing.T) {
	m := newMaker(t, Options{})
	data := asPNG(t, scene(400, 400))
	one, err := m.make(t.Context(), inMemory(data), allSizes)
	if err != nil {
		t.Fatal(err)
	}
	if two, err := m.make(t.Context(), inMemory(data), allSizes); err != nil || one != two {
		t.Fatal("made twice", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.make(ended, inMemory(asPNG(t, scene(10, 10))), allSizes); err == nil {
		t.Fatal("a picture was made after the end of the run")
	}
	if again, err := m.make(t.Context(), inMemory(asPNG(t, scene(10, 10))), allSizes); err != nil || again.err != nil {
		t.Fatal("the end of a run was kept as a picture's failure", err)
	}
}

func BenchmarkThumbnail(b *testing.B) {
	data := asJPEG(b, scene(4000, 3000))
	s, err := check(Options{Thumb: "320x"})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		m := &Maker{settings: s, budget: newBudget(decodeBudget), cache: newCache(cacheBudget), hands: newHands(2)}
		if made, err := m.make(b.Context(), inMemory(data), allSizes); err != nil || made.err != nil {
			b.Fatal(err, made.err)
		}
	}
}
