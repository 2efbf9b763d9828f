package feed

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// maxName is how long a name out of an archive or a stream may be, in bytes.
const maxName = 4096

// CheckName cleans a name that came from a stranger, with slashes, and refuses one that could lead out
// of the folder that it is written under, or that another system reads as another place.
func CheckName(name string) (string, error) {
	if name == "" {
		return "", errors.New("the article has no path")
	}
	if len(name) > maxName {
		return "", fmt.Errorf("the path has %d bytes, more than %d", len(name), maxName)
	}
	refuse := func(why string) (string, error) { return "", fmt.Errorf("unsafe path %q: %s", name, why) }
	switch {
	case strings.ContainsRune(name, 0):
		return refuse("it holds a NUL")
	case strings.Contains(name, `\`):
		return refuse("it holds a backslash")
	case name[0] == '/':
		return refuse("it is absolute")
	case len(name) > 1 && name[1] == ':' && isLetter(name[0]):
		return refuse("it names a drive")
	case strings.HasSuffix(name, "/"):
		return refuse("it is a folder's")
	}
	for part := range strings.SplitSeq(name, "/") {
		switch {
		case part == "..":
			return refuse("it leads upwards")
		case gitFolder(part):
			return refuse("it leads into a folder of git")
		}
	}
	if name = path.Clean(name); name == "." {
		return "", errors.New("the article has no path")
	}
	return name, nil
}

// gitFolder tells whether a file system that folds case or strips trailing dots and blanks takes the
// name for .git, whose files are commands.
func gitFolder(part string) bool {
	return strings.EqualFold(strings.TrimRight(part, ". "), ".git")
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
