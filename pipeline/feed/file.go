package feed

import (
	"context"
	"errors"
	"path/filepath"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
)

// fileSink writes the one document to a file.
type fileSink struct {
	output
	name   string
	by     string // the name of the document that was written
	assets assetWriter
	copies
}

// ToFile writes the one document to the file at name, whatever its Path says, and its pictures beside it
// or into Out.Assets. A second document fails.
func ToFile(name string, o Out) pipeline.Sink {
	return &fileSink{output: output{out: o}, name: name, copies: copies{}}
}

func (s *fileSink) Write(_ context.Context, d *pipeline.Document) error {
	data, err := s.bytes(d)
	if data == nil || err != nil {
		return err
	}
	if s.by != "" {
		return &files.Error{Op: "write", Path: s.name, Err: errors.New("already written, by " + files.Quote(s.by))}
	}
	s.by = d.Name
	folder := s.out.Assets
	if folder == "" {
		folder = filepath.Dir(s.name)
	}
	for _, a := range d.Assets {
		if to := filepath.Join(folder, filepath.FromSlash(a.Path)); a.Path != "" && a.Copy != "" && !isSame(to, a.Copy) {
			s.copies[to] = a.Copy
		}
	}
	if err := s.assets.write(d, folder, folder); err != nil {
		return err
	}
	file, err := files.Create(s.name)
	if err != nil {
		return err
	}
	if _, err := file.Write(data); err != nil {
		return errors.Join(err, file.Abort())
	}
	return file.Commit()
}

func (s *fileSink) Close() error { return s.assets.close() }
