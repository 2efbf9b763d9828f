package files

import (
	"os"

	"golang.org/x/sys/unix"
)

// syncTree makes everything on the file system of an open folder durable, in one call.
func syncTree(dir *os.File) error { return unix.Syncfs(int(dir.Fd())) }
