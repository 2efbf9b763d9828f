package images

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// large writes a JPEG that is not read into memory as a whole, and opens it.
func large(t *testing.T) (data []byte, f *File) {
	t.Helper()
	data = asJPEG(t, noisy(1200, 900))
	name := filepath.Join(t.TempDir(), "large.jpg")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return data, &File{ReadCloser: file, Size: int64(len(data)), Name: name}
}

// A large file becomes what it becomes from memory, in all sizes, among them its own.
func TestLargeFile(t *testing.T) {
	for _, thumb := range []string{"100x", "700x", "1200x", "100x100"} {
		data, f := large(t)
		o := Defaults()
		o.Thumb, o.Fit = thumb, "inside"
		var h hand
		c, err := h.read(f, o.MaxBytes)
		if err != nil || c.rest == nil || len(c.data) != headSize || c.sum != inMemory(data).sum || c.size != int64(len(data)) {
			t.Fatalf("%v, %d of %d bytes in memory", err, len(c.data), c.size)
		}
		got, err := newMaker(t, o).make(t.Context(), c, allSizes)
		if err != nil {
			t.Fatal(err)
		}
		want, err := newMaker(t, o).make(t.Context(), inMemory(data), allSizes)
		if err != nil {
			t.Fatal(err)
		}
		if got.err != nil || got.note != "" || got.size != want.size || len(got.variants) != len(want.variants) || !bytes.Equal(got.variants[0].data, want.variants[0].data) {
			t.Errorf("%s: %v, %q, it differs from what becomes of it in memory", thumb, got.err, got.note)
		}
	}
}

// The limit of bytes holds for a file that has become larger, too.
func TestLargeFileGrows(t *testing.T) {
	data, f := large(t)
	f.Size--
	if _, err := new(hand).read(f, int64(len(data)-1)); err == nil {
		t.Error("a file above the limit is read")
	}
}

// touched is a file that is written to each time one looks.
type touched struct {
	*os.File
	looks int
}

func (f *touched) Stat() (fs.FileInfo, error) {
	f.looks++
	if err := os.Chtimes(f.Name(), time.Time{}, time.Unix(int64(f.looks), 0)); err != nil {
		return nil, err
	}
	return f.File.Stat()
}

// What is made of a file that changes meanwhile is not kept under the checksum of what it was.
func TestLargeFileChanges(t *testing.T) {
	data, f := large(t)
	f.ReadCloser = &touched{File: f.ReadCloser.(*os.File)}
	m := newMaker(t, Defaults())
	c, err := new(hand).read(f, m.MaxBytes)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.make(t.Context(), c, allSizes); !errors.Is(err, errChanged) {
		t.Errorf("%v, want %v", err, errChanged)
	}
	if made, err := m.make(t.Context(), inMemory(data), allSizes); err != nil || made.err != nil {
		t.Error(err, made)
	}
}

// A large picture of another kind is in memory as a whole, whatever it is read from.
func TestLargeFileOfAnotherKind(t *testing.T) {
	data := asPNG(t, noisy(500, 500))
	name := filepath.Join(t.TempDir(), "large.jpg")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, from := range []io.ReadCloser{file, io.NopCloser(bytes.NewReader(data))} {
		c, err := new(hand).read(&File{ReadCloser: from, Size: int64(len(data))}, 1<<30)
		if err != nil || !bytes.Equal(c.data, data) || c.rest != nil || len(data) < largeFile {
			t.Errorf("%v, %d of %d bytes", err, len(c.data), len(data))
		}
	}
}
