package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// A Root is a folder that files are written into, and never outside it, whatever their names are and
// whatever links stand in it. One goroutine uses it at a time.
type Root struct {
	dir     string
	root    *os.Root            // nil until first written
	known   map[string]struct{} // folders that are there, and swept
	at      string              // the folder that was written last
	folder  *folder
	touched bool
}

// OpenRoot returns the root for dir, which is made when it is first written to.
func OpenRoot(dir string) (*Root, error) {
	info, err := os.Stat(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fault("open", dir, err)
	}
	if err == nil && !info.IsDir() {
		return nil, &Error{"write into", dir, errors.New("not a folder")}
	}
	return &Root{dir: dir, known: map[string]struct{}{}}, nil
}

// Dir is the folder's path, as given.
func (r *Root) Dir() string { return r.dir }

// Write puts data at name, a path with slashes inside the root, as a whole or not at all. Folders
// on the way are made. Where an equal file stands there, it is left alone and changed is false.
// Where another file stands there, its mode is kept; a new one gets mode (0 means 0666) less the
// process's umask. What stands there and is not a regular file is not touched and is an error.
func (r *Root) Write(name string, data []byte, mode fs.FileMode) (changed bool, err error) {
	return r.put(name, bytes.NewReader(data), mode)
}

// Copy is Write with what the file at a path holds. No more than a part of it is in memory at once.
func (r *Root) Copy(name, file string) (changed bool, err error) {
	in, err := Open(file)
	if err != nil {
		return false, err
	}
	defer func() { _ = in.Close() }() // It was read only.
	return r.put(name, in, 0)
}

// A content is what is written: bytes, or a file.
type content interface {
	io.Reader
	Size() int64
}

func (r *Root) put(name string, data content, mode fs.FileMode) (changed bool, err error) {
	full := filepath.Join(r.dir, filepath.FromSlash(name))
	if !filepath.IsLocal(filepath.FromSlash(name)) || strings.HasSuffix(name, "/") {
		return false, &Error{"write", full, fmt.Errorf("the name %q leads out of its folder", name)}
	}
	if mode == 0 {
		mode = 0o666
	}
	dir, base := path.Split(path.Clean(name))
	f, err := r.enter(path.Clean(dir))
	if err != nil {
		return false, fault("write", full, err)
	}
	old, err := f.stands(base)
	if err != nil {
		return false, fault("write", full, err)
	}
	if old != nil && f.equal(base, old, data) {
		return false, nil
	}
	if err := rewind(data); err != nil {
		return false, fault("read", full, err)
	}
	if err := f.write(base, data, mode, old, false); err != nil {
		return false, fault("write", full, err)
	}
	r.touched = true
	return true, nil
}

func rewind(data content) error {
	switch data := data.(type) {
	case *Reading:
		return data.Rewind()
	case io.Seeker:
		_, err := data.Seek(0, io.SeekStart)
		return err
	}
	return nil
}

// enter opens the folder at dir, and makes it when it is not there.
func (r *Root) enter(dir string) (*folder, error) {
	if r.folder != nil && r.at == dir {
		return r.folder, nil
	}
	if r.root == nil {
		if err := os.MkdirAll(r.dir, 0o777); err != nil {
			return nil, err
		}
		root, err := os.OpenRoot(r.dir)
		if err != nil {
			return nil, err
		}
		r.root = root
	}
	_, known := r.known[dir]
	if !known && dir != "." {
		if err := r.root.MkdirAll(filepath.FromSlash(dir), 0o777); err != nil {
			return nil, err
		}
	}
	sub, err := r.root.OpenRoot(filepath.FromSlash(dir))
	if err != nil {
		return nil, err
	}
	r.leave()
	r.at, r.folder = dir, &folder{root: sub}
	if !known {
		r.known[dir] = struct{}{}
		r.folder.sweep()
	}
	return r.folder, nil
}

func (r *Root) leave() {
	if r.folder != nil {
		_ = r.folder.root.Close() // Nothing was written through it.
		r.folder = nil
	}
}

// Sync makes all that was written durable. It does nothing when nothing was.
func (r *Root) Sync() error {
	if !r.touched {
		return nil
	}
	dir, err := r.root.Open(".")
	if err != nil {
		return fault("sync", r.dir, err)
	}
	defer dir.Close()
	r.touched = false
	return fault("sync", r.dir, syncTree(dir))
}

// Close gives back what the root holds open.
func (r *Root) Close() error {
	r.leave()
	if r.root == nil {
		return nil
	}
	return fault("close", r.dir, r.root.Close())
}
