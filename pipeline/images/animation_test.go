package images

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"slices"
	"strings"
	"testing"

	"github.com/disintegration/imaging"
)

// walk is an animation in which a red square goes over a gray ground, or over none; each frame after the first is the
// square alone, and is disposed of in a way.
func walk(t testing.TB, ground color.Color, disposal byte) []byte {
	t.Helper()
	palette := color.Palette{color.NRGBA{}, color.NRGBA{200, 200, 200, 255}, color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 0, 255, 255}}
	all := gif.GIF{Config: image.Config{Width: 120, Height: 80}, LoopCount: 3}
	for i := range 5 {
		frame := image.NewPaletted(image.Rect(0, 0, 120, 80), palette)
		if i > 0 {
			frame = image.NewPaletted(image.Rect(20*i, 16, 20*i+24, 40), palette)
		}
		for j := range frame.Pix {
			frame.Pix[j] = uint8(palette.Index(ground))
			if i > 0 {
				frame.Pix[j] = 2
			}
		}
		all.Image, all.Delay, all.Disposal = append(all.Image, frame), append(all.Delay, 10+i), append(all.Disposal, disposal)
	}
	all.Disposal[0] = gif.DisposalNone
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &all); err != nil {
		t.Fatal(err)
	}
	comment := "!\xfe" + strings.Repeat("\xff"+strings.Repeat("x", 255), 20) + "\x00" // So that anything is lighter.
	return slices.Insert(out.Bytes(), 13, []byte(comment)...)
}

// screens gives what a GIF shows, frame by frame.
func screens(t testing.TB, data []byte) (all []*image.NRGBA, file *gif.GIF) {
	t.Helper()
	h, err := readHeader(formatGIF, data)
	if err == nil {
		file, err = decodeFrames(data, h)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, canvas := range onScreen(file, h) {
		all = append(all, imaging.Clone(canvas))
	}
	return all, file
}

// Each frame of a small animation shows what that of the large one does, however that disposes of frames.
func TestAnimationsAreMadeSmaller(t *testing.T) {
	for _, ground := range []color.Color{color.NRGBA{}, color.NRGBA{200, 200, 200, 255}} {
		for _, disposal := range []byte{0, gif.DisposalNone, gif.DisposalBackground, gif.DisposalPrevious} {
			data := walk(t, ground, disposal)
			m := makeAll(t, Options{Widths: []int{30, 60, 640}}, data)
			if m.err != nil || m.leave != "" || len(m.variants) != 3 || !bytes.Equal(m.variants[2].data, data) || m.variants[2].w != 120 {
				t.Fatalf("disposal %d: %v, %q, %d variants", disposal, m.err, m.leave, len(m.variants))
			}
			large, before := screens(t, data)
			for _, v := range m.variants[:2] {
				small, after := screens(t, v.data)
				if after.LoopCount != before.LoopCount || !slices.Equal(after.Delay, before.Delay) || after.Config.Width != v.w || v.w*2 != v.h*3 {
					t.Errorf("disposal %d: %d loops, delays %v, %d x %d", disposal, after.LoopCount, after.Delay, v.w, v.h)
				}
				for i, got := range small {
					want := onOff(imaging.Resize(large[i], v.w, v.h, imaging.Lanczos))
					if d, most := difference(got, want); d > 0 {
						t.Errorf("ground %v, disposal %d, frame %d, %d wide: differs in %d pixels by up to %d", ground, disposal, i, v.w, d, most)
					}
				}
			}
		}
	}
}

func difference(a, b *image.NRGBA) (pixels, most int) {
	for i := range a.Pix {
		if d := max(int(a.Pix[i])-int(b.Pix[i]), int(b.Pix[i])-int(a.Pix[i])); d > 0 {
			pixels, most = pixels+1, max(most, d)
		}
	}
	return pixels, most
}

// Frames of more than 255 colours get those that are nearest, and crops what they are cut to.
func TestAnimationsOfManyColours(t *testing.T) {
	data := asGIF(t, noisy(200, 120), 4)
	m := makeAll(t, Options{Thumb: "50x50", Fit: cover}, data)
	if m.err != nil || len(m.variants) != 1 || m.variants[0].w != 50 || m.variants[0].h != 50 {
		t.Fatal(m.err, m.leave, m.variants)
	}
	small, file := screens(t, m.variants[0].data)
	large, _ := screens(t, data)
	want := imaging.Resize(imaging.CropCenter(large[0], 120, 120), 50, 50, imaging.Lanczos)
	sum := 0
	for i := range want.Pix {
		sum += max(int(want.Pix[i])-int(small[3].Pix[i]), int(small[3].Pix[i])-int(want.Pix[i]))
	}
	if mean := float64(sum) / float64(len(want.Pix)); mean > 8 || len(file.Image) != 4 {
		t.Errorf("colours differ by %.1f", mean)
	}
	if again := file.Image[1].Rect.Size(); again != image.Pt(1, 1) {
		t.Errorf("a frame that shows nothing new takes %v", again)
	}
}

// What is too much, or damaged, or no lighter, stays as it is, and the reason is told.
func TestAnimationsThatStay(t *testing.T) {
	data := walk(t, color.NRGBA{}, gif.DisposalBackground)
	for _, c := range []struct {
		o    Options
		data []byte
		want string
	}{
		{Options{Thumb: "60x", MaxPixels: 5*120*80 - 1}, data, "its 5 frames of 120 x 80 pixels are more than the limit of 47999; raise it with --max-pixels"},
		{Options{Thumb: "60x"}, data[:len(data)-40], "is left as it is: gif: "},
		{Options{Thumb: "60x", Format: toPNG}, data, "is left as it is; --animation first"},
		{Options{Thumb: "113x"}, checkers(t), "is left as it is; --animation first"},
	} {
		if m := makeAll(t, c.o, c.data); m.err != nil || len(m.variants) > 0 || !strings.Contains(m.leave, c.want) {
			t.Errorf("%v: %v, %q, %d variants", c.o, m.err, m.leave, len(m.variants))
		}
	}
}

// checkers is an animation of two colours that weighs next to nothing, and more when it is made smaller.
func checkers(t testing.TB) []byte {
	frame := image.NewPaletted(image.Rect(0, 0, 120, 80), color.Palette{color.Black, color.White})
	for i := range frame.Pix {
		frame.Pix[i] = uint8(i/2+i/240) & 1
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestMedianCut(t *testing.T) {
	c := newColours(scene(256, 256))
	if len(c.palette) != 256 {
		t.Fatalf("%d colours", len(c.palette))
	}
	worst := 0
	for _, p := range [][]uint8{{0, 0, 64, 255}, {255, 255, 64, 255}, {128, 30, 64, 255}, {10, 250, 64, 255}} {
		got := c.palette[c.index(p)].(color.NRGBA)
		worst = max(worst, abs(int(got.R)-int(p[0])), abs(int(got.G)-int(p[1])), abs(int(got.B)-int(p[2])))
	}
	if worst > 16 || c.index([]uint8{0, 0, 0, 0}) != 0 {
		t.Errorf("colours are off by %d", worst)
	}
}

func abs(v int) int { return max(v, -v) }
