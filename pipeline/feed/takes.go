package feed

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
)

// taking remembers what Takes found. At their bounds the answers are all forgotten, since hostile articles
// can ask for any number of files.
type taking struct {
	mu      sync.Mutex
	answers map[string]bool
	rules   map[string]folderRules // of folders, by their path
	named   map[string]struct{}    // the files that were named outright, by their clean paths, and
	roots   [][2]string            // the folders, each with a glob or "": both made when it is first asked
}

// folderRules are what a walk knows of a folder.
type folderRules struct {
	ignores *ignores
	name    string // what the rules call it
	shut    bool   // a walk does not go in
}

const (
	maxAnswers     = 100_000
	maxFolderRules = 10_000
)

// Takes tells whether a file is an article of this input: it was named outright, or a walk of a folder or a
// glob that was named comes upon it. It looks at the files when it is asked, and at archives and
// streams not at all. Any goroutine may ask.
func (in *Input) Takes(file string) bool {
	file = filepath.Clean(file)
	t := &in.taking
	t.mu.Lock()
	defer t.mu.Unlock()
	if answer, ok := t.answers[file]; ok {
		return answer
	}
	if t.answers == nil || len(t.answers) >= maxAnswers {
		t.answers = map[string]bool{}
	}
	answer := in.takes(file)
	t.answers[file] = answer
	return answer
}

func (in *Input) takes(file string) bool {
	taken, certain := extension(file)
	info, err := os.Lstat(file)
	if err != nil || in.repo != nil {
		return false
	}
	if in.taking.named == nil {
		in.sortPaths()
	}
	if _, ok := in.taking.named[file]; ok {
		return true
	}
	if !taken || !info.Mode().IsRegular() || in.isReport(filepath.Base(file), file) {
		return false
	}
	for _, named := range in.taking.roots {
		root, pattern := named[0], named[1]
		rel, err := filepath.Rel(root, file)
		if err != nil || !filepath.IsLocal(rel) || pattern != "" && !Match(pattern, filepath.ToSlash(rel)) {
			continue
		}
		if in.comesUpon(root, filepath.ToSlash(rel)) {
			return certain || in.holdsArticle(file)
		}
	}
	return false
}

// sortPaths parts the paths of the input.
func (in *Input) sortPaths() {
	t := &in.taking
	t.named = map[string]struct{}{}
	for _, p := range in.paths {
		switch in.classify(p) {
		case single:
			t.named[filepath.Clean(p)] = struct{}{}
		case folder:
			t.roots = append(t.roots, [2]string{p, ""})
		case glob:
			root, pattern := splitGlob(filepath.ToSlash(p))
			t.roots = append(t.roots, [2]string{filepath.FromSlash(root), pattern})
		}
	}
}

// comesUpon tells whether a walk of root takes the file at rel for anything at all.
func (in *Input) comesUpon(root, rel string) bool {
	above := in.folderRules(root, path.Dir(rel))
	full := filepath.Join(root, filepath.FromSlash(rel))
	return !above.shut && !in.excluded(rel, filepath.ToSlash(full)) && !above.ignores.ignored(join(above.name, path.Base(rel)), false)
}

// folderRules gives what a walk of root knows of the folder at rel.
func (in *Input) folderRules(root, rel string) folderRules {
	full := filepath.Join(root, filepath.FromSlash(rel))
	key := root + "\x00" + rel
	if known, ok := in.taking.rules[key]; ok {
		return known
	}
	var own folderRules
	if rel == "." {
		own.ignores, own.name = rulesAbove(root, func(string) {})
	} else {
		own = in.folderRules(root, path.Dir(rel))
		own.name = join(own.name, path.Base(rel))
		own.shut = own.shut || in.shuts(full, rel) || own.ignores.ignored(own.name, true)
	}
	if !own.shut {
		own.ignores = enterFolder(own.ignores, full, own.name, func(string) {}) // The walk tells of those.
	}
	if in.taking.rules == nil || len(in.taking.rules) >= maxFolderRules {
		in.taking.rules = map[string]folderRules{}
	}
	in.taking.rules[key] = own
	return own
}

// shuts tells whether a walk passes over a folder whatever the ignore files say.
func (in *Input) shuts(full, rel string) bool {
	info, err := os.Lstat(full)
	if err != nil || !info.IsDir() || strings.EqualFold(path.Base(rel), ".git") || in.excluded(rel, filepath.ToSlash(full)) {
		return true
	}
	output, err := os.Stat(in.options.Output)
	return in.options.Output != "" && err == nil && os.SameFile(info, output)
}

// holdsArticle reads a file whose name does not tell whether it is one.
func (in *Input) holdsArticle(file string) bool {
	raw, err := files.Read(file, in.options.MaxSize, sizeFlag)
	if err != nil {
		return false
	}
	d, ok := in.document(place{path: filepath.Base(file), name: file}, raw)
	return ok && d.Failed == nil && d.Form == pipeline.AsFile
}
