package feed

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"copydesk/pipeline/files"
)

// ignoreFiles are read in each folder; what the later one says goes before the earlier one's.
var ignoreFiles = [...]string{".gitignore", ".copydeskignore"}

// The bounds of one ignore file.
const (
	maxIgnoreFile = 1 << 20 // bytes
	maxPatterns   = 10_000
)

// ignores are the rules of one folder's ignore files, on top of those of the folders above it.
type ignores struct {
	above    *ignores
	folder   string // with slashes, relative to where the outermost rules stand; empty there
	patterns []pattern
}

// parseIgnore reads an ignore file.
func parseIgnore(text []byte) []pattern {
	var patterns []pattern
	text = bytes.TrimPrefix(text, utf8Mark)
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		if p, ok := parsePattern(string(line)); ok && len(patterns) < maxPatterns {
			patterns = append(patterns, p)
		}
	}
	return patterns
}

// ignored tells what the rules say of a path, relative to where the outermost rules stand, whose
// folders are not ignored.
func (g *ignores) ignored(name string, isFolder bool) bool {
	base := name[strings.LastIndexByte(name, '/')+1:]
	for ; g != nil; g = g.above {
		below := name
		if g.folder != "" {
			below = name[len(g.folder)+1:]
		}
		for i := len(g.patterns) - 1; i >= 0; i-- {
			if p := &g.patterns[i]; p.match(below, base, isFolder) {
				return !p.negated
			}
		}
	}
	return false
}

// enter adds the rules of the ignore files in the folder at path, which is called name in the rules.
func (in *Input) enter(above *ignores, path, name string) *ignores {
	return enterFolder(above, path, name, in.unreadable)
}

// unreadable tells of an ignore file that can't be read.
func (in *Input) unreadable(file string) { in.skip(file, "ignore file that can't be read") }

// enterFolder is enter that gives the ignore files that can't be read to a function.
func enterFolder(above *ignores, path, name string, unreadable func(file string)) *ignores {
	var patterns []pattern
	for _, file := range ignoreFiles {
		file = filepath.Join(path, file)
		info, err := os.Lstat(file)
		if err != nil || info.IsDir() {
			continue
		}
		text, err := files.Read(file, maxIgnoreFile, "")
		if err != nil {
			if !errors.Is(err, fs.ErrNotExist) {
				unreadable(file)
			}
			continue
		}
		patterns = append(patterns, parseIgnore(text)...)
	}
	if len(patterns) == 0 {
		return above
	}
	return &ignores{above, name, patterns}
}

// rulesAbove gives the rules of the folders above path, and the name that path has in them: from the
// folder that holds .git, or else from the working folder when path lies in it.
func (in *Input) rulesAbove(path string) (rules *ignores, name string) {
	return rulesAbove(path, in.unreadable)
}

func rulesAbove(path string, unreadable func(file string)) (rules *ignores, name string) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, ""
	}
	top := outermost(full)
	if top == "" {
		return nil, ""
	}
	rel, err := filepath.Rel(top, full)
	if err != nil || rel == "." {
		return nil, ""
	}
	at, name := top, ""
	rules = enterFolder(nil, at, "", unreadable)
	parts := strings.Split(filepath.ToSlash(rel), "/")
	for _, part := range parts[:len(parts)-1] {
		at, name = filepath.Join(at, part), join(name, part)
		rules = enterFolder(rules, at, name, unreadable)
	}
	return rules, filepath.ToSlash(rel)
}

// outermost is the folder that the ignore files above a path begin in; empty for none.
func outermost(full string) string {
	for dir := full; ; {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	here, err := os.Getwd()
	if err != nil {
		return ""
	}
	if rel, err := filepath.Rel(here, full); err == nil && filepath.IsLocal(rel) {
		return here
	}
	return ""
}

// excludedOutright tells whether a path that was named would be passed over by a walk.
func (in *Input) excludedOutright(path string, isFolder bool) bool {
	rules, name := in.rulesAbove(path)
	for i := 0; i <= len(name); i++ {
		if i == len(name) || name[i] == '/' {
			if i > 0 && rules.ignored(name[:i], i < len(name) || isFolder) {
				in.skip(path, isIgnored)
				return true
			}
		}
	}
	if in.excluded(filepath.ToSlash(path), filepath.ToSlash(path)) {
		in.skip(path, isExcluded)
		return true
	}
	return false
}

// excluded tells whether --exclude means a path, given relative to the folder named and as
// the user would open it.
func (in *Input) excluded(rel, name string) bool {
	for _, glob := range in.options.Exclude {
		if glob = strings.TrimSuffix(glob, "/"); Covers(glob, rel) || Covers(glob, name) {
			return true
		}
	}
	return false
}

func join(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}
