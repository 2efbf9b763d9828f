package files

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// TryLock takes the lock of an open file, unless another process (or another opening of the file in this
// one) has it: then it is false. The lock ends when f is closed, and when the process dies.
func TryLock(f *os.File) (bool, error) {
	raw, err := f.SyscallConn()
	if err != nil {
		return false, err
	}
	// A byte far behind the end is locked: others may still read the file.
	at := windows.Overlapped{OffsetHigh: 1 << 30}
	failed := raw.Control(func(fd uintptr) {
		err = windows.LockFileEx(windows.Handle(fd), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
	})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	err = errors.Join(failed, err)
	return err == nil, err
}
