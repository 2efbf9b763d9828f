package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// An Error is trouble with one file: `write site/a.md: no space left on device`.
type Error struct {
	Op   string // the verb: "read", "write"
	Path string // as the user would name it
	Err  error  // the cause, without the path
}

func (e *Error) Error() string {
	return e.Op + " " + Quote(e.Path) + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// ErrNotRegular is the cause when something stands in the place of a file that is none:
// a folder, a link, a pipe, a device.
var ErrNotRegular = errors.New("not a regular file")

// ErrBusy is the cause when another program has the file open for writing.
var ErrBusy = errors.New("another program is writing it")

// ErrChanged is the cause when a file is no longer what was read from it.
var ErrChanged = errors.New("changed since it was read")

// A SizeError tells of a file that is larger than allowed.
type SizeError struct {
	Size  int64 // bytes; 0 when it was not read to its end
	Limit int64 // bytes
	Flag  string
}

func (e *SizeError) Error() string {
	size := "larger"
	if e.Size > 0 {
		size = fmt.Sprintf("%d bytes, more", e.Size)
	}
	text := fmt.Sprintf("%s than the limit of %d bytes", size, e.Limit)
	if e.Flag == "" {
		return text
	}
	return text + "; raise it with " + e.Flag
}

// Quote gives a name as it can be printed: as it is, or quoted when it holds anything that a
// terminal or a log would not show as one line of text.
func Quote(name string) string {
	if q := strconv.Quote(name); q[1:len(q)-1] != name || strings.TrimSpace(name) != name || name == "" {
		return q
	}
	return name
}

// Cause strips what the operating system's errors say of the call and the path.
func Cause(err error) error {
	for {
		var path *fs.PathError
		var link *os.LinkError
		var call *os.SyscallError
		switch {
		case errors.As(err, &path):
			err = path.Err
		case errors.As(err, &link):
			err = link.Err
		case errors.As(err, &call):
			err = call.Err
		default:
			return err
		}
	}
}

func fault(op, path string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{op, path, Cause(err)}
}

// kind names what stands in the place of a file.
func kind(mode fs.FileMode) error {
	what := ""
	switch {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		what = "a folder"
	case mode&fs.ModeSymlink != 0:
		what = "a symbolic link"
	case mode&fs.ModeNamedPipe != 0:
		what = "a named pipe"
	case mode&fs.ModeSocket != 0:
		what = "a socket"
	case mode&fs.ModeDevice != 0:
		what = "a device"
	default:
		return ErrNotRegular
	}
	return fmt.Errorf("%w: %s", ErrNotRegular, what)
}
