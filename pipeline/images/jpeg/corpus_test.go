package jpeg

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	stdjpeg "image/jpeg"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func bytesOf(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// pictures gives the JPEGs below the corpus, or skips.
func pictures(t testing.TB) []string {
	root := "../../../../shared/corpus/images"
	if _, err := os.Stat(root); err != nil {
		t.Skip("no corpus of pictures beside the repository")
	}
	var names []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		// The large ones take long under the race detector: they are for COPYDESK_CORPUS=all.
		if info, err := e.Info(); err != nil || info.Size() > 64<<10 && os.Getenv("COPYDESK_CORPUS") != "all" {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.HasPrefix(data, []byte{0xff, 0xd8, 0xff}) {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// A full decode equals that of package image/jpeg within one level, wherever that one can read a picture.
func TestPixelsAreThoseOfTheStandardLibrary(t *testing.T) {
	for _, name := range pictures(t) {
		data := bytesOf(t, name)
		want, err := stdjpeg.Decode(bytes.NewReader(data))
		if err != nil {
			p, e := Open(data)
			if e == nil {
				var r *Result
				r, e = p.Decode(Request{Pixels: true})
				if e == nil {
					e = r.Damage
				}
			}
			t.Logf("%s: image/jpeg says %v, we %v", filepath.Base(name), err, e)
			continue
		}
		p, err := Open(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r, err := p.Decode(Request{Pixels: true})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if r.Damage != nil {
			t.Logf("%s: damaged: %v", name, r.Damage)
		}
		if d, at := distance(want, r.Pixels); d > 1 {
			t.Errorf("%s: differs by %d at %v", name, d, at)
		}
		small := image.Pt(max(1, p.Width/4), max(1, p.Height/4))
		if !p.Reduces(small, 1) || p.Width < 64 || p.Height < 64 {
			continue
		}
		thumbnail, pixels := means(decoded(t, data, Request{Sizes: []image.Point{small}}).Thumbnails[0]), means(r.Pixels)
		for i := range pixels {
			if math.Abs(thumbnail[i]-pixels[i]) > 2.5 {
				t.Errorf("%s: the means of a thumbnail are %.1f, those of pixels %.1f", name, thumbnail, pixels)
				break
			}
		}
	}
}

// distance is the largest difference of a sample of two pictures, and where it is.
func distance(a, b image.Image) (most int, at image.Point) {
	if a.Bounds() != b.Bounds() {
		return 256, b.Bounds().Max
	}
	note := func(x, y int, v, w uint8) {
		if d := max(int(v)-int(w), int(w)-int(v)); d > most {
			most, at = d, image.Pt(x, y)
		}
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			switch p := a.(type) {
			case *image.YCbCr:
				q, ok := b.(*image.YCbCr)
				if !ok || p.SubsampleRatio != q.SubsampleRatio {
					return 257, at
				}
				v, w := p.YCbCrAt(x, y), q.YCbCrAt(x, y)
				note(x, y, v.Y, w.Y)
				note(x, y, v.Cb, w.Cb)
				note(x, y, v.Cr, w.Cr)
			case *image.Gray:
				note(x, y, p.GrayAt(x, y).Y, b.(*image.Gray).GrayAt(x, y).Y)
			case *image.CMYK:
				v, w := p.CMYKAt(x, y), b.At(x, y).(color.CMYK)
				note(x, y, v.C, w.C)
				note(x, y, v.M, w.M)
				note(x, y, v.Y, w.Y)
				note(x, y, v.K, w.K)
			default:
				v, w := color.RGBAModel.Convert(a.At(x, y)).(color.RGBA), color.RGBAModel.Convert(b.At(x, y)).(color.RGBA)
				note(x, y, v.R, w.R)
				note(x, y, v.G, w.G)
				note(x, y, v.B, w.B)
			}
		}
	}
	return most, at
}

// Brightness equals that of libjpeg's djpeg within one level for every way of coding, those that package
// image/jpeg can't read included.
func TestPixelsAreThoseOfDjpeg(t *testing.T) {
	djpeg, err := exec.LookPath("djpeg")
	if err != nil {
		t.Skip("djpeg is not here")
	}
	names, err := filepath.Glob(fixtures + "/*.jpg")
	if err != nil {
		t.Fatal(err)
	}
	truncated := filepath.Join(t.TempDir(), "truncated.jpg")
	data := fixture(t, "420.jpg")
	if err := os.WriteFile(truncated, data[:len(data)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, truncated) {
		base := filepath.Base(name)
		p, err := Open(bytesOf(t, name))
		if err != nil || p.model != modelYCbCr && p.model != modelGray {
			continue
		}
		r, err := p.Decode(Request{Pixels: true})
		if err != nil {
			t.Fatal(base, err)
		}
		out, err := exec.Command(djpeg, "-grayscale", "-pnm", "-nosmooth", "-dct", "int", name).Output()
		if err != nil && base != "truncated.jpg" {
			t.Fatal(base, err)
		}
		head := fmt.Sprintf("P5\n%d %d\n255\n", p.Width, p.Height)
		samples, ok := bytes.CutPrefix(out, []byte(head))
		if !ok || len(samples) != p.Width*p.Height {
			t.Fatalf("%s: djpeg wrote %d bytes", base, len(out))
		}
		for i, v := range samples {
			if d := int(v) - int(luma(r.Pixels, i%p.Width, i/p.Width)); d < -1 || d > 1 {
				t.Errorf("%s: differs by %d at %d,%d", base, d, i%p.Width, i/p.Width)
				break
			}
		}
	}
}
