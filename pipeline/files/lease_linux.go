package files

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lend takes a read lease on f (fcntl F_SETLEASE), which the kernel gives only while nobody has the
// file open for writing, and which a later writer breaks. lease is false where there are none: for
// a file of another user, on some file systems. The lease ends when f is closed.
func lend(f *os.File) (lease bool, err error) {
	_, err = control(f, unix.F_SETLEASE, unix.F_RDLCK)
	if errors.Is(err, unix.EAGAIN) && !leaseless(f) {
		return false, ErrBusy
	}
	return err == nil, nil
}

// leaseless tells of the file systems that refuse a lease with the error that means a writer elsewhere.
func leaseless(f *os.File) bool {
	raw, err := f.SyscallConn()
	if err != nil {
		return false
	}
	var st unix.Statfs_t
	failed := raw.Control(func(fd uintptr) { err = unix.Fstatfs(int(fd), &st) })
	return failed == nil && err == nil && (uint32(st.Type) == unix.CIFS_SUPER_MAGIC || uint32(st.Type) == unix.SMB2_SUPER_MAGIC)
}

// broken tells whether a writer has come since the lease was taken; it waits until f is closed.
func broken(f *os.File) bool {
	held, err := control(f, unix.F_GETLEASE, 0)
	return err != nil || held != unix.F_RDLCK
}

func control(f *os.File, command, arg int) (result int, err error) {
	raw, err := f.SyscallConn()
	if err != nil {
		return 0, err
	}
	failed := raw.Control(func(fd uintptr) { result, err = unix.FcntlInt(fd, command, arg) })
	return result, errors.Join(failed, err)
}
