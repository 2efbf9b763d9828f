package feed

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
)

// epoch is the time of everything in an archive, so that equal articles make equal archives. It
// is the first that zip can say.
func epoch() time.Time { return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) }

// entryMode is the mode of everything in an archive.
const entryMode = 0o644

// readTar gives the articles in a tar archive, in the order of its entries.
func (in *Input) readTar(name string, give func(*pipeline.Document) bool) bool {
	f, err := openPacked(name)
	if err != nil {
		return give(failed(place{name: name}, err))
	}
	defer f.Close()
	archive := tar.NewReader(f)
	for {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return give(failed(place{name: name}, &opError{"read", files.Cause(err)}))
		}
		e := archiveEntry{archive: name, name: h.Name, size: h.Size, regular: h.Typeflag == tar.TypeReg}
		if h.Typeflag == tar.TypeDir || h.Typeflag == tar.TypeXGlobalHeader {
			continue
		}
		e.open = func() (io.ReadCloser, error) { return io.NopCloser(archive), nil }
		if !in.entry(e, give) {
			return false
		}
	}
}

// An archiveEntry is one file in an archive.
type archiveEntry struct {
	archive, name string
	size          int64 // bytes, as the archive claims
	regular       bool
	open          func() (io.ReadCloser, error)
}

// entry gives the document in an entry of an archive, or passes over it.
func (in *Input) entry(e archiveEntry, give func(*pipeline.Document) bool) bool {
	full := e.archive + ":" + e.name
	taken, _ := extension(e.name)
	switch {
	case !taken:
		in.skip(full, notArticleName)
		return true
	case !e.regular:
		in.skip(full, isSpecial)
		return true
	}
	name, err := CheckName(e.name)
	if err != nil {
		return give(failed(place{name: full}, err))
	}
	full = e.archive + ":" + name
	if in.excluded(name, full) {
		in.skip(full, isExcluded)
		return true
	}
	at := place{path: name, name: full}
	raw, err := in.readEntry(e)
	if err != nil {
		return in.refuse(at, err, give)
	}
	return in.give(at, raw, give)
}

func (in *Input) readEntry(e archiveEntry) ([]byte, error) {
	limit := in.options.MaxSize
	if e.size > limit {
		return nil, &files.SizeError{Size: e.size, Limit: limit, Flag: sizeFlag}
	}
	r, err := e.open()
	if err != nil {
		return nil, &opError{"read", err}
	}
	raw, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, &opError{"read", err}
	}
	if int64(len(raw)) > limit {
		return nil, &files.SizeError{Limit: limit, Flag: sizeFlag}
	}
	return raw, nil
}

// tarArchive writes a tar archive.
type tarArchive struct{ w *tar.Writer }

func (a tarArchive) add(name string, size int64, data io.Reader) error {
	h := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: entryMode, ModTime: epoch()}
	if err := a.w.WriteHeader(h); err != nil {
		return fmt.Errorf("name of the entry: %w", err)
	}
	_, err := io.Copy(a.w, data)
	return err
}

func (a tarArchive) Close() error { return a.w.Close() }
