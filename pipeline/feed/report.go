package feed

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Holds tells whether a file that stands there already is an article to be read, for which reason nothing
// else may be written to it: it was named, or it lies in a folder to be walked, or in the folder
// that a glob begins in, and has the extension of an article.
func (in *Input) Holds(file string) bool {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	return slices.ContainsFunc(in.paths, func(p string) bool {
		switch in.classify(p) {
		case standard:
			return false
		case glob:
			p, _ = splitGlob(filepath.ToSlash(p))
			return isArticleIn(filepath.FromSlash(p), file)
		case folder:
			return isArticleIn(p, file)
		}
		return isSame(p, file)
	})
}

// isArticleIn tells whether a file has the extension of an article and lies in a folder.
func isArticleIn(folder, file string) bool {
	from, err := filepath.Abs(folder)
	if err != nil {
		return false
	}
	to, err := filepath.Abs(file)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(from, to)
	_, certain := extension(file)
	return err == nil && certain && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// isReport tells whether a file of a walk, which has the name in its folder, is one of Options.Reports.
func (in *Input) isReport(name, full string) bool {
	return slices.ContainsFunc(in.options.Reports, func(report string) bool {
		return filepath.Base(report) == name && isSame(report, full)
	})
}
