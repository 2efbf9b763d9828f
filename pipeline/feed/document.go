package feed

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/files"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

// sizeFlag raises Options.MaxSize.
const sizeFlag = "--max-size"

// A place is where the bytes of a document were found.
type place struct {
	path  string // Document.Path
	name  string // Document.Name
	named bool   // by the user, outright: it is taken whatever it holds
	piped bool   // it came on standard input, so that no name tells what it is
}

// failed is the document that stands for one that can't be read.
func failed(at place, err error) *pipeline.Document {
	if at.path == "" {
		at.path = path.Base(filepath.ToSlash(at.name))
	}
	d := pipeline.NewDocument(at.path, at.name, nil)
	d.Format = pipeline.Markdown
	d.Failed = err
	return d
}

// readFile gives the document in a file, to be read later where it is one whatever the file holds.
func (in *Input) readFile(at place, give func(*pipeline.Document) bool) bool {
	if at.certain() && at.ext() != ".json" && in.options.From != JSON && !in.options.ShowSkipped { // That lists them in order.
		return give(&pipeline.Document{Path: at.path, Name: at.name, Read: func() (read *pipeline.Document) {
			in.readNow(at, func(d *pipeline.Document) bool { read = d; return true })
			return read
		}})
	}
	return in.readNow(at, give)
}

// readNow reads the document in a file and gives it.
func (in *Input) readNow(at place, give func(*pipeline.Document) bool) bool {
	raw, err := files.Read(at.name, in.options.MaxSize, sizeFlag)
	if err != nil {
		return in.refuse(at, unnamed(err), give)
	}
	return in.give(at, raw, give)
}

// refuse gives the document that stands for a file that could not be read, or passes over it.
func (in *Input) refuse(at place, err error, give func(*pipeline.Document) bool) bool {
	d := failed(at, err)
	if large := (*files.SizeError)(nil); in.tellsSkipped(at) && errors.As(err, &large) {
		in.skip(at.name, isLarge)
		if at.ext() == ".json" { // Large ones are data.
			return true
		}
		d.Skipped, d.Failed = large, nil
	}
	return give(d)
}

// tellsSkipped tells whether a file at the place may be skipped with a word.
func (in *Input) tellsSkipped(at place) bool { return in.options.TellSkipped && !at.named }

// unnamed is an error of files without the path, since a document's failure is shown with its name.
func unnamed(err error) error {
	if known := (*files.Error)(nil); errors.As(err, &known) {
		return &opError{known.Op, known.Err}
	}
	return err
}

// opError is a verb and a cause: "read: permission denied".
type opError struct {
	op  string
	err error
}

func (e *opError) Error() string { return e.op + ": " + e.err.Error() }
func (e *opError) Unwrap() error { return e.err }

// give makes a document of bytes and gives it, unless they hold no article and nobody named them.
func (in *Input) give(at place, raw []byte, give func(*pipeline.Document) bool) bool {
	d, ok := in.document(at, raw)
	if !ok {
		in.skip(at.name, notArticle)
		return true
	}
	return give(d)
}

// document makes a document of bytes; ok is false for those that hold no article.
func (in *Input) document(at place, raw []byte) (d *pipeline.Document, ok bool) {
	text, name, err := in.decode(raw)
	if err != nil {
		d := pipeline.NewDocument(at.path, at.name, raw)
		d.Failed = err
		ok := in.isArticle(at, d)
		if ok && in.tellsSkipped(at) {
			in.skip(at.name, isNoText)
			if nul := bytes.IndexByte(raw, 0); nul >= 0 {
				err = fmt.Errorf("not text: a NUL at byte %d", nul)
			}
			d = failed(at, nil)
			d.Skipped = err
		}
		return d, ok
	}
	if in.options.From == JSON || in.options.From == "" && (at.ext() == ".json" || at.piped) {
		switch {
		case article.Is(text):
			return in.fromArticle(at, text), true
		case in.options.From == JSON || at.ext() == ".json":
			return failed(at, errors.New(`not a JSON article: no object with the member "copydesk"`)), at.named
		}
	}
	d = pipeline.NewDocument(at.path, at.name, text)
	d.Encoding = name
	d.BodyStart = matter.BodyStart
	return d, in.isArticle(at, d)
}

// isArticle has the document's format found, and tells whether it is an article: by its name, by front matter
// or by a body in HTML, or because the user says so.
func (in *Input) isArticle(at place, d *pipeline.Document) bool {
	d.FindFormat = func(d *pipeline.Document) pipeline.Format { return in.format(at, d) }
	if at.certain() {
		return true
	}
	envelope := matter.EnvelopeOf(d)
	return envelope.Format != matter.None || envelope.Lost || d.BodyFormat() == pipeline.HTML
}

// certain tells whether what stands at a place is an article whatever it holds: by its name, or because the user says so.
func (at place) certain() bool {
	_, certain := extension(at.path)
	return at.named || certain
}

func (at place) ext() string { return strings.ToLower(path.Ext(at.path)) }

// format is what the body of a document is written in: as the user says, or by looking.
func (in *Input) format(at place, d *pipeline.Document) pipeline.Format {
	switch in.options.From {
	case pipeline.Markdown, pipeline.HTML:
		return in.options.From
	}
	return markup.DetectIn(at.path, d)
}

// fromArticle makes a document of a file that holds one JSON article. Its folder is the file's,
// its base name the article's own.
func (in *Input) fromArticle(at place, text []byte) *pipeline.Document {
	d, err := in.decodeArticle(bytes.TrimPrefix(text, utf8Mark))
	if err != nil {
		return failed(at, err)
	}
	d.Name, d.Form = at.name, pipeline.AsArticle
	base, err := CheckName(d.Path)
	if err != nil {
		base = at.path
	}
	d.Path = path.Join(path.Dir(at.path), path.Base(base))
	return d
}

// decodeArticle reads one JSON article, which must obey the size limit as if it were a file.
func (in *Input) decodeArticle(text []byte) (*pipeline.Document, error) {
	d, err := article.Decode(text)
	if err != nil {
		return nil, err
	}
	if size := int64(len(d.Source)); size > in.options.MaxSize {
		return nil, &files.SizeError{Size: size, Limit: in.options.MaxSize, Flag: sizeFlag}
	}
	if f := in.options.From; f == pipeline.Markdown || f == pipeline.HTML {
		d.Format = f
	}
	return d, nil
}
