package files

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// A Replacer replaces files where they stand. One goroutine uses it at a time.
type Replacer struct {
	swept map[string]struct{} // folders
}

// Replace puts data in place of the regular file at path: written beside it, made durable, renamed
// onto it, and the folder made durable. The mode is kept. A link, or anything else that is not
// a regular file, is not touched and is an error. same is asked whether what stands there now is
// still what was read, so that no other program's work is lost; if not, the error is ErrChanged.
func (r *Replacer) Replace(path string, data []byte, same func(now []byte) bool) error {
	return fault("write", path, r.replace(path, data, same))
}

func (r *Replacer) replace(path string, data []byte, same func(now []byte) bool) error {
	dir, base := filepath.Dir(path), filepath.Base(path)
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	f := &folder{root: root}
	if _, ok := r.swept[dir]; !ok {
		f.sweep()
		if r.swept == nil {
			r.swept = map[string]struct{}{}
		}
		r.swept[dir] = struct{}{}
	}
	old, err := f.stands(base)
	if err != nil {
		return err
	}
	if old == nil {
		return fs.ErrNotExist
	}
	now, err := f.read(base, old.Size())
	if large := (*SizeError)(nil); errors.As(err, &large) {
		return ErrChanged
	}
	if err != nil {
		return err
	}
	if !same(now) {
		return ErrChanged
	}
	if err := f.write(base, bytes.NewReader(data), 0o600, old, true); err != nil {
		return err
	}
	return f.sync()
}
