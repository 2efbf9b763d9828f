package feed

import (
	"archive/zip"
	"errors"
	"io"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
)

// readZip gives the articles in a zip archive, in the order of its directory.
func (in *Input) readZip(name string, give func(*pipeline.Document) bool) bool {
	f, err := openRegular(name)
	if err != nil {
		return give(failed(place{name: name}, err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return give(failed(place{name: name}, &opError{"read", files.Cause(err)}))
	}
	archive, err := zip.NewReader(f, info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return give(failed(place{name: name}, &opError{"read", err}))
	}
	for _, file := range archive.File {
		if strings.HasSuffix(file.Name, "/") {
			continue
		}
		size := int64(min(file.UncompressedSize64, 1<<62))
		e := archiveEntry{archive: name, name: file.Name, size: size, regular: file.Mode().IsRegular(), open: file.Open}
		if !in.entry(e, give) {
			return false
		}
	}
	return true
}

// zipArchive writes a zip archive.
type zipArchive struct{ w *zip.Writer }

func (a zipArchive) add(name string, _ int64, data io.Reader) error {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch()}
	h.SetMode(entryMode)
	w, err := a.w.CreateHeader(h)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, data)
	return err
}

func (a zipArchive) Close() error { return a.w.Close() }
