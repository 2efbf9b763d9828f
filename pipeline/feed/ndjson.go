package feed

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/files"
)

// lineFactor is how much longer than an article's file its line may be: JSON escapes and the tree
// make it longer. Above that, only a decompression bomb is.
const lineFactor = 64

func (in *Input) maxLine() int64 { return lineFactor * in.options.MaxSize }

func newReader(r io.Reader) *bufio.Reader { return bufio.NewReaderSize(r, 64<<10) }

// readStream gives the articles of an NDJSON file.
func (in *Input) readStream(name string, give func(*pipeline.Document) bool) bool {
	f, err := openPacked(name)
	if err != nil {
		return give(failed(place{name: name}, err))
	}
	defer f.Close()
	return in.lines(newReader(f), name, give)
}

// lines gives the articles of a stream. A line that can't be read is a document that failed, called
// after its number.
func (in *Input) lines(r *bufio.Reader, name string, give func(*pipeline.Document) bool) bool {
	for number := 1; ; number++ {
		line, err := readLine(r, in.maxLine())
		if number == 1 {
			line = bytes.TrimPrefix(line, utf8Mark)
		}
		at := place{name: name + ":" + strconv.Itoa(number)}
		if large := (*files.SizeError)(nil); errors.As(err, &large) {
			err = nil
			if !give(failed(at, large)) {
				return false
			}
		} else if len(bytes.TrimSpace(line)) > 0 && (err == nil || errors.Is(err, io.EOF)) {
			if !give(in.fromLine(at, name, line)) {
				return false
			}
		}
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			return give(failed(at, &opError{"read", files.Cause(err)}))
		}
	}
}

// fromLine makes a document of one line of a stream.
func (in *Input) fromLine(at place, name string, line []byte) *pipeline.Document {
	d, err := in.decodeArticle(line)
	if err != nil {
		return failed(at, err)
	}
	d.Form, d.Name = pipeline.AsFile, at.name
	clean, err := CheckName(d.Path)
	if err != nil {
		d.Path = ""
		if d.Failed == nil {
			d.Failed = err
		}
		return d
	}
	d.Path, d.Name = clean, clean
	if name != "-" {
		d.Name = name + ":" + clean
	}
	return d
}

// readLine reads to the next line feed, which it leaves out. A line of more than limit bytes is read to
// its end, not kept, and a *files.SizeError. At the end of the input the error is io.EOF.
func readLine(r *bufio.Reader, limit int64) (line []byte, err error) {
	over := false
	for {
		part, err := r.ReadSlice('\n')
		if over = over || int64(len(line)+len(part)) > limit; over {
			line = nil
		} else {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if over && (err == nil || errors.Is(err, io.EOF)) {
			return nil, errors.Join(&files.SizeError{Limit: limit, Flag: sizeFlag}, err)
		}
		return bytes.TrimSuffix(line, []byte("\n")), err
	}
}

// streamSink writes NDJSON.
type streamSink struct {
	output
	w      io.Writer
	line   []byte
	assets assetWriter
	name   string // of the output, for errors
}

// Stream writes one JSON article a line on w, which is standard output. Documents that failed are lines
// with their error.
func Stream(w io.Writer, o Out) pipeline.Sink {
	return &streamSink{output: output{out: o}, w: w, name: stdout}
}

var errNoLine = errors.New("a stream holds JSON, one value a line, and this is none; write it to a folder")

// keepLine is the largest buffer that is kept for the next line, in bytes.
const keepLine = 1 << 20

func (s *streamSink) Write(_ context.Context, d *pipeline.Document) error {
	if d.Failed == nil {
		if err := s.assets.write(d, s.out.Assets, s.out.Assets); err != nil {
			return err
		}
	}
	s.line = s.line[:0]
	switch {
	case d.Form != pipeline.AsProduct:
		s.line = append(article.Append(s.line, d), '\n')
	case d.Failed == nil && d.Product.JSON: // What failed has no line here.
		s.line = append(append(s.line, d.Product.Data...), '\n')
	case d.Failed == nil:
		return errNoLine
	}
	_, err := s.w.Write(s.line)
	if cap(s.line) > keepLine {
		s.line = nil
	}
	if err != nil {
		return stop(s.name, err)
	}
	return nil
}

func (s *streamSink) Close() error { return s.assets.close() }
