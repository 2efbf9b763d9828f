package images

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/webp"
)

// The files in testdata/images/kinds are the scene of 48 x 32 pixels, written by libvips in each kind.
func TestKindsOfPixelsComeOutRight(t *testing.T) {
	// The colours of CMYK went through a press's profile that the file no longer has.
	tolerance := map[string]int{"cmyk": 170, "palette": 40, "lossy": 40}
	formats := map[string]string{"lossless": "webp", "lossy": "jpg"}
	files, err := filepath.Glob("../../testdata/images/kinds/*")
	if err != nil || len(files) < 9 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := makeAll(t, Options{Thumb: "24x"}, data)
		if m.err != nil || m.note != "" || m.w != 48 || m.h != 32 || m.size != len(data) {
			t.Errorf("%s: %v, %s", name, m.err, m.note)
			continue
		}
		v := m.variants[0]
		want := max(16, tolerance[name])
		if f := formats[name]; f != "" && v.w == 24 && v.ext != f || v.w != 24 && len(v.data) > len(data) {
			t.Errorf("%s: a result in %s, %d wide", name, v.ext, v.w)
		}
		img := shownBy(t, v)
		for _, at := range []image.Point{{1, 1}, {v.w - 2, 1}, {1, v.h - 2}, {v.w / 2, v.h / 2}} {
			c := color.NRGBA{uint8(255 * at.X / v.w), uint8(255 * at.Y / v.h), 64, 255}
			if strings.HasPrefix(name, "gray") { // As libvips and Rec. 709 have it: the light, by sRGB's curve.
				continue
			}
			near(t, img, at.X, at.Y, c, want)
		}
		if strings.HasPrefix(name, "gray") {
			left, right := img.At(1, 1), img.At(v.w-2, v.h-2)
			l, _, _, _ := left.RGBA()
			r, _, _, _ := right.RGBA()
			if _, ok := color.GrayModel.Convert(left).(color.Gray); !ok || r < l+0x8000 {
				t.Errorf("%s: %v and %v at the corners", name, left, right)
			}
		}
	}
}

// shownBy is what a result shows, whatever its format.
func shownBy(t testing.TB, v variant) image.Image {
	t.Helper()
	if v.ext != "webp" {
		return decodeVariant(t, v)
	}
	img, err := webp.Decode(bytes.NewReader(v.data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// profile is an ICC profile of three primaries and a gamma.
func profile(space string, primaries [3][3]float64, gamma float64) []byte {
	icc := make([]byte, 128)
	copy(icc[16:], space)
	copy(icc[36:], "acsp")
	names := []string{"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC", "kTRC"}
	icc = binary.BigEndian.AppendUint32(icc, uint32(len(names)))
	at := len(icc) + 12*len(names)
	var tags []byte
	for i, name := range names {
		tag := []byte("curv\x00\x00\x00\x00\x00\x00\x00\x01")
		tag = binary.BigEndian.AppendUint16(tag, uint16(gamma*256))
		if i < 3 {
			tag = []byte("XYZ \x00\x00\x00\x00")
			for _, v := range primaries[i] {
				tag = binary.BigEndian.AppendUint32(tag, uint32(int32(v*65536)))
			}
		}
		icc = append(icc, name...)
		icc = binary.BigEndian.AppendUint32(icc, uint32(at+len(tags)))
		icc = binary.BigEndian.AppendUint32(icc, uint32(len(tag)))
		tags = append(tags, tag...)
	}
	return append(icc, tags...)
}

var (
	ofSRGB = [3][3]float64{{0.4361, 0.2225, 0.0139}, {0.3851, 0.7169, 0.0971}, {0.1431, 0.0606, 0.7141}}
	ofP3   = [3][3]float64{{0.5151, 0.2412, -0.0011}, {0.2920, 0.6922, 0.0419}, {0.1571, 0.0666, 0.7841}}
)

func withProfile(t *testing.T, f format, icc []byte) []byte {
	t.Helper()
	m := metadata{icc: icc}
	switch f {
	case formatJPEG:
		return m.attach(asJPEG(t, scene(60, 40)), f, f)
	case formatPNG:
		return m.attach(asPNG(t, scene(60, 40)), f, f)
	}
	data, err := encodeWebP(scene(60, 40))
	if err != nil {
		t.Fatal(err)
	}
	return m.attach(data, f, f)
}

func TestProfilesOtherThanSRGBStay(t *testing.T) {
	p3, srgb, gray := profile("RGB ", ofP3, 2.2), profile("RGB ", ofSRGB, 2.2), profile("GRAY", ofP3, 1.0)
	large := append(profile("RGB ", ofP3, 2.2), make([]byte, 200_000)...)
	for _, from := range []format{formatJPEG, formatPNG, formatWebP} {
		for _, to := range []string{sourceFormat, toJPEG, toPNG, toWebP} {
			for name, c := range map[string]struct{ icc, want []byte }{"P3": {p3, p3}, "sRGB": {srgb, nil}, "gray": {gray, nil}, "large": {large, large}, "none": {nil, nil}} {
				for _, width := range []string{"20x", "60x"} {
					m := makeAll(t, Options{Thumb: width, Format: to}, withProfile(t, from, c.icc))
					if m.err != nil {
						t.Fatal(from, to, name, m.err)
					}
					v := m.variants[0]
					f, err := sniff(v.data)
					if err != nil {
						t.Fatal(err)
					}
					h, err := readHeader(f, v.data)
					if got := metadataOf(v.data, h, true); err != nil || !bytes.Equal(got.icc, c.want) {
						t.Errorf("%s to %s, %s, %s: a profile of %d bytes, %v", from, to, name, width, len(got.icc), err)
					}
					if name == "sRGB" && bytes.Contains(v.data, []byte("acsp")) {
						t.Errorf("%s to %s: the profile of sRGB stayed", from, to)
					}
					shownBy(t, v)
				}
			}
		}
	}
}

func TestMetadataStaysWhereThatIsWished(t *testing.T) {
	tiff := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00GPS home")
	xmp := []byte("<x:xmpmeta>home</x:xmpmeta>")
	said := metadata{exif: tiff, xmp: xmp}
	note := []byte{0xff, 0xfe, 0, 6, 'h', 'o', 'm', 'e'}
	jpeg := said.attach(withSegment(asJPEG(t, scene(60, 40)), note), formatJPEG, formatJPEG)
	plain := said.attach(asPNG(t, scene(60, 40)), formatPNG, formatPNG)
	for from, data := range map[format][]byte{formatJPEG: jpeg, formatPNG: plain} {
		for _, to := range []string{sourceFormat, toJPEG, toPNG, toWebP} {
			for _, keep := range []string{keepNone, keepAll} {
				m := makeAll(t, Options{Thumb: "20x", Format: to, KeepMetadata: keep}, data)
				if m.err != nil || m.w != 40 || m.h != 60 {
					t.Fatal(from, to, m.err, m.w, m.h)
				}
				v := m.variants[0]
				if has := bytes.Contains(v.data, []byte("home")); has != (keep == keepAll) {
					t.Errorf("%s to %s, %s: metadata stayed: %v", from, to, keep, has)
				}
				f, _ := sniff(v.data)
				h, err := readHeader(f, v.data)
				got := metadataOf(v.data, h, true)
				if keep == keepAll && (err != nil || h.orientation != upright || !bytes.HasSuffix(got.exif, []byte("GPS home")) || !bytes.Equal(got.xmp, xmp) || tiffOrientation(got.exif) != upright) {
					t.Errorf("%s to %s: %q and %q stayed, orientation %d, %v", from, to, got.exif, got.xmp, h.orientation, err)
				}
				shownBy(t, v)
			}
		}
	}
	if m := makeAll(t, Options{Thumb: "20x", KeepMetadata: keepAll}, jpeg); !bytes.Contains(m.variants[0].data, note) {
		t.Error("the comment of a JPEG went")
	}
}

func TestFormatsAreThoseThatAreWished(t *testing.T) {
	clear := scene(60, 40)
	for i := range clear.Pix {
		if i%4 == 3 && i < len(clear.Pix)/2 {
			clear.Pix[i] = 0
		}
	}
	for to, want := range map[string]string{toJPEG: "jpg", toPNG: "png", toWebP: "webp", sourceFormat: "png"} {
		m := makeAll(t, Options{Thumb: "20x", Format: to}, asPNG(t, clear))
		if m.err != nil || m.variants[0].ext != want {
			t.Fatal(to, m.err, m.variants)
		}
		img, top := shownBy(t, m.variants[0]), color.NRGBA{}
		if to == toJPEG {
			top = color.NRGBA{255, 255, 255, 255}
		}
		if _, _, _, alpha := img.At(3, 3).RGBA(); to == toJPEG || alpha != 0 {
			near(t, img, 3, 3, top, 8)
		}
		near(t, img, 10, 11, color.NRGBA{132, 225, 64, 255}, 20)
	}
	light := asGIF(t, scene(60, 40), 1)
	if m := makeAll(t, Options{Format: toWebP}, light); m.err != nil || m.variants[0].ext != "webp" && len(m.variants[0].data) != len(light) {
		t.Fatal(m.err, m.variants)
	}
}

func TestTheFirstFrameOfAnAnimationWhereThatIsWished(t *testing.T) {
	m := makeAll(t, Options{Thumb: "30x", Animation: firstFrame}, asGIF(t, scene(60, 40), 3))
	if m.err != nil || len(m.variants) != 1 || m.variants[0].ext != "png" || m.variants[0].w != 30 {
		t.Fatal(m.err, m.leave, m.variants)
	}
	still := webpFile(riffChunk("VP8X", []byte{2, 0, 0, 0, 9, 0, 0, 9, 0, 0}))
	if m := makeAll(t, Options{Animation: firstFrame}, still); m.err != nil || !strings.Contains(m.leave, "no decoder of its frames") {
		t.Fatal(m.err, m.leave)
	}
}

func TestPicturesGrowWhereThatIsWished(t *testing.T) {
	for _, c := range []struct {
		o    Options
		want []image.Point
	}{
		{Options{Widths: []int{50, 200}}, []image.Point{{50, 25}, {200, 100}}},
		{Options{Thumb: "x100"}, []image.Point{{200, 100}}},
		{Options{Thumb: "300x300"}, []image.Point{{300, 150}}},
		{Options{Thumb: "300x300", Fit: contain}, []image.Point{{300, 300}}},
		{Options{Thumb: "300x300", Fit: cover}, []image.Point{{300, 300}}},
		{Options{Thumb: "300x300", Fit: smart}, []image.Point{{300, 300}}},
		{Options{Thumb: "20x20"}, []image.Point{{20, 10}}},
	} {
		c.o.Enlarge = true
		m := makeAll(t, c.o, asPNG(t, noisy(100, 50)))
		if m.err != nil || len(m.variants) != len(c.want) {
			t.Fatal(c, m.err, m.variants)
		}
		for i, v := range m.variants {
			if v.w != c.want[i].X || v.h != c.want[i].Y {
				t.Errorf("%+v: %d x %d", c, v.w, v.h)
			}
			shownBy(t, v)
		}
	}
}

// spot is a gray picture with a small pattern in strong colours at one place.
func spot(w, h int, at image.Point) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 128
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	for y := range 20 {
		for x := range 20 {
			if (x/4+y/4)%2 == 0 {
				img.SetNRGBA(at.X-10+x, at.Y-10+y, color.NRGBA{230, 150, 110, 255})
			}
		}
	}
	return img
}

// A smart crop and one with a focus hold the spot, however the picture is turned.
func TestCropsHoldWhatMatters(t *testing.T) {
	for orientation := uint16(1); orientation <= 8; orientation++ {
		for _, at := range []image.Point{{20, 40}, {280, 40}, {150, 40}} {
			data := withSegment(asJPEG(t, spot(300, 80, at)), exifSegment(binary.BigEndian, orientation))
			upright := turn(spot(300, 80, at), int(orientation))
			place := find(upright)
			focus := "center"
			size := upright.Bounds().Size()
			switch share := float64(place.X) / float64(size.X); {
			case size.Y > size.X && place.Y < 100:
				focus = "top"
			case size.Y > size.X && place.Y > 200:
				focus = "bottom"
			case size.X > size.Y && share < 0.3:
				focus = "0%,50%"
			case size.X > size.Y && share > 0.7:
				focus = "right"
			}
			for _, o := range []Options{{Fit: smart}, {Fit: cover, Focus: focus}} {
				o.Thumb = "60x60"
				m := makeAll(t, o, data)
				if m.err != nil {
					t.Fatal(m.err)
				}
				v := m.variants[0]
				img := decodeVariant(t, v)
				if v.w != 60 || v.h != 60 {
					t.Fatal(v.w, v.h)
				}
				if p := find(img); p.X < 8 || p.X > 52 || p.Y < 8 || p.Y > 52 {
					t.Errorf("orientation %d, spot at %v, %s %s: it is at %v of the crop", orientation, at, o.Fit, o.Focus, p)
				}
			}
		}
	}
}

// find is the middle of what is coloured in a picture; far outside where nothing is.
func find(img image.Image) image.Point {
	var sum image.Point
	n := 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			if r, _, b, _ := img.At(x, y).RGBA(); r > b+0x4000 {
				sum, n = sum.Add(image.Pt(x, y)), n+1
			}
		}
	}
	if n == 0 {
		return image.Pt(-1, -1)
	}
	return sum.Div(n)
}

func TestOrientationOfPNG(t *testing.T) {
	tiff := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x03\x00\x00\x00\x00\x00\x00")
	data := (&metadata{exif: tiff}).attach(asPNG(t, scene(60, 40)), formatPNG, formatPNG)
	m := makeAll(t, Options{}, data)
	if m.err != nil {
		t.Fatal(m.err)
	}
	img, err := png.Decode(bytes.NewReader(m.variants[0].data))
	if err != nil {
		t.Fatal(err)
	}
	near(t, img, 0, 0, color.NRGBA{250, 248, 64, 255}, 2)
}

func TestPlaceholders(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 90, 60))
	for i := range img.Pix {
		img.Pix[i] = []byte{200, 40, 10, 255}[i%4]
		if i/4%90 < 30 {
			img.Pix[i] = 255
		}
	}
	if m := makeAll(t, Options{Placeholder: colorPlaceholder}, asPNG(t, img)); m.placeholder != "#c8280a" {
		t.Errorf("a picture that is mostly red has the colour %q", m.placeholder)
	}
	img.Pix[3] = 0
	if m := makeAll(t, Options{Placeholder: colorPlaceholder}, asPNG(t, img)); m.placeholder != "" {
		t.Errorf("a picture with a hole has the colour %q", m.placeholder)
	}
	// A gray picture has no waves: all its components are in the middle.
	gray := image.NewGray(image.Rect(0, 0, 40, 60))
	for i := range gray.Pix {
		gray.Pix[i] = 128
	}
	if m := makeAll(t, Options{Placeholder: blurhashPlaceholder}, asPNG(t, gray)); len(m.placeholder) != 28 || m.placeholder[:1] != "T" {
		t.Errorf("a gray picture has the blurhash %q", m.placeholder)
	}
}
