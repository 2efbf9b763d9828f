package feed

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
)

// An archive is something that files are added to.
type archive interface {
	add(name string, size int64, data io.Reader) error
	Close() error
}

// containerSink writes a tar or zip archive, which nobody sees before it is complete.
type containerSink struct {
	output
	file    *files.Pending
	packed  *packedWriter
	archive archive
	taken   map[string]string
	assets  map[string][]byte // name -> SHA-256 of what was added
	copies
}

// streamFile writes an article stream to a file, which nobody sees before it is complete.
type streamFile struct {
	streamSink
	file   *files.Pending
	packed *packedWriter
}

// ToContainer writes documents into one new file, an archive or an article stream as its name says.
// Close puts it in place, Abort leaves no trace. The same documents give the same bytes. Archives hold
// the pictures as well. Trouble with the file ends the run.
func ToContainer(name string, o Out) (pipeline.Sink, error) {
	class, packed := container(name)
	if class == single {
		return nil, fmt.Errorf("write %s: not the name of an archive or an article stream", files.Quote(name))
	}
	file, err := files.Create(name)
	if err != nil {
		return nil, err
	}
	w, err := newPackedWriter(file, packed)
	if err != nil {
		return nil, errors.Join(err, file.Abort())
	}
	if class == stream {
		return &streamFile{streamSink{output: output{out: o}, w: w, name: files.Quote(name)}, file, w}, nil
	}
	s := &containerSink{output: output{out: o}, file: file, packed: w, taken: map[string]string{}, assets: map[string][]byte{}, copies: copies{}}
	if class == tarball {
		s.archive = tarArchive{tar.NewWriter(w)}
	} else {
		s.archive = zipArchive{zip.NewWriter(w)}
	}
	return s, nil
}

func (s *containerSink) Write(_ context.Context, d *pipeline.Document) error {
	data, err := s.bytes(d)
	if data == nil || err != nil {
		return err
	}
	name, err := CheckName(s.path(d))
	if err != nil {
		return err
	}
	if name, err = claim(s.taken, name, d.Name); err != nil {
		return err
	}
	for _, a := range d.Assets {
		if err := s.addAsset(path.Dir(name), a); err != nil {
			return err
		}
	}
	return s.add(name, int64(len(data)), bytes.NewReader(data))
}

func (s *containerSink) add(name string, size int64, data io.Reader) error {
	if err := s.archive.add(name, size, data); err != nil {
		return &pipeline.StopError{Err: err}
	}
	return nil
}

// addAsset adds a picture, once.
func (s *containerSink) addAsset(folder string, a pipeline.Asset) error {
	if a.Path == "" {
		return nil
	}
	name, err := CheckName(path.Join(folder, a.Path))
	if err != nil {
		return err
	}
	if a.Data == nil && a.Copy != "" {
		return s.copyAsset(name, a.Copy)
	}
	sum := digest(a.Data)
	if there, ok := s.assets[name]; ok {
		if bytes.Equal(there, sum) {
			return nil
		}
		return fmt.Errorf("write %s: another picture of that name is there", files.Quote(name))
	}
	if _, err := claim(s.taken, name, "a picture"); err != nil {
		return err
	}
	s.assets[name] = sum
	return s.add(name, int64(len(a.Data)), bytes.NewReader(a.Data))
}

// copyAsset adds a file of the disk, once.
func (s *containerSink) copyAsset(name, file string) error {
	if done, err := s.again(name, file, nil); done || err != nil {
		return err
	}
	if _, made := s.assets[name]; made {
		return fmt.Errorf("write %s: another picture of that name is there", files.Quote(name))
	}
	in, err := files.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // It was read only.
	if _, err := claim(s.taken, name, "a picture"); err != nil {
		return err
	}
	return s.add(name, in.Size(), in)
}

func (s *containerSink) Close() error {
	return commit(s.file, s.archive.Close, s.packed.Close)
}

func (s *containerSink) Abort() error { return s.file.Abort() }

func (s *streamFile) Close() error {
	return errors.Join(commit(s.file, s.packed.Close), s.streamSink.Close())
}

func (s *streamFile) Abort() error { return errors.Join(s.file.Abort(), s.streamSink.Close()) }

// commit finishes the writers from the inside out, then puts the file in place.
func commit(file *files.Pending, finish ...func() error) error {
	for _, f := range finish {
		if err := f(); err != nil {
			return errors.Join(err, file.Abort())
		}
	}
	return file.Commit()
}
