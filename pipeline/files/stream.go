package files

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// A Reading is a regular file that is read in parts. What it gave is one whole version of the file once Read has
// returned io.EOF; ErrBusy comes in its place where another program wrote the file meanwhile.
type Reading struct {
	file   osFile
	before version
	lease  bool
	read   int64
}

// Open opens the regular file at path for reading in parts, however large it is. Errors are of type *Error, as those of
// the function Read.
func Open(path string) (*Reading, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, fault("read", path, err)
	}
	r := &Reading{file: osFile{f}}
	if r.before, err = r.file.version(); err == nil {
		err = kind(r.before.mode)
	}
	if err == nil {
		r.lease, err = lend(r.file)
	}
	if err != nil {
		return nil, errors.Join(fault("read", path, err), f.Close())
	}
	return r, nil
}

// Size is the number of bytes that Read will give.
func (r *Reading) Size() int64 { return r.before.size }

// Read implements io.Reader.
func (r *Reading) Read(p []byte) (int, error) {
	n, err := r.file.Read(p)
	r.read += int64(n)
	if r.read > r.Size() {
		return 0, ErrBusy
	}
	if !errors.Is(err, io.EOF) {
		return n, err
	}
	after, failed := r.file.version()
	if r.read != r.Size() || r.lease && broken(r.file) || !r.lease && (failed != nil || after != r.before) {
		return n, ErrBusy
	}
	return n, io.EOF
}

// Rewind begins again.
func (r *Reading) Rewind() error {
	_, err := r.file.Seek(0, io.SeekStart)
	r.read = 0
	return err
}

// Close implements io.Closer.
func (r *Reading) Close() error { return r.file.Close() }
