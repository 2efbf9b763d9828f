package feed

import (
	"context"
	"errors"
	"io"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
)

// feedSink joins the products of documents, which are the items of one JSON Feed.
type feedSink struct {
	output
	w     io.Writer
	name  string // of the output, for errors
	head  []byte // what stands before the first item
	begun bool
}

// JSONFeed writes one JSON Feed on w, which is standard output: the head, the products of the documents, and its
// end. Documents that failed are left out.
func JSONFeed(w io.Writer, head []byte, o Out) pipeline.Sink {
	return &feedSink{output: output{out: o}, w: w, name: stdout, head: head}
}

func (s *feedSink) Write(_ context.Context, d *pipeline.Document) error {
	if d.Failed != nil || d.Form != pipeline.AsProduct {
		return nil
	}
	before := []byte(",\n")
	if !s.begun {
		before = append(s.head, '\n')
	}
	s.begun = true
	return s.write(before, d.Product.Data)
}

func (s *feedSink) write(parts ...[]byte) error {
	for _, part := range parts {
		if _, err := s.w.Write(part); err != nil {
			return stop(s.name, err)
		}
	}
	return nil
}

func (s *feedSink) Close() error {
	if !s.begun {
		return s.write(s.head, []byte("]}\n"))
	}
	return s.write([]byte("\n]}\n"))
}

// feedFile writes a feed to a file, which nobody sees before it is complete.
type feedFile struct {
	feedSink
	file *files.Pending
}

// ToJSONFeed is JSONFeed into a new file. Close puts it in place, Abort leaves no trace.
func ToJSONFeed(name string, head []byte, o Out) (pipeline.Sink, error) {
	file, err := files.Create(name)
	if err != nil {
		return nil, err
	}
	return &feedFile{feedSink{output: output{out: o}, w: file, name: files.Quote(name), head: head}, file}, nil
}

func (s *feedFile) Close() error {
	if err := s.feedSink.Close(); err != nil {
		return errors.Join(err, s.file.Abort())
	}
	return s.file.Commit()
}

func (s *feedFile) Abort() error { return s.file.Abort() }
