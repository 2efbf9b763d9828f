package feed

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"

	"copydesk/pipeline"
	"copydesk/pipeline/files"

	"golang.org/x/text/encoding"
)

// Kind says what the user named, as far as it decides where the results go.
type Kind int

// The kinds of input.
const (
	One          Kind = iota // one file that holds one article
	Many                     // several paths, a folder, a glob, an archive, an article stream in a file
	StdinArticle             // one article on standard input
	StdinStream              // NDJSON on standard input
)

// JSON is the value of Options.From for files that are JSON articles.
const JSON pipeline.Format = "json"

// Options says how paths are read. The zero value is a good choice.
type Options struct {
	From         pipeline.Format // of every article: Markdown, HTML or JSON; empty: found by looking
	Exclude      []string        // globs of what a walk passes over; without a slash they mean base names
	ForceExclude bool            // files named outright are passed over as well, as in a walk
	Output       string          // a folder that is written to, which a walk passes over
	MaxSize      int64           // bytes of one article; 0 means files.MaxSize
	Encoding     string          // of every article that has no byte order mark, as the WHATWG names it
	StdinName    string          // the name of the article on standard input
	ShowSkipped  bool            // Skipped lists what was passed over
	Reports      []string        // files that this run writes; a walk passes over them
	// TellSkipped: what is too large or no text, and was not named outright, is a document with Skipped and no failure.
	TellSkipped bool
}

// An Input is a pipeline.Source of the paths that the user named, in the order given.
type Input struct {
	paths    []string
	stdin    *bufio.Reader
	options  Options
	encoding encoding.Encoding // of Options.Encoding; nil without
	kind     Kind
	seen     map[string]struct{} // names that were given already; nil where there can't be any
	skips    skips
	count    func() bool   // called in place of reading a file of a walk, by Count alone
	repo     *changedFiles // what is read in place of paths; nil without
	taking   taking        // what Takes knows
}

// Open makes an input of paths. "-" is stdin, of which no more is read than tells its kind: its first
// line if that begins like a JSON object, else its first byte. The error is a mistake in
// the options; a path that can't be read becomes a document that failed.
func Open(paths []string, stdin io.Reader, o Options) (*Input, error) {
	if len(paths) == 0 {
		return nil, errors.New("no paths; name files or folders, or - for standard input")
	}
	if o.MaxSize <= 0 {
		o.MaxSize = files.MaxSize
	}
	in := &Input{paths: paths, options: o}
	if err := in.check(); err != nil {
		return nil, err
	}
	if slices.Contains(paths, "-") {
		if stdin == nil {
			return nil, errors.New("standard input is not open")
		}
		in.stdin = bufio.NewReaderSize(stdin, 64<<10)
	}
	in.kind = Many
	if len(paths) > 1 {
		in.seen = map[string]struct{}{}
		return in, nil
	}
	switch {
	case paths[0] == "-":
		in.kind = in.stdinKind()
	case in.classify(paths[0]) == single:
		in.kind = One
	}
	return in, nil
}

func (in *Input) check() error {
	stdins := 0
	for _, p := range in.paths {
		if p == "" {
			return errors.New("an empty path; name a file or a folder")
		}
		if p == "-" {
			stdins++
		}
	}
	if stdins > 1 {
		return errors.New("standard input (-) can be read once only")
	}
	for _, glob := range in.options.Exclude {
		if !ValidGlob(glob) {
			return fmt.Errorf("exclude: %q is not a valid glob", glob)
		}
	}
	switch in.options.From {
	case "", pipeline.Markdown, pipeline.HTML, JSON:
	default:
		return fmt.Errorf("unknown format %q; there are markdown, html and json", in.options.From)
	}
	var err error
	in.encoding, err = byName(in.options.Encoding)
	return err
}

// Kind says what was named.
func (in *Input) Kind() Kind { return in.kind }

// Replaceable tells why documents can't be written back to where they came from; nil: they can.
func (in *Input) Replaceable() error {
	for _, p := range in.paths {
		if p == "-" {
			return errors.New("standard input can't be replaced; name a file")
		}
		if k := in.classify(p); k == tarball || k == zipped || k == stream {
			return fmt.Errorf("articles inside %s can't be replaced; write to another place with -o", files.Quote(p))
		}
	}
	return nil
}

// Documents gives the articles of all paths.
func (in *Input) Documents(ctx context.Context) iter.Seq2[*pipeline.Document, error] {
	return func(yield func(*pipeline.Document, error) bool) {
		give := func(d *pipeline.Document) bool {
			return ctx.Err() == nil && yield(d, nil)
		}
		if in.repo != nil {
			in.readRepository(ctx, give)
			return
		}
		for _, p := range in.paths {
			if ctx.Err() != nil || !in.open(p, give) {
				return
			}
		}
	}
}

// open gives the documents of one path. It is false when no more are wanted.
func (in *Input) open(path string, give func(*pipeline.Document) bool) bool {
	what := in.classify(path)
	switch what {
	case standard:
		return in.readStdin(give)
	case folder:
		if in.options.ForceExclude && in.excludedOutright(path, true) {
			return true
		}
		return in.walk(path, "", give)
	case glob:
		base, pattern := splitGlob(filepath.ToSlash(path))
		return in.walk(filepath.FromSlash(base), pattern, give)
	}
	if in.options.ForceExclude && in.excludedOutright(path, false) {
		return true
	}
	if taken, _ := extension(path); in.options.ForceExclude && what == single && !taken {
		in.skip(path, notArticleName)
		return true
	}
	if !in.first(path) {
		return true
	}
	switch what {
	case tarball:
		return in.readTar(path, give)
	case zipped:
		return in.readZip(path, give)
	case stream:
		return in.readStream(path, give)
	default:
		return in.readFile(place{path: filepath.ToSlash(filepath.Base(path)), name: path, named: !in.options.ForceExclude}, give)
	}
}

// first tells whether a name is given for the first time.
func (in *Input) first(name string) bool {
	if in.seen == nil {
		return true
	}
	name = filepath.Clean(name)
	if _, again := in.seen[name]; again {
		in.skips.add(in.options.ShowSkipped, name, "named twice")
		return false
	}
	in.seen[name] = struct{}{}
	return true
}
