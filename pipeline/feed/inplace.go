package feed

import (
	"bytes"
	"context"
	"crypto/sha256"
	"path"
	"path/filepath"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/files"
)

func digest(data []byte) []byte {
	sum := sha256.Sum256(data)
	return sum[:]
}

// inPlace replaces the files that the documents were read from.
type inPlace struct {
	output
	replacer files.Replacer
	assets   assetWriter
}

// InPlace writes each document that changed back to the file it was read from, if that still holds
// what was read, and its pictures beside it or into Out.Assets.
func InPlace(o Out) pipeline.Sink { return &inPlace{output: output{out: o}} }

func (s *inPlace) Write(_ context.Context, d *pipeline.Document) error {
	if d.Failed != nil || !d.Changed() {
		return nil
	}
	data, err := s.bytes(d)
	if err != nil {
		return err
	}
	folder, top := s.out.Assets, s.out.Assets
	if folder == "" {
		folder = filepath.Dir(d.Name)
		top = filepath.Join(folder, strings.Repeat("../", strings.Count(path.Clean(d.Path), "/")))
	}
	if err := s.assets.write(d, folder, top); err != nil {
		return err
	}
	return unnamed(s.replacer.Replace(d.Name, data, func(now []byte) bool { return stillSource(d, now) }))
}

// stillSource tells whether the bytes of a file are what the document was read from.
func stillSource(d *pipeline.Document, now []byte) bool {
	if d.Form == pipeline.AsArticle && article.Is(now) {
		old, err := article.Decode(bytes.TrimPrefix(now, utf8Mark))
		return err == nil && bytes.Equal(old.Source, d.Source)
	}
	was, err := encode(d.Source, d.Encoding)
	return err == nil && bytes.Equal(was, now)
}

func (s *inPlace) Close() error { return s.assets.close() }
