package feed

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"path/filepath"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/files"
)

// stdout is what errors call standard output.
const stdout = "standard output"

// stdinKind tells what stands on standard input. Only what begins like a JSON object
// is read, to the end of its first line, which is kept.
func (in *Input) stdinKind() Kind {
	head, _ := in.stdin.Peek(len(utf8Mark) + 1) // Whoever reads on meets the error again.
	head = bytes.TrimPrefix(head, utf8Mark)
	if len(head) == 0 || head[0] != '{' {
		return StdinArticle
	}
	line, err := readLine(in.stdin, in.maxLine())
	in.unread(line, err)
	if article.Is(line) && bytes.HasSuffix(bytes.TrimSpace(line), []byte("}")) {
		return StdinStream
	}
	return StdinArticle // One that is JSON over several lines as well.
}

// readStdin gives the articles on standard input.
func (in *Input) readStdin(give func(*pipeline.Document) bool) bool {
	if in.kind == StdinStream || in.kind == Many && in.stdinKind() == StdinStream {
		return in.lines(in.stdin, "-", give)
	}
	at := place{path: "stdin", name: "-", named: true, piped: true}
	if in.options.StdinName != "" {
		at.name = in.options.StdinName
		at.path = path.Base(filepath.ToSlash(at.name))
	}
	raw, err := io.ReadAll(io.LimitReader(in.stdin, in.options.MaxSize+1))
	if err != nil {
		return give(failed(at, &opError{"read", files.Cause(err)}))
	}
	if int64(len(raw)) > in.options.MaxSize {
		return give(failed(at, &files.SizeError{Limit: in.options.MaxSize, Flag: sizeFlag}))
	}
	d, _ := in.document(at, raw)
	if in.options.StdinName == "" && d.Path == "stdin" {
		d.Path = "stdin" + map[bool]string{true: ".html", false: ".md"}[d.BodyFormat() == pipeline.HTML]
	}
	return give(d)
}

// unread puts a line back in front of standard input.
func (in *Input) unread(line []byte, err error) {
	var rest io.Reader = in.stdin
	large := (*files.SizeError)(nil)
	switch {
	case errors.As(err, &large):
		rest = failingReader{large}
	case err == nil:
		line = append(line, '\n')
	case !errors.Is(err, io.EOF):
		rest = failingReader{err}
	}
	in.stdin = newReader(io.MultiReader(bytes.NewReader(line), rest))
}

type failingReader struct{ err error }

func (r failingReader) Read([]byte) (int, error) { return 0, r.err }

// bareSink writes documents themselves.
type bareSink struct {
	output
	w      io.Writer
	assets assetWriter
}

// Bare writes each document's bytes, or its JSON article, on w, which is standard output: for
// one document.
func Bare(w io.Writer, o Out) pipeline.Sink { return &bareSink{output: output{out: o}, w: w} }

func (s *bareSink) Write(_ context.Context, d *pipeline.Document) error {
	data, err := s.bytes(d)
	if data == nil || err != nil {
		return err
	}
	if err := s.assets.write(d, s.out.Assets, s.out.Assets); err != nil {
		return err
	}
	if _, err := s.w.Write(data); err != nil {
		return stop(stdout, err)
	}
	return nil
}

func (s *bareSink) Close() error { return s.assets.close() }

// Discard writes nothing: for runs whose product are findings.
func Discard() pipeline.Sink { return discard{} }

type discard struct{}

func (discard) Write(context.Context, *pipeline.Document) error { return nil }
func (discard) Close() error                                    { return nil }
