package files

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestCopy holds that a file is copied whole, left alone where it stands already, and never mixed of two versions.
func TestCopy(t *testing.T) {
	dir := t.TempDir()
	from := filepath.Join(dir, "from")
	data := bytes.Repeat([]byte("港口"), 40<<20/6) // More than what is kept of one file elsewhere.
	if err := os.WriteFile(from, data, 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := OpenRoot(filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, want := range []bool{true, false} {
		if changed, err := root.Copy("a/b.mp4", from); changed != want || err != nil {
			t.Errorf("changed is %v, %v; want %v", changed, err, want)
		}
	}
	if got, err := os.ReadFile(filepath.Join(dir, "out", "a", "b.mp4")); err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if _, err := root.Copy("c", dir); !errors.Is(err, ErrNotRegular) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := root.Copy("../c", from); err == nil {
		t.Error("a name that leads out is taken")
	}
}

// TestReadingChanged holds that a file that grows while it is read is told from a whole one.
func TestReadingChanged(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(name, make([]byte, 100), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	r.lease = false // A lease would make the writer below wait.
	if _, err := r.Read(make([]byte, 50)); err != nil {
		t.Fatal(err)
	}
	if err := r.file.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, make([]byte, 101), 0o600); err != nil {
		t.Fatal(err)
	}
	if r.file.File, err = os.Open(name); err != nil {
		t.Fatal(err)
	}
	if _, err := r.file.Seek(50, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := new(bytes.Buffer).ReadFrom(r); !errors.Is(err, ErrBusy) {
		t.Errorf("%v, want %v", err, ErrBusy)
	}
}
