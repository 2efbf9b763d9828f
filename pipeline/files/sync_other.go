//go:build !linux

package files

import "os"

// syncTree makes the names in an open folder durable; a call for a whole tree is Linux's alone.
func syncTree(dir *os.File) error { return syncFolder(dir) }
