package files

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// MaxSize is the default limit of an article's file, in bytes.
const MaxSize = 16 << 20

// The times that a reader waits for a writer to finish.
const (
	busyPause = 5 * time.Millisecond
	busyTries = 40
)

// Read returns the bytes of the regular file at path, following links, since the user named it.
// They are one whole version of the file: where another program writes it meanwhile, Read tries
// again for a fifth of a second and then fails with ErrBusy. A file of more than limit bytes is
// a SizeError with flag as the way out; folders, pipes and devices are ErrNotRegular, and are
// never waited for. Errors are of type *Error.
func Read(path string, limit int64, flag string) ([]byte, error) {
	data, err := readWhole(limit, flag, func() (reader, error) { return openReader(path) })
	return data, fault("read", path, err)
}

// A reader is an open file that is read to its end.
type reader interface {
	io.ReadCloser
	version() (version, error)
}

// A version is what a file's status says of which bytes are in it.
type version struct {
	mode    fs.FileMode // of which only the type counts
	size    int64       // bytes
	changed int64       // nanoseconds since 1970
}

// An osFile is a file of package os as a reader.
type osFile struct{ *os.File }

func (f osFile) version() (version, error) {
	info, err := f.Stat()
	if err != nil {
		return version{}, err
	}
	return version{info.Mode().Type(), info.Size(), info.ModTime().UnixNano()}, nil
}

// asReader makes a reader of what opening a file gave.
func asReader(f *os.File, err error) (reader, error) {
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

func readWhole(limit int64, flag string, open func() (reader, error)) ([]byte, error) {
	for try := 0; ; try++ {
		data, err := readOnce(limit, flag, open)
		if !errors.Is(err, ErrBusy) || try == busyTries {
			return data, err
		}
		time.Sleep(busyPause)
	}
}

func readOnce(limit int64, flag string, open func() (reader, error)) ([]byte, error) {
	f, err := open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	before, err := f.version()
	if err != nil {
		return nil, err
	}
	if err := kind(before.mode); err != nil {
		return nil, err
	}
	if before.size > limit {
		return nil, &SizeError{before.size, limit, flag}
	}
	lease, err := lend(f)
	if err != nil {
		return nil, err
	}
	data, err := readAll(f, before.size, limit, flag)
	if err != nil {
		return nil, err
	}
	if lease {
		if broken(f) {
			return nil, ErrBusy
		}
		return data, nil
	}
	if after, err := f.version(); err != nil || after != before {
		return nil, ErrBusy
	}
	return data, nil
}

// readAll reads to the end; size is what to expect, not to believe.
func readAll(f io.Reader, size, limit int64, flag string) ([]byte, error) {
	data := make([]byte, 0, size+1) // One more byte, so that the end is seen without growing.
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if errors.Is(err, io.EOF) {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
		if int64(len(data)) > limit {
			return nil, &SizeError{0, limit, flag}
		}
		if size > 0 && int64(len(data)) == size && len(data) < cap(data) {
			return data, nil // A regular file had room for more only at its end.
		}
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
	}
}
