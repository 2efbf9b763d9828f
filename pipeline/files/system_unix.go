//go:build unix

package files

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// alive tells whether a process of that id runs, as far as can be seen.
func alive(pid int) bool {
	return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}

// keepOwner gives f the owner of the file that it is to replace, where this process may.
func keepOwner(f *os.File, old fs.FileInfo) {
	if st, ok := old.Sys().(*syscall.Stat_t); ok && (int(st.Uid) != os.Geteuid() || int(st.Gid) != os.Getegid()) {
		_ = f.Chown(int(st.Uid), int(st.Gid)) // Only root may; for others the file becomes theirs, as with any editor.
	}
}

// syncFolder makes the names in an open folder durable.
func syncFolder(dir *os.File) error { return dir.Sync() }
