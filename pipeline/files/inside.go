package files

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// ReadInside is Read for a file of a folder: name is a path with slashes from there, and nothing outside
// the folder is read, whatever the name is and wherever links lead.
func ReadInside(folder, name string, limit int64) ([]byte, error) {
	full := filepath.Join(folder, filepath.FromSlash(name))
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, &Error{"read", full, fmt.Errorf("the name %q leads out of the folder", name)}
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fault("read", full, err)
	}
	data, err := readWhole(limit, "", func() (reader, error) {
		return asReader(root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|syscall.O_NONBLOCK, 0))
	})
	return data, fault("read", full, errors.Join(err, root.Close()))
}
