package feed

import (
	"path"
	"path/filepath"
	"strings"
)

// Named tells whether a file, which need not be there, is one that the user named, or would be taken by a
// walk of a folder or glob that was named.
func (in *Input) Named(file string) bool {
	full, err := filepath.Abs(file)
	if taken, _ := extension(file); err != nil || !taken || inContainer(file) {
		return false
	}
	for _, p := range in.paths {
		base, pattern := p, ""
		if in.classify(p) == glob {
			base, pattern = splitGlob(filepath.ToSlash(p))
		}
		base, err := filepath.Abs(filepath.FromSlash(base))
		if err != nil || p == "-" {
			continue
		}
		rel, err := filepath.Rel(base, full)
		if err != nil || !filepath.IsLocal(rel) || pattern != "" && !Match(pattern, filepath.ToSlash(rel)) {
			continue
		}
		return true
	}
	return false
}

// inContainer tells whether a name is that of an article in an archive: archive.zip:path.
func inContainer(name string) bool {
	for i := range name {
		if name[i] == ':' && IsContainer(path.Base(strings.TrimSuffix(filepath.ToSlash(name[:i]), "/"))) {
			return true
		}
	}
	return false
}
