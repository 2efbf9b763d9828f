package feed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
	"copydesk/pipeline/git"
)

// changedFiles are what an Input reads that was made by OpenRepository.
type changedFiles struct {
	*git.Repository
	files []git.File
}

// OpenRepository makes an input of files that have changed in a repository, those of them that the paths
// name: files, folders and globs; no paths mean all. Blobs are read where a file has one, and not what
// stands in the working tree. Like a walk, and like Options.ForceExclude, it leaves out what is ignored,
// excluded or no article. The error is a mistake in the paths or the options.
func OpenRepository(ctx context.Context, repo *git.Repository, list []git.File, paths []string, o Options) (*Input, error) {
	if o.MaxSize <= 0 {
		o.MaxSize = files.MaxSize
	}
	in := &Input{options: o, kind: Many, repo: &changedFiles{Repository: repo}}
	if err := in.check(); err != nil {
		return nil, err
	}
	chosen := make([]bool, len(list))
	for _, p := range paths {
		if p == "" || p == "-" {
			return nil, errors.New("standard input is not in the repository; name files or folders")
		}
		rel, err := repo.Relative(ctx, p)
		if err != nil {
			return nil, err
		}
		named := false
		for i, f := range list {
			if f.Path == rel || rel == "." || strings.HasPrefix(f.Path, rel+"/") || Match(path.Clean(filepath.ToSlash(p)), filepath.ToSlash(f.Name)) {
				chosen[i], named = true, true
			}
		}
		if _, err := os.Lstat(p); err != nil && !named && !strings.ContainsAny(p, "*?[{") {
			return nil, fmt.Errorf("%q: %w, and has not changed", p, files.Cause(err))
		}
	}
	for i, f := range list {
		if (chosen[i] || len(paths) == 0) && !f.Deleted {
			in.repo.files = append(in.repo.files, f)
		}
	}
	return in, nil
}

// FromIndex tells whether the documents are read from the index of a repository.
func (in *Input) FromIndex() bool {
	return in.repo != nil && len(in.repo.files) > 0 && in.repo.files[0].Blob != ""
}

// errUnmerged is why an entry of the index is not read.
var errUnmerged = errors.New("it has conflicts that are not resolved; resolve them and git add it")

// readRepository gives the documents of files that have changed.
func (in *Input) readRepository(ctx context.Context, give func(*pipeline.Document) bool) {
	blobs, err := in.repo.Blobs(ctx)
	if err != nil {
		for _, f := range in.repo.files {
			if !give(failed(place{path: f.Path, name: f.Name}, err)) {
				return
			}
		}
		return
	}
	defer func() { _ = blobs.Close() }() // All that was asked for has come.
	for _, f := range in.repo.files {
		at := place{path: f.Path, name: f.Name}
		if reason := in.leaveOut(f); reason != "" {
			in.skip(f.Name, reason)
			continue
		}
		if in.excludedOutright(f.Name, false) {
			continue
		}
		var more bool
		switch {
		case f.Blob == "":
			more = in.readFile(at, give)
		case f.Unmerged:
			more = give(failed(at, errUnmerged))
		default:
			more = in.readBlob(blobs, f, give)
		}
		if !more {
			return
		}
	}
}

// leaveOut tells why a file is no article, whatever it holds; empty: it may be one.
func (in *Input) leaveOut(f git.File) string {
	if taken, _ := extension(f.Path); !taken {
		return notArticleName
	}
	mode := fs.FileMode(0)
	if f.Blob == "" {
		if info, err := os.Lstat(f.Name); err == nil {
			mode = info.Mode()
		}
	}
	switch {
	case f.Mode == git.Submodule:
		return isSubmodule
	case f.Mode == git.Symlink || mode&fs.ModeSymlink != 0:
		return isLink
	case !mode.IsRegular():
		return isSpecial
	}
	return ""
}

// pointerMark is what a pointer of Git LFS begins with (git-lfs, docs/spec.md).
var pointerMark = []byte("version https://git-lfs.github.com/spec/v1\n")

// readBlob gives the document in a blob of the index.
func (in *Input) readBlob(blobs *git.Blobs, f git.File, give func(*pipeline.Document) bool) bool {
	at := place{path: f.Path, name: f.Name}
	raw, size, err := blobs.Read(f.Blob, in.options.MaxSize)
	if err == nil && size > in.options.MaxSize {
		err = &files.SizeError{Size: size, Limit: in.options.MaxSize, Flag: sizeFlag}
	}
	if err != nil {
		return give(failed(at, &opError{"read", err}))
	}
	if bytes.HasPrefix(raw, pointerMark) && len(raw) < 1024 {
		in.skip(f.Name, isPointer)
		return true
	}
	return in.give(at, raw, give)
}
