package feed

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
)

// A walker gives the articles below one folder, in the order of their names, folder by folder.
type walker struct {
	in      *Input
	root    string // as the user named it
	pattern string // a glob that paths must match; empty for all
	matched bool   // the glob did match something
	output  fs.FileInfo
	give    func(*pipeline.Document) bool
}

func (in *Input) walk(root, pattern string, give func(*pipeline.Document) bool) bool {
	w := &walker{in: in, root: root, pattern: pattern, give: give}
	if in.options.Output != "" {
		if info, err := os.Stat(in.options.Output); err == nil {
			w.output = info
		}
	}
	rules, name := in.rulesAbove(root)
	return w.folder("", name, rules) && (w.matched || pattern == "" || give(failed(place{name: path.Join(filepath.ToSlash(root), pattern)}, errNoMatch)))
}

// errNoMatch is the failure of a glob that matches nothing.
var errNoMatch = fmt.Errorf("no file matches: %w", fs.ErrNotExist)

// folder walks one folder. rel is its path below the root, name what the ignore rules call it.
func (w *walker) folder(rel, name string, rules *ignores) bool {
	full := filepath.Join(w.root, filepath.FromSlash(rel))
	entries, err := os.ReadDir(full)
	if err != nil {
		return w.give(failed(place{path: rel, name: full}, &opError{"read", files.Cause(err)}))
	}
	rules = w.in.enter(rules, full, name)
	for _, e := range entries {
		if !w.entry(e, join(rel, e.Name()), join(name, e.Name()), rules) {
			return false
		}
	}
	return true
}

// entry takes one entry of a folder, or passes over it.
func (w *walker) entry(e fs.DirEntry, rel, name string, rules *ignores) bool {
	full := filepath.Join(w.root, filepath.FromSlash(rel))
	isFolder := e.IsDir()
	if w.pattern != "" && !isFolder {
		if !Match(w.pattern, rel) {
			return true
		}
		w.matched = true
	}
	if reason := w.reason(e, rel, full); reason != "" {
		w.in.skip(full, reason)
		return true
	}
	if rules.ignored(name, isFolder) {
		w.in.skip(full, isIgnored)
		return true
	}
	if isFolder {
		if !w.mayHold(rel) {
			return true
		}
		return w.folder(rel, name, rules)
	}
	if !w.in.first(full) {
		return true
	}
	if w.in.count != nil {
		return w.in.count()
	}
	return w.in.readFile(place{path: rel, name: full}, w.give)
}

// reason tells why an entry is passed over whatever the ignore files say; empty: it is not.
func (w *walker) reason(e fs.DirEntry, rel, full string) string {
	mode := e.Type()
	taken, _ := extension(rel)
	switch {
	case e.Name() == ".git":
		return isGit
	case !mode.IsDir() && !taken:
		return notArticleName
	case mode&fs.ModeSymlink != 0:
		return isLink
	case !mode.IsDir() && !mode.IsRegular():
		return isSpecial
	case w.in.isReport(e.Name(), full):
		return isReport
	case w.in.excluded(rel, filepath.ToSlash(full)):
		return isExcluded
	case mode.IsDir() && w.output != nil:
		if info, err := e.Info(); err == nil && os.SameFile(info, w.output) {
			return isOutput
		}
	}
	return ""
}

// mayHold tells whether a folder can hold what the glob matches; if in doubt, it can.
func (w *walker) mayHold(rel string) bool {
	if w.pattern == "" || strings.Contains(w.pattern, "**") || strings.ContainsAny(w.pattern, `{\`) {
		return true
	}
	parts, depth := strings.Split(w.pattern, "/"), strings.Count(rel, "/")+1
	return depth < len(parts) && Match(strings.Join(parts[:depth], "/"), rel)
}

// dirSink writes each document to its path in a folder.
type dirSink struct {
	output
	root   *files.Root
	taken  map[string]string // path -> name of the document that was written there
	assets assetWriter       // into Out.Assets
	copies
}

// ToDir writes documents into the folder dir, which is made when it is needed. Each goes to its Path,
// one in the form of an article with the extension .json; its pictures go beside it or into Out.Assets.
// A second document for one path fails. Close makes all of it durable.
func ToDir(dir string, o Out) (pipeline.Sink, error) {
	root, err := files.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &dirSink{output: output{out: o}, root: root, taken: map[string]string{}, copies: copies{}}, nil
}

func (s *dirSink) Write(_ context.Context, d *pipeline.Document) error {
	data, err := s.bytes(d)
	if data == nil || err != nil {
		return err
	}
	name, err := claim(s.taken, s.path(d), d.Name)
	if err != nil {
		return err
	}
	if err := s.writeAssets(d, path.Dir(name)); err != nil {
		return err
	}
	if _, err = s.root.Write(name, data, 0); errors.Is(err, syscall.EROFS) {
		return &pipeline.StopError{Err: err} // So would all the others say.
	}
	return err
}

func (s *dirSink) writeAssets(d *pipeline.Document, folder string) error {
	if s.out.Assets != "" {
		return s.assets.write(d, s.out.Assets, s.out.Assets)
	}
	for _, a := range d.Assets {
		if a.Path == "" {
			continue
		}
		if a.Data == nil {
			done, err := s.again(path.Join(folder, a.Path), a.Copy, s.taken)
			if err != nil {
				return err
			}
			if done {
				continue
			}
		}
		if err := putAsset(s.root, folder, a); err != nil {
			return err
		}
	}
	return nil
}

func (s *dirSink) Close() error { return errors.Join(s.assets.close(), s.root.Sync(), s.root.Close()) }

// claim takes a path for a document, unless another has it.
func claim(taken map[string]string, name, by string) (string, error) {
	if name == "" {
		return "", errors.New("write: the article has no path")
	}
	if other, ok := taken[name]; ok {
		return "", fmt.Errorf("write %s: already written, by %s", files.Quote(name), files.Quote(other))
	}
	taken[name] = by
	return name, nil
}
