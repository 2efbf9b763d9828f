package images

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"copydesk/pipeline/files"
)

// A Leftover is a made picture that nothing refers to.
type Leftover struct {
	Path string // below the folder that was looked through, with slashes
	Size int64  // bytes
}

// Unused looks through a folder for pictures that a maker with these options made and whose name no other file in
// it holds, of whatever kind, read as bytes: what a theme or a style sheet names stays, and so does what an
// article names that no step could read. They come in the order of their paths. A file that can't be read is an
// error, since what it names can't be told. Links are not followed, and the folder .git is passed over.
func (s *settings) Unused(ctx context.Context, folder string) ([]Leftover, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", files.Quote(folder), files.Cause(err))
	}
	defer root.Close()
	found := map[string][]Leftover{} // by base name, which is all that counts
	var others []string
	err = walkFiles(ctx, root, func(name string, info fs.FileInfo) {
		if s.isMade(name) {
			found[path.Base(name)] = append(found[path.Base(name)], Leftover{name, info.Size()})
		} else {
			others = append(others, name)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("look through %s: %w", files.Quote(folder), err)
	}
	names := regexp.MustCompile(s.basePattern())
	for _, name := range others {
		if len(found) == 0 || ctx.Err() != nil {
			break
		}
		if err := forget(root, name, names, found); err != nil {
			return nil, fmt.Errorf("read %s: %w", files.Quote(filepath.Join(folder, name)), files.Cause(err))
		}
	}
	var left []Leftover
	for _, same := range found {
		left = append(left, same...)
	}
	slices.SortFunc(left, func(a, b Leftover) int { return strings.Compare(a.Path, b.Path) })
	return left, ctx.Err()
}

// walkFiles calls a function for every regular file below a folder.
func walkFiles(ctx context.Context, root *os.Root, each func(name string, info fs.FileInfo)) error {
	return fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && e.Name() == ".git" {
			return fs.SkipDir
		}
		if !e.Type().IsRegular() {
			return ctx.Err()
		}
		info, err := e.Info()
		if err == nil {
			each(name, info)
		}
		return ctx.Err()
	})
}

// basePattern is what the last part of a made picture's path is like, in any text.
func (s *settings) basePattern() string {
	last := func(pattern string) string {
		pattern = strings.TrimSuffix(strings.TrimPrefix(pattern, "^"), "$")
		return pattern[strings.LastIndexByte(pattern, '/')+1:]
	}
	return last(s.naming.made.String()) + "|" + last(madePattern().String())
}

// forget takes those out of found that a file names. The file is read piece by piece; zero bytes are passed over,
// so that it may be in UTF-16.
func forget(root *os.Root, name string, names *regexp.Regexp, found map[string][]Leftover) error {
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // It was only read.
	const piece, overlap = 1 << 20, 1 << 10
	buffer := make([]byte, 0, piece+overlap)
	for {
		n, err := io.ReadFull(f, buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		text := buffer
		if bytes.IndexByte(text, 0) >= 0 {
			text = bytes.ReplaceAll(text, []byte{0}, nil)
		}
		for _, m := range names.FindAll(text, -1) {
			delete(found, string(m))
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil
		}
		if err != nil {
			return err
		}
		buffer = buffer[:copy(buffer[:cap(buffer)], buffer[len(buffer)-overlap:])]
	}
}
