package commands

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/feed"
	"copydesk/pipeline/steps"
)

// output is where the product goes.
type output struct {
	sink    pipeline.Sink
	stdout  bool               // the product is on standard output, so findings are not
	stream  bool               // it is a stream of JSON articles, which carries failed ones on
	inPlace bool               // files are replaced
	left    func() []feed.Skip // of --staged --fix: what was repaired in the index only
	changes func() int         // of --list and --diff: how many documents would change
	copied  func() int         // how many files were copied beside the articles; nil where none are
}

// chooseOutput picks the sink by what is read and what the flags say.
func chooseOutput(f outputFlags, b batch, in *feed.Input, s Streams) (*output, error) {
	if b.sink != nil {
		return &output{sink: b.sink, stdout: true}, nil
	}
	if err := f.check(b); err != nil {
		return nil, err
	}
	made, head := b.makes()
	if made != "" && (f.write || f.list || f.diff) {
		return nil, usage("--write, --list and --diff compare an article with itself, and %s has no way back; write it elsewhere with -o", made)
	}
	if head != nil {
		return f.feed(head, b, s)
	}
	out, err := f.choose(b, in, s)
	if err != nil {
		return nil, err
	}
	if made == "text" && out.stream {
		return nil, errors.Join(usage("a stream holds JSON, and text is none; write it to a folder, -o DIR/, or an archive"), abort(out.sink))
	}
	if f.diff && b.fix && !out.inPlace {
		if out.stdout {
			return nil, usage("--fix --diff has two things for standard output, the repaired article and the diff; use one flag of the two, or -o to write the article elsewhere")
		}
		out.sink, out.stdout = tee{feed.Diff(s.Out), out.sink}, true
	}
	if !out.inPlace && !out.stdout {
		for _, step := range b.steps {
			if p, ok := step.(*steps.Images); ok {
				p.CopyOriginals()
			}
		}
	}
	for _, step := range b.steps {
		if p, ok := step.(*steps.Convert); ok {
			p.Mirror(in.Takes, out.copied != nil)
		}
	}
	if b.pictures && !b.assets && out.stdout && out.changes == nil {
		return nil, usage("articles go to standard output, so name the folder for the pictures: --assets DIR")
	}
	return out, nil
}

// check refuses flags that exclude each other.
func (f outputFlags) check(b batch) error {
	given := 0
	for _, set := range []bool{f.write || b.fix && f.to == "", f.list, f.diff && !b.fix, f.to != ""} {
		if set {
			given++
		}
	}
	if given > 1 {
		return usage("--write (or --fix), --output, --list and --diff exclude each other")
	}
	return nil
}

func (f outputFlags) choose(b batch, in *feed.Input, s Streams) (*output, error) {
	switch {
	case f.list:
		list := feed.List(s.Out)
		return &output{sink: list, stdout: true, changes: list.Changed}, nil
	case f.diff && !b.fix:
		diff := feed.Diff(s.Out)
		return &output{sink: diff, stdout: true, changes: diff.Changed}, nil
	case f.write, b.fix && f.to == "" && !fromStdin(in):
		return f.inPlace(in, b, s)
	case b.lint && !b.fix && f.to == "":
		return &output{sink: feed.Discard()}, nil
	case f.to == "":
		return f.standard(in, b, s)
	case f.to == "-":
		return &output{sink: feed.Stream(s.Out, b.piped()), stdout: true, stream: true}, nil
	case feed.IsContainer(f.to):
		sink, err := feed.ToContainer(f.to, b.out())
		return withCopies(&output{sink: sink, stream: strings.Contains(f.to, ".ndjson")}), asUsage(err)
	case f.isFile():
		if !single(in) {
			return nil, usage("-o %s is one file, and several articles are read; name a folder or an archive", f.to)
		}
		return withCopies(&output{sink: feed.ToFile(f.to, b.out())}), nil
	default:
		sink, err := feed.ToDir(f.to, b.out())
		return withCopies(&output{sink: sink}), err
	}
}

// withCopies lets an output that files are copied to say how many there were.
func withCopies(out *output) *output {
	if s, ok := out.sink.(interface{ Copied() int }); ok {
		out.copied = s.Copied
	}
	return out
}

// makes names what a step makes of articles that has no way back to them, and of a feed its beginning.
func (b batch) makes() (what string, feed []byte) {
	for _, step := range b.steps {
		if c, ok := step.(*steps.Convert); ok && c.Makes() != "" {
			return c.Makes(), c.Feed()
		}
	}
	return "", nil
}

// feed is where the one feed of all articles goes.
func (f outputFlags) feed(head []byte, b batch, s Streams) (*output, error) {
	if f.to == "" {
		return &output{sink: feed.JSONFeed(s.Out, head, b.out()), stdout: true}, nil
	}
	if f.to == "-" || !f.isFile() {
		return nil, usage("a feed is one file, and %s is none; write it with -o feed.json, or to standard output without -o", f.to)
	}
	sink, err := feed.ToJSONFeed(f.to, head, b.out())
	return &output{sink: sink}, err
}

// abort leaves no trace of a sink.
func abort(sink pipeline.Sink) error {
	if a, ok := sink.(interface{ Abort() error }); ok {
		return a.Abort()
	}
	return nil
}

func asUsage(err error) error {
	if err == nil {
		return nil
	}
	return &usageError{err}
}

// single tells whether one article is read.
func single(in *feed.Input) bool { return in.Kind() == feed.One || in.Kind() == feed.StdinArticle }

// fromStdin tells whether standard input is all that is read.
func fromStdin(in *feed.Input) bool {
	return in.Kind() == feed.StdinArticle || in.Kind() == feed.StdinStream
}

// out says how the sinks write.
func (b batch) out() feed.Out { return feed.Out{Carry: b.carry} }

// piped says how the sinks of standard output write: pictures go where the references to them
// lead from the working folder.
func (b batch) piped() feed.Out { return feed.Out{Carry: b.carry, Assets: "."} }

// isFile tells whether -o names a file and not a folder: by its extension, unless a folder is there.
func (f outputFlags) isFile() bool {
	if strings.HasSuffix(f.to, "/") || strings.HasSuffix(f.to, string(filepath.Separator)) {
		return false
	}
	if info, err := os.Stat(f.to); err == nil && info.IsDir() {
		return false
	}
	switch strings.ToLower(filepath.Ext(f.to)) {
	case ".md", ".markdown", ".mdx", ".html", ".htm", ".json", ".txt":
		return true
	}
	return false
}

// folder is the folder that -o names; empty when it names something else.
func (f outputFlags) folder() string {
	if f.to == "" || f.to == "-" || feed.IsContainer(f.to) || f.isFile() {
		return ""
	}
	return f.to
}

func (f outputFlags) inPlace(in *feed.Input, b batch, s Streams) (*output, error) {
	if err := in.Replaceable(); err != nil {
		return nil, &usageError{err}
	}
	out := &output{sink: feed.InPlace(b.out()), inPlace: true}
	if in.FromIndex() {
		index := feed.ToIndex(in, b.out())
		out.sink, out.left = index, index.Left
	}
	if f.diff {
		out.sink, out.stdout = tee{feed.Diff(s.Out), out.sink}, true
	}
	return out, nil
}

// standard is where the product goes without a flag.
func (f outputFlags) standard(in *feed.Input, b batch, s Streams) (*output, error) {
	switch {
	case in.Kind() == feed.StdinStream:
		return &output{sink: feed.Stream(s.Out, b.piped()), stdout: true, stream: true}, nil
	case single(in):
		return &output{sink: feed.Bare(s.Out, b.piped()), stdout: true}, nil
	default:
		return nil, usage("several articles are read; say where they go: -w (in place), -o DIR/, -o NAME.tar, or -o - for a stream")
	}
}

// tee writes each document to both sinks.
type tee struct{ first, second pipeline.Sink }

func (t tee) Write(ctx context.Context, d *pipeline.Document) error {
	if err := t.first.Write(ctx, d); err != nil {
		return err
	}
	return t.second.Write(ctx, d)
}

func (t tee) Close() error { return errors.Join(t.first.Close(), t.second.Close()) }
