package feed

import (
	"os"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// class is what a path leads to.
type class int

const (
	single class = iota // one file, or nothing at all
	folder
	glob
	tarball
	zipped
	stream
	standard
)

// archives gives the class of a container by the end of its name, longest first.
var archives = [...]struct {
	suffix string
	class  class
	packed packing
}{
	{".tar", tarball, plain}, {".tar.gz", tarball, gzipped}, {".tgz", tarball, gzipped}, {".tar.zst", tarball, zstandard},
	{".zip", zipped, plain},
	{".ndjson", stream, plain}, {".ndjson.gz", stream, gzipped}, {".ndjson.zst", stream, zstandard},
}

// container tells what the name of an archive or a stream says; single for other names.
func container(name string) (class, packing) {
	name = strings.ToLower(name)
	for _, a := range archives {
		if strings.HasSuffix(name, a.suffix) {
			return a.class, a.packed
		}
	}
	return single, plain
}

// IsContainer tells whether the name is that of an archive or an article stream.
func IsContainer(name string) bool {
	c, _ := container(name)
	return c != single
}

// classify finds what a path leads to. The name decides for archives, what stands there for folders;
// a path that leads to nothing and reads as a glob is one.
func (in *Input) classify(name string) class {
	if name == "-" {
		return standard
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return folder
	case err == nil:
		c, _ := container(name)
		return c
	case strings.ContainsAny(name, "*?[{") && ValidGlob(name):
		if _, err := os.Lstat(name); err == nil {
			return single
		}
		return glob
	}
	return single
}

// extension tells whether a walk takes files of that name, and whether the name makes them articles for
// certain: others are by their content.
func extension(name string) (taken, certain bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdx", ".html", ".htm":
		return true, true
	case ".json", ".txt":
		return true, false
	}
	return false, false
}

// Match tells whether a path with slashes matches a glob, in which ** stands for any folders. An
// invalid glob matches nothing.
func Match(glob, name string) bool {
	ok, err := doublestar.Match(glob, name)
	return ok && err == nil
}

// Covers tells whether a glob means a path with slashes: one without a slash means base names.
func Covers(glob, name string) bool {
	if !strings.Contains(glob, "/") {
		name = name[strings.LastIndexByte(name, '/')+1:]
	}
	return Match(glob, name)
}

// ValidGlob tells whether a glob is one that Match understands.
func ValidGlob(glob string) bool { return doublestar.ValidatePattern(glob) }

// splitGlob parts a glob into the folder that it begins in and the rest.
func splitGlob(glob string) (base, rest string) { return doublestar.SplitPattern(glob) }
