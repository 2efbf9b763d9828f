package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// A Pending is a new file that nobody sees before it is complete.
type Pending struct {
	path   string
	folder *folder
	file   *os.File
	temp   string
	old    fs.FileInfo
}

// Create begins a file that will stand at path; its folder is made when it is not there. Whoever calls
// it ends it with Commit or Abort. What stands there and is not a regular file is an error.
func Create(path string) (*Pending, error) {
	err := os.MkdirAll(filepath.Dir(path), 0o777)
	if err != nil {
		return nil, fault("write", path, err)
	}
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, fault("write", path, err)
	}
	p := &Pending{path: path, folder: &folder{root: root}}
	p.folder.sweep()
	p.old, err = p.folder.stands(filepath.Base(path))
	if err == nil {
		p.file, p.temp, err = p.folder.temp(0o666)
	}
	if err != nil {
		return nil, errors.Join(fault("write", path, err), root.Close())
	}
	return p, nil
}

// Write appends to the file.
func (p *Pending) Write(data []byte) (int, error) {
	n, err := p.file.Write(data)
	return n, fault("write", p.path, err)
}

// Commit puts the file at its path, durably, with the mode of the file that stood there. Where an equal
// file stands there, that one is left alone.
func (p *Pending) Commit() error {
	defer p.folder.root.Close()
	base := filepath.Base(p.path)
	if p.old != nil && p.unchanged(base) {
		return fault("write", p.path, p.folder.discard(p.temp, p.file.Close()))
	}
	var err error
	if p.old != nil {
		keepOwner(p.file, p.old)
		err = p.file.Chmod(p.old.Mode().Perm())
	}
	if err == nil {
		err = p.file.Sync()
	}
	if err = errors.Join(err, p.file.Close()); err == nil {
		err = p.folder.root.Rename(p.temp, base)
	}
	if err != nil {
		return fault("write", p.path, p.folder.discard(p.temp, err))
	}
	return fault("write", p.path, p.folder.sync())
}

func (p *Pending) unchanged(base string) bool {
	info, err := p.file.Stat()
	if err != nil || info.Size() != p.old.Size() {
		return false
	}
	now, err := p.folder.root.Open(base)
	if err != nil {
		return false
	}
	defer now.Close()
	mine, err := p.folder.root.Open(p.temp)
	if err != nil {
		return false
	}
	defer mine.Close()
	return sameContent(now, mine)
}

// Abort removes what was written.
func (p *Pending) Abort() error {
	defer p.folder.root.Close()
	return fault("write", p.path, p.folder.discard(p.temp, p.file.Close()))
}
