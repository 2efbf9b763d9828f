package commands

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"copydesk/pipeline/feed"
	"copydesk/pipeline/report"
)

// A reportSpec is one --report FORMAT[:FILE].
type reportSpec struct {
	flag         string // as it was given
	format, path string
	stream       io.Writer // the standard stream that the file names; nil for any other
}

// reportSpecs reads the --report flags. No file is opened before all of them are right.
func reportSpecs(f *shared, b batch, s Streams) ([]reportSpec, error) {
	switch {
	case len(f.report) > 0:
	case b.statistics:
		return nil, nil
	case b.lint:
		return []reportSpec{{format: "text"}}, nil
	default:
		return []reportSpec{{format: "concise"}}, nil
	}
	var specs []reportSpec
	for _, flag := range f.report {
		format, path, toFile := strings.Cut(flag, ":")
		if _, err := report.New(format, io.Discard, report.Options{}); err != nil {
			return nil, &usageError{err}
		}
		if toFile && path == "" {
			return nil, usage("--report %s: no file is named behind the colon", flag)
		}
		specs = append(specs, reportSpec{flag, format, path, standardStream(path, s)})
	}
	return specs, apart(specs, b, s)
}

// standardStream is the stream that a path leads to: "-", /dev/stdout, or the file that standard output
// was sent to. It must not be opened a second time, for each would write over the other.
func standardStream(path string, s Streams) io.Writer {
	if path == "-" {
		return s.Out
	}
	named, err := os.Stat(path)
	if err != nil || path == os.DevNull {
		return nil
	}
	for _, w := range []io.Writer{s.Out, s.Err} {
		if file, ok := w.(*os.File); ok {
			if info, err := file.Stat(); err == nil && os.SameFile(info, named) {
				return w
			}
		}
	}
	return nil
}

// apart refuses reports that would spoil each other: two to one file, or one for a program to a
// stream that has another.
func apart(specs []reportSpec, b batch, s Streams) error {
	for i, one := range specs {
		for _, other := range specs[:i] {
			switch {
			case one.path != "" && one.stream == nil:
				if other.stream == nil && sameFile(one.path, other.path) {
					return usage("--report %s and --report %s go to one file; name another for one of them", other.flag, one.flag)
				}
			case one.to(b, s) == other.to(b, s) && (report.Whole(one.format) || report.Whole(other.format)):
				whole := other.format
				if !report.Whole(whole) {
					whole = one.format
				}
				return usage("--report %s and --report %s go to one place, and %s has to stand alone; give it a file: --report %s:FILE", other.flag, one.flag, whole, whole)
			}
		}
	}
	return nil
}

// to is the stream that a report goes to, nil for a file.
func (r reportSpec) to(b batch, s Streams) io.Writer {
	switch {
	case r.stream != nil || r.path != "":
		return r.stream
	case b.lint:
		return s.Out
	}
	return s.Err
}

// sameFile tells whether two paths lead to one regular file, which need not be there yet.
func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		a, _ = filepath.Abs(a) // Without an error where there is a working folder.
		b, _ = filepath.Abs(b)
		return a == b
	}
	other, err := os.Stat(b)
	return err == nil && one.Mode().IsRegular() && os.SameFile(one, other)
}

// reportFiles are the files that reports go to.
func reportFiles(specs []reportSpec) []string {
	var paths []string
	for _, r := range specs {
		if r.path != "" && r.stream == nil {
			paths = append(paths, r.path)
		}
	}
	return paths
}

// spare refuses a report to a file that is to be read as an article.
func spare(specs []reportSpec, in *feed.Input) error {
	for _, r := range specs {
		if r.path != "" && in.Holds(r.path) {
			return usage("--report %s would write over an article that is to be read; name another file", r.flag)
		}
	}
	return nil
}
