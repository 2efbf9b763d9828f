package files

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// lend takes a read lease on f (fcntl F_SETLEASE), which the kernel gives only while nobody has the
// file open for writing, and which a later writer breaks. lease is false where there are none: for
// a file of another user, on some file systems. The lease ends when f is closed.
func lend(f reader) (lease bool, err error) {
	_, err = control(f, unix.F_SETLEASE, unix.F_RDLCK)
	if errors.Is(err, unix.EAGAIN) && !leaseless(f) {
		return false, ErrBusy
	}
	return err == nil, nil
}

// leaseless tells of the file systems that refuse a lease with the error that means a writer elsewhere.
func leaseless(f reader) bool {
	var st unix.Statfs_t
	err := withDescriptor(f, func(fd int) error { return unix.Fstatfs(fd, &st) })
	return err == nil && (uint32(st.Type) == unix.CIFS_SUPER_MAGIC || uint32(st.Type) == unix.SMB2_SUPER_MAGIC)
}

// broken tells whether a writer has come since the lease was taken; it waits until f is closed.
func broken(f reader) bool {
	held, err := control(f, unix.F_GETLEASE, 0)
	return err != nil || held != unix.F_RDLCK
}

func control(f reader, command, arg int) (result int, err error) {
	err = withDescriptor(f, func(fd int) error {
		result, err = unix.FcntlInt(uintptr(fd), command, arg)
		return err
	})
	return result, err
}

// withDescriptor calls do with the descriptor of f, which stays open meanwhile.
func withDescriptor(f reader, do func(fd int) error) error {
	if own, ok := f.(descriptor); ok {
		return do(int(own))
	}
	raw, err := f.(osFile).SyscallConn()
	if err != nil {
		return err
	}
	failed := raw.Control(func(fd uintptr) { err = do(int(fd)) })
	return errors.Join(failed, err)
}

// A descriptor is an open file whose reads and closing are system calls and nothing else. A file of package os
// asks the poller, too, whether it may be waited for, which costs as much again.
type descriptor int

// openReader opens the file at path, following links, and waits for nobody.
func openReader(path string) (reader, error) {
	fd, err := again(func() (int, error) { return unix.Open(path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0) })
	return descriptor(fd), err
}

func (d descriptor) Read(p []byte) (int, error) {
	n, err := again(func() (int, error) { return unix.Read(int(d), p) })
	if n == 0 && err == nil && len(p) > 0 {
		err = io.EOF
	}
	return max(n, 0), err
}

func (d descriptor) Close() error { return unix.Close(int(d)) }

func (d descriptor) version() (version, error) {
	var st unix.Stat_t
	if _, err := again(func() (int, error) { return 0, unix.Fstat(int(d), &st) }); err != nil {
		return version{}, err
	}
	v := version{size: st.Size, changed: unix.TimespecToNsec(st.Mtim)}
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFREG:
	case unix.S_IFDIR:
		v.mode = os.ModeDir
	case unix.S_IFIFO:
		v.mode = os.ModeNamedPipe
	case unix.S_IFSOCK:
		v.mode = os.ModeSocket
	default:
		v.mode = os.ModeDevice
	}
	return v, nil
}

// again makes a call until no signal interrupts it.
func again(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != unix.EINTR { //nolint:errorlint // It is what the call gives, and compared for each file.
			return n, err
		}
	}
}
