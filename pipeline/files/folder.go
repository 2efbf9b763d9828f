package files

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// A folder is one open folder that files are written into. All names are of files in it.
type folder struct {
	root *os.Root
	next int // the number of the next temporary file
}

// The name of a temporary file is prefix, process id, "-", number, suffix.
const (
	tempPrefix = ".copydesk-"
	tempSuffix = ".tmp"
)

// temp creates a new temporary file.
func (f *folder) temp(mode fs.FileMode) (*os.File, string, error) {
	for {
		f.next++
		name := tempPrefix + strconv.Itoa(os.Getpid()) + "-" + strconv.Itoa(f.next) + tempSuffix
		file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return file, name, err
		}
	}
}

// sweep removes the temporary files that dead processes left behind.
func (f *folder) sweep() {
	dir, err := f.root.Open(".")
	if err != nil {
		return
	}
	defer dir.Close()
	for {
		names, err := dir.Readdirnames(1024)
		for _, name := range names {
			if pid := owner(name); pid > 0 && !alive(pid) {
				_ = f.root.Remove(name) // Another run may have swept it; one that can't go does no harm.
			}
		}
		if err != nil {
			return
		}
	}
}

// owner is the id of the process that a temporary file's name tells of; 0 for other names.
func owner(name string) int {
	rest, ok := strings.CutPrefix(name, tempPrefix)
	if !ok {
		return 0
	}
	rest, ok = strings.CutSuffix(rest, tempSuffix)
	id, _, dash := strings.Cut(rest, "-")
	pid, err := strconv.Atoi(id)
	if !ok || !dash || err != nil {
		return 0
	}
	return pid
}

// stands looks at what stands at name: nil when nothing does, an error when it is not a regular file.
func (f *folder) stands(name string) (fs.FileInfo, error) {
	info, err := f.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return info, kind(info.Mode())
}

// read returns what stands at name, which must not be a link.
func (f *folder) read(name string, limit int64) ([]byte, error) {
	return readWhole(limit, "", func() (reader, error) {
		return asReader(f.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0))
	})
}

// equal tells whether the file at name, described by info, holds data.
func (f *folder) equal(name string, info fs.FileInfo, data content) bool {
	if info.Size() != data.Size() {
		return false
	}
	file, err := f.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return false
	}
	defer file.Close()
	return sameContent(file, data)
}

// sameContent compares two streams to their ends.
func sameContent(a, b io.Reader) bool {
	var x, y [16 << 10]byte
	for {
		n, errX := io.ReadFull(a, x[:])
		m, errY := io.ReadFull(b, y[:])
		if !bytes.Equal(x[:n], y[:m]) {
			return false
		}
		if errX != nil || errY != nil {
			return ended(errX) && ended(errY)
		}
	}
}

func ended(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// write puts data at name through a temporary file. old is what stands there, nil for nothing;
// its mode is kept. With durable, the data is on the disk before the name is.
func (f *folder) write(name string, data io.Reader, mode fs.FileMode, old fs.FileInfo, durable bool) error {
	file, temp, err := f.temp(mode)
	if err != nil {
		return err
	}
	if old != nil {
		keepOwner(file, old)
		err = file.Chmod(old.Mode().Perm())
	}
	if err == nil {
		_, err = io.Copy(file, data)
	}
	if err == nil && durable {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return f.discard(temp, err)
	}
	if err := f.root.Rename(temp, name); err != nil {
		return f.discard(temp, err)
	}
	return nil
}

// discard removes a temporary file that is of no use after err.
func (f *folder) discard(temp string, err error) error {
	if failed := f.root.Remove(temp); failed != nil && !errors.Is(failed, fs.ErrNotExist) {
		return fmt.Errorf("%w; and %s is left behind: %w", Cause(err), temp, Cause(failed))
	}
	return err
}

func (f *folder) sync() error {
	dir, err := f.root.Open(".")
	if err != nil {
		return err
	}
	defer dir.Close()
	return syncFolder(dir)
}
