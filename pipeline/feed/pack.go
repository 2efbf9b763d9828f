package feed

import (
	"bufio"
	"errors"
	"io"
	"os"
	"syscall"

	"copydesk/pipeline/files"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// packing is how a container is compressed.
type packing int

const (
	plain packing = iota
	gzipped
	zstandard
)

// maxWindow is the largest window of a zstd stream that is read, in bytes; zstd itself refuses more
// than 128 MiB without being asked.
const maxWindow = 128 << 20

// packedReader is an open container, decompressed.
type packedReader struct {
	io.Reader
	close []func() error
}

func (r *packedReader) Close() error {
	var errs []error
	for i := len(r.close) - 1; i >= 0; i-- {
		errs = append(errs, r.close[i]())
	}
	return errors.Join(errs...)
}

// openRegular opens a regular file, never waiting for a pipe.
func openRegular(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, &opError{"read", files.Cause(err)}
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = files.ErrNotRegular
	}
	if err != nil {
		return nil, errors.Join(&opError{"read", files.Cause(err)}, f.Close())
	}
	return f, nil
}

// openPacked opens a container, and decompresses it as its name says.
func openPacked(name string) (io.ReadCloser, error) {
	f, err := openRegular(name)
	if err != nil {
		return nil, err
	}
	out := &packedReader{Reader: bufio.NewReaderSize(f, 64<<10), close: []func() error{f.Close}}
	switch _, packed := container(name); packed {
	case gzipped:
		z, err := gzip.NewReader(out.Reader)
		if err != nil {
			return nil, errors.Join(&opError{"read", err}, out.Close())
		}
		out.Reader, out.close = z, append(out.close, z.Close)
	case zstandard:
		z, err := zstd.NewReader(out.Reader, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, errors.Join(&opError{"read", err}, out.Close())
		}
		out.Reader, out.close = z, append(out.close, func() error { z.Close(); return nil })
	}
	return out, nil
}

// packedWriter compresses into a buffered file.
type packedWriter struct {
	io.Writer
	finish []func() error // from the inside out
}

func newPackedWriter(w io.Writer, packed packing) (*packedWriter, error) {
	buffer := bufio.NewWriterSize(w, 64<<10)
	out := &packedWriter{buffer, []func() error{buffer.Flush}}
	switch packed {
	case gzipped:
		z := gzip.NewWriter(buffer)
		out.Writer, out.finish = z, []func() error{z.Close, buffer.Flush}
	case zstandard:
		z, err := zstd.NewWriter(buffer, zstd.WithEncoderConcurrency(1))
		if err != nil {
			return nil, err
		}
		out.Writer, out.finish = z, []func() error{z.Close, buffer.Flush}
	}
	return out, nil
}

// Close writes what is left.
func (w *packedWriter) Close() error {
	for _, f := range w.finish {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}
