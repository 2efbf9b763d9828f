package images

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"

	"copydesk/pipeline/images/jpeg"
)

// content is a picture file: all of it, or its beginning and where the rest is read from when it is needed.
type content struct {
	data   []byte
	rest   storedFile // has the whole file; nil where data is all
	size   int64
	sum    [sha256.Size]byte
	stat   fs.FileInfo // where there is a rest
	window []byte      // so, too: room for parts of it
}

// inMemory is a file of which all is there.
func inMemory(data []byte) content {
	return content{data: data, size: int64(len(data)), sum: sha256.Sum256(data)}
}

// all gives the whole file.
func (c *content) all() ([]byte, error) {
	if c.rest == nil {
		return c.data, nil
	}
	data := make([]byte, c.size)
	_, err := io.ReadFull(io.NewSectionReader(c.rest, 0, c.size), data)
	return data, err
}

// openJPEG opens it as a JPEG.
func (c *content) openJPEG() (*jpeg.Picture, error) {
	if c.rest == nil {
		return jpeg.Open(c.data)
	}
	return jpeg.OpenAt(c.data, c.rest, int(c.size), c.window)
}

// storedFile is one that can be read again.
type storedFile interface {
	io.ReaderAt
	Stat() (fs.FileInfo, error)
}

var errChanged = errors.New("it was changed while it was read")

// unchanged is an error where what was read at first, and again later, may be of two files.
func (c *content) unchanged() error {
	if c.rest == nil {
		return nil
	}
	now, err := c.rest.Stat()
	if err == nil && (now.Size() != c.stat.Size() || !now.ModTime().Equal(c.stat.ModTime())) {
		err = errChanged
	}
	return err
}
