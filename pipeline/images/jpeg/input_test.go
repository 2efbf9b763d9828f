package jpeg

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"testing"
)

// outcome is what becomes of a picture, as text.
func outcome(p *Picture, err error, r Request) string {
	if err != nil {
		return err.Error()
	}
	result, err := p.Decode(r)
	if err != nil {
		return err.Error()
	}
	text := fmt.Sprint(result.Damage)
	for _, img := range append(result.Thumbnails, result.Pixels) {
		text += fmt.Sprintf(" %v", img)
	}
	return text
}

// A picture of which the beginning is in memory becomes what it becomes when all is.
func TestOpenAt(t *testing.T) {
	names, err := filepath.Glob(fixtures + "/*.jpg")
	if err != nil || len(names) < 20 {
		t.Fatal("the pictures are not there", err)
	}
	for _, name := range names {
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range [][]byte{whole, whole[:len(whole)*2/3], append(bytes.Repeat(whole[:2], 1), padded(whole[2:])...)} {
			for _, r := range []Request{{Sizes: []image.Point{{20, 15}}}, {Pixels: true}} {
				p, err := Open(data)
				want := outcome(p, err, r)
				for _, head := range []int{0, len(data) / 2} {
					for window := range 2 {
						p, err := open(&input{size: len(data), head: data[:head], rest: bytes.NewReader(data), window: make([]byte, 0, WindowSize+window*317)})
						if got := outcome(p, err, r); got != want {
							t.Fatalf("%s, %d of %d bytes: %.200s, want %.200s", filepath.Base(name), head, len(data), got, want)
						}
					}
				}
			}
		}
	}
}

// padded has comments before what is given that are longer than a window, and bytes of no use.
func padded(rest []byte) (out []byte) {
	for range 3 {
		out = append(out, 0xff, 0xfe, 0xff, 0xff)
		out = append(out, bytes.Repeat([]byte{0xff, 0x00}, 0xfffd/2)...)
		out = append(out, bytes.Repeat([]byte{0xff, 0x00, 0x01}, 0x4001)...)
	}
	return append(out, rest...)
}

// failing reads the first bytes of a file and no more.
type failing struct{ *bytes.Reader }

var errGone = errors.New("it is gone")

func (f failing) ReadAt(to []byte, at int64) (int, error) {
	n, _ := f.Reader.ReadAt(to, at)
	return n, errGone
}

// A file that can't be read to its end is an error, not a damaged picture.
func TestOpenAtFails(t *testing.T) {
	data := fixture(t, "420.jpg")
	p, err := OpenAt(data[:700], failing{bytes.NewReader(data[:900])}, len(data), make([]byte, WindowSize))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Decode(Request{Sizes: []image.Point{{20, 15}}}); !errors.Is(err, errGone) {
		t.Errorf("%v, want %v", err, errGone)
	}
}
