//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package files

import (
	"errors"
	"os"
)

// TryLock takes no lock: there are none on this system.
func TryLock(*os.File) (bool, error) { return false, errors.ErrUnsupported }
