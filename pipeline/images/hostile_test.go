package images

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/gif"
	"image/png"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/HugoSmits86/nativewebp"
)

// cheaply makes a picture, and fails when that takes much: a refusal costs what the file weighs.
func cheaply(t *testing.T, data []byte) *made {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	m := makeAll(t, Options{}, data)
	runtime.ReadMemStats(&after)
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
	if bytes := after.TotalAlloc - before.TotalAlloc; bytes > 64<<20 {
		t.Errorf("it took %d MiB in all", bytes>>20)
	}
	return m
}

// withChunk puts a chunk behind the header of a PNG.
func withChunk(data []byte, name string, payload []byte) []byte {
	const header = 8 + 12 + 13
	return append(appendChunk(bytes.Clone(data[:header]), name, payload), data[header:]...)
}

func deflated(n int) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	block := make([]byte, 1<<20)
	for range n >> 20 {
		z.Write(block)
	}
	z.Close()
	return out.Bytes()
}

// Chunks that unpack to much are never unpacked, and don't reach a result.
func TestBombsInChunks(t *testing.T) {
	bomb := deflated(256 << 20)
	for name, payload := range map[string][]byte{
		"zTXt": append([]byte("Comment\x00\x00"), bomb...),
		"iTXt": append([]byte("Comment\x00\x01\x00\x00\x00"), bomb...),
		"iCCP": append([]byte("profile\x00\x00"), bomb...),
	} {
		m := cheaply(t, withChunk(asPNG(t, scene(64, 64)), name, payload))
		if m.err != nil || len(m.variants) != 1 {
			t.Errorf("%s: %v", name, m.err)
		}
		if name != "iCCP" && len(m.variants[0].data) > 20<<10 {
			t.Errorf("%s stayed", name)
		}
	}
}

// A PNG of one pixel's width and 60,000 rows costs what it shows.
func TestPicturesOfOneColumn(t *testing.T) {
	for _, size := range []image.Point{{1, 60000}, {60000, 1}} {
		m := cheaply(t, asPNG(t, image.NewGray(image.Rectangle{Max: size})))
		if m.err != nil || len(m.variants) == 0 {
			t.Fatal(size, m.err)
		}
		for _, v := range m.variants {
			if v.w > maxSide || v.h > maxSide {
				t.Errorf("%v became %d x %d", size, v.w, v.h)
			}
		}
	}
}

// Pixels that a palette has no colour for are black in a PNG, as image/png and browsers have it, and
// nothing panics.
func TestIndexesBeyondThePalette(t *testing.T) {
	img := image.NewPaletted(image.Rect(0, 0, 400, 4), palette.Plan9)
	for i := range img.Pix {
		img.Pix[i] = byte(i)
	}
	data := asPNG(t, img)
	at := bytes.Index(data, []byte("PLTE")) - 4
	size := int(binary.BigEndian.Uint32(data[at:]))
	short := append(appendChunk(bytes.Clone(data[:at]), "PLTE", []byte{255, 0, 0, 0, 255, 0}), data[at+12+size:]...)
	m := cheaply(t, short)
	if m.err != nil || len(m.variants) == 0 {
		t.Fatal(m.err)
	}
	widest := decodeVariant(t, m.variants[len(m.variants)-1])
	near(t, widest, 0, 0, color.NRGBA{255, 0, 0, 255}, 0)
	near(t, widest, 1, 0, color.NRGBA{0, 255, 0, 255}, 0)
	near(t, widest, 200, 2, color.NRGBA{0, 0, 0, 255}, 0)
	// In a GIF with a palette of two colours.
	animation := asGIF(t, img, 1)
	table := 13 + gifTable(animation[10])
	cut := append(bytes.Clone(animation[:13]), animation[13:19]...)
	cut = append(cut, animation[table:]...)
	cut[10] = 0x80
	if m := cheaply(t, cut); m.err == nil && len(m.variants) == 0 {
		t.Error("neither made nor refused")
	}
}

// The directories of EXIF may lead anywhere, to themselves for one.
func TestLoopsInEXIF(t *testing.T) {
	for name, tiff := range map[string][]byte{
		"a directory that follows itself": append(append([]byte("II*\x00\x08\x00\x00\x00\x01\x00\x69\x87\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00"), 8, 0, 0, 0), 0),
		"a directory at the header":       []byte("II*\x00\x00\x00\x00\x00\x01\x00"),
		"65,535 entries":                  append([]byte("MM\x00*\x00\x00\x00\x08\xff\xff"), bytes.Repeat([]byte("\x01\x00\x00\x03\x00\x00\x00\x01\x00\x01\x00\x00"), 5400)...),
		"an offset of 4 GB":               []byte("MM\x00*\xff\xff\xff\xff\x00\x01"),
		"an orientation of 9":             exifSegment(binary.BigEndian, 9)[10:],
	} {
		if o := exifOrientation(append([]byte("Exif\x00\x00"), tiff...)); o != upright {
			t.Errorf("%s: orientation %d", name, o)
		}
		m := cheaply(t, withSegment(asJPEG(t, scene(40, 20)), jpegSegment(markerAPP1, append([]byte("Exif\x00\x00"), tiff...))))
		if m.err != nil || m.variants[0].w != 40 || bytes.Contains(m.variants[0].data, []byte("Exif")) {
			t.Errorf("%s: %v", name, m.err)
		}
	}
	many := asJPEG(t, scene(40, 20))
	for range 2000 {
		many = withSegment(many, exifSegment(binary.LittleEndian, 3))
	}
	if m := cheaply(t, many); m.err != nil {
		t.Error(m.err)
	}
}

// Headers that promise more than there is are refused or shown in part, before much is taken.
func TestLyingHeaders(t *testing.T) {
	sides := func(data []byte, at int, w, h uint16) []byte {
		lie := bytes.Clone(data)
		binary.BigEndian.PutUint16(lie[at:], h)
		binary.BigEndian.PutUint16(lie[at+2:], w)
		return lie
	}
	photo := asJPEG(t, noisy(64, 64))
	sof := bytes.Index(photo, []byte{0xff, 0xc0}) + 5
	for name, c := range map[string]struct {
		data []byte
		want string // in the error or the note
	}{
		"JPEG of 1,347 MP":          {sides(photo, sof, 36700, 36700), "more than the limit"},
		"JPEG of 65,535 columns":    {sides(photo, sof, 65535, 1500), "0 of its 1500 rows were read"},
		"JPEG of 128 columns":       {sides(photo, sof, 128, 200), "of its 200 rows were read"},
		"JPEG of two frames":        {append(append(bytes.Clone(photo[:sof-5]), photo[sof-5:sof+14]...), photo[sof-5:]...), "two sizes"},
		"PNG of two headers":        {withChunk(asPNG(t, scene(9, 9)), "IHDR", make([]byte, 13)), "broken"},
		"PNG of 1 row and 100 MP":   {headerPNG(99_999_999, 1, 1, 0), "MiB of memory"},
		"PNG of 2,000 x 2,000 RGBA": {headerPNG(2000, 2000, 8, 6), "no row of it"},
		"GIF of 65,535 x 65,535":    {[]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"), "more than the limit"},
		"GIF of a frame of 4 GP":    {[]byte("GIF89a\x0a\x00\x0a\x00\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02D\x01\x00;"), "more than the limit"},
		"BMP of 54 bytes":           {append([]byte("BM6\x00\x00\x00\x00\x00\x00\x006\x00\x00\x00(\x00\x00\x00P\xc3\x00\x00P\xc3\x00\x00\x01\x00\x18\x00"), make([]byte, 24)...), "it is BMP, which is not supported"},
	} {
		m := cheaply(t, c.data)
		told := m.note
		if m.err != nil {
			told = m.err.Error()
		}
		if told == "" || !strings.Contains(told, c.want) {
			t.Errorf("%s: %q, want %q", name, told, c.want)
		}
	}
}

// Animations are looked at as far as their second frame, however many they have.
func TestBombsOfFrames(t *testing.T) {
	frame := []byte("!\xf9\x04\x00\x01\x00\x00\x00,\x00\x00\x00\x00\xb8\x0b\xb8\x0b\x00\x02\x02D\x01\x00")
	many := append([]byte("GIF89a\xb8\x0b\xb8\x0b\x80\x00\x00\x00\x00\x00\xff\xff\xff"), bytes.Repeat(frame, 50_000)...)
	apng := asPNG(t, scene(50, 50))
	for range 5000 {
		apng = withChunk(apng, "fcTL", make([]byte, 26))
	}
	webp := []byte{}
	for range 5000 {
		webp = append(webp, riffChunk("ANMF", make([]byte, 24))...)
	}
	for name, data := range map[string][]byte{
		"GIF":  append(many, ';'),
		"PNG":  withChunk(apng, "acTL", []byte{0, 0, 0x13, 0x88, 0, 0, 0, 0}),
		"WebP": webpFile(riffChunk("VP8X", []byte{2, 0, 0, 0, 0xff, 0x0f, 0, 0xff, 0x0f, 0}), webp),
	} {
		if m := cheaply(t, data); m.err != nil || m.leave == "" {
			t.Errorf("%s: %v, %q", name, m.err, m.leave)
		}
	}
}

// What browsers show of a GIF whose first frame does not fit into it is all of that frame.
func TestGIFsAreAsLargeAsTheirFirstFrame(t *testing.T) {
	img := image.NewPaletted(image.Rect(0, 0, 30, 20), palette.Plan9)
	draw.Draw(img, img.Bounds(), image.NewUniform(color.NRGBA{255, 0, 0, 255}), image.Point{}, draw.Src)
	data := asGIF(t, img, 1)
	binary.LittleEndian.PutUint16(data[6:], 7)
	binary.LittleEndian.PutUint16(data[8:], 5)
	frame := bytes.IndexByte(data[13+gifTable(data[10]):], ',') + 13 + gifTable(data[10])
	binary.LittleEndian.PutUint16(data[frame+1:], 10)
	m := makeAll(t, Options{}, data)
	if m.err != nil || m.variants[0].w != 40 || m.variants[0].h != 20 {
		t.Fatal(m.err, m.variants)
	}
	shown := decodeVariant(t, m.variants[0])
	near(t, shown, 5, 10, color.NRGBA{}, 0)
	near(t, shown, 20, 10, color.NRGBA{255, 0, 0, 255}, 2)
}

// GIF and WebP that were cut show the rows that they have.
func TestCutGIFsAndWebPs(t *testing.T) {
	noise := noisy(90, 120)
	var interlaced bytes.Buffer
	if err := gif.Encode(&interlaced, noise, nil); err != nil {
		t.Fatal(err)
	}
	var webp bytes.Buffer
	if err := nativewebp.Encode(&webp, noise, nil); err != nil {
		t.Fatal(err)
	}
	lossy, err := base64.StdEncoding.DecodeString(lossyWebP)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data  []byte
		below color.NRGBA
	}{
		"GIF":  {interlaced.Bytes(), color.NRGBA{}},
		"WebP": {webp.Bytes(), missing},
	} {
		whole := mustDecode(t, c.data)
		m := makeAll(t, Options{}, c.data[:len(c.data)*2/3])
		if m.err != nil || !strings.Contains(m.note, "of its 120 rows were read") {
			t.Fatalf("%s: %v, %q", name, m.err, m.note)
		}
		near(t, mustDecode(t, m.variants[0].data), 40, 119, c.below, 3)
		kind, _ := sniff(c.data)
		shown, _, err := salvage(c.data[:len(c.data)*2/3], header{format: kind, w: 90, h: 120, orientation: upright}, errTruncated)
		if err != nil || !bytes.Equal(shown.Pix[:70*shown.Stride], whole.Pix[:70*whole.Stride]) {
			t.Errorf("%s: %v, or other pixels", name, err)
		}
	}
	if m := makeAll(t, Options{}, lossy[:len(lossy)-5]); m.err == nil && m.note == "" {
		t.Error("a cut WebP passes for a whole one")
	}
	lie := bytes.Clone(webp.Bytes()[:2000])
	binary.LittleEndian.PutUint32(lie[16:], 1<<31)
	if m := cheaply(t, lie); m.err == nil {
		t.Error("a WebP that misses 2 GB was completed")
	}
	for row := range 20 {
		if gifRow(row, 20) != [20]int{0, 8, 16, 4, 12, 2, 6, 10, 14, 18, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19}[row] {
			t.Error("interlaced row", row, "is", gifRow(row, 20))
		}
	}
}

func mustDecode(t *testing.T, data []byte) *image.NRGBA {
	t.Helper()
	kind, err := sniff(data)
	if err != nil {
		t.Fatal(err)
	}
	h, err := readHeader(kind, data)
	if err != nil {
		t.Fatal(err)
	}
	img, err := decode(data, h)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// Cut anywhere, no picture panics or passes for a whole one that it is not.
func TestCutAnywhere(t *testing.T) {
	var webp bytes.Buffer
	if err := nativewebp.Encode(&webp, noisy(20, 24), nil); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"JPEG": asJPEG(t, noisy(40, 48)), "PNG": asPNG(t, noisy(20, 24)),
		"GIF": asGIF(t, noisy(20, 24), 1), "WebP": webp.Bytes()} {
		step := max(1, len(data)/100)
		for n := 0; n < len(data)-30; n += step {
			if m := makeAll(t, Options{}, data[:n]); m.err == nil && m.note == "" {
				t.Errorf("%s: %d of %d bytes pass for all", name, n, len(data))
			}
		}
	}
	for _, level := range []png.CompressionLevel{png.NoCompression, png.BestSpeed} {
		var out bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: level}).Encode(&out, noisy(30, 30)); err != nil {
			t.Fatal(err)
		}
		if m := makeAll(t, Options{}, out.Bytes()[:out.Len()/2]); m.err != nil || m.note == "" {
			t.Error(level, m.err)
		}
	}
}

// interlacedPNG is a PNG in seven passes, packed one after the other.
func interlacedPNG(t *testing.T, img *image.NRGBA) []byte {
	t.Helper()
	var raw []byte
	size := img.Bounds().Size()
	for _, p := range adam7 {
		for row := range p.rows(size.Y) {
			if p.columns(size.X) == 0 {
				break
			}
			raw = append(raw, 0)
			for x := p.x; x < size.X; x += p.dx {
				c := img.NRGBAAt(x, p.y+row*p.dy)
				raw = append(raw, c.R, c.G, c.B)
			}
		}
	}
	ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(size.X)), uint32(size.Y))
	out := appendChunk([]byte("\x89PNG\r\n\x1a\n"), "IHDR", append(ihdr, 8, pngTrueColor, 0, 0, 1))
	return appendChunk(appendChunk(out, "IDAT", store(raw)), "IEND", nil)
}

// An interlaced PNG that was cut shows all of the picture, less sharp below.
func TestCutInterlacedPNGs(t *testing.T) {
	for _, size := range []image.Point{{1, 1}, {1, 9}, {5, 3}, {37, 50}, {64, 64}} {
		img := noisy(size.X, size.Y)
		data := interlacedPNG(t, img)
		if whole := mustDecode(t, data); !bytes.Equal(whole.Pix, img.Pix) {
			t.Fatal(size, "is not what was packed")
		}
		for n := 60; n < len(data)-20; n += max(1, len(data)/40) {
			h, err := readHeader(formatPNG, data[:n])
			if err != nil {
				t.Fatal(err)
			}
			shown, note, err := salvage(data[:n], h, errTruncated)
			if err != nil {
				continue // Not one row is there.
			}
			if got := shown.NRGBAAt(0, 0); got != img.NRGBAAt(0, 0) || !strings.Contains(note, "of its 7 passes were read") {
				t.Fatalf("%v cut at %d: %v, %q", size, n, got, note)
			}
			if n > len(data)*3/4 && shown.NRGBAAt(size.X-1, 0) != img.NRGBAAt(size.X-1, 0) && size.Y > 9 {
				t.Errorf("%v cut at %d: the first row is not sharp", size, n)
			}
			if n > len(data)/3 && size.Y > 9 && shown.NRGBAAt(0, size.Y-1) == missing {
				t.Errorf("%v cut at %d: nothing is shown below", size, n)
			}
		}
	}
}
