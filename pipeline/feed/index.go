package feed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
	"copydesk/pipeline/git"
)

// The bounds of what an Index keeps before it stages it.
const (
	maxPending      = 1000     // articles
	maxPendingBytes = 64 << 20 // of them
)

// An Index stages the documents that have changed, in place of the blobs that they were read from.
type Index struct {
	output
	repo     *changedFiles
	byName   map[string]git.File
	pending  []repair
	size     int // bytes that are pending
	replacer files.Replacer
	left     []Skip
}

// A repair is a document that is to be staged.
type repair struct {
	git.Change
	name string
	data []byte // what the new blob holds
}

// ToIndex writes each document that changed into the index that in was read from, if that still holds
// what was read: as a new blob, many at a time, all of them or none. Then it brings the same change into
// the file in the working tree: where that is what was staged, it becomes what is staged now; where it has
// changes of its own, they are kept, and where they touch the same lines, the file is left alone
// and told by Left. Nothing that was not staged is staged by it.
func ToIndex(in *Input, o Out) *Index {
	s := &Index{output: output{out: o}, repo: in.repo, byName: map[string]git.File{}}
	for _, f := range in.repo.files {
		s.byName[f.Name] = f
	}
	return s
}

// errPartial is why nothing is repaired in the index of "git commit PATH".
var errPartial = errors.New(`"git commit PATH" takes an index of its own, and a repair in it would be undone afterwards; git add the file, and commit without naming it`)

// Write takes one document.
func (s *Index) Write(ctx context.Context, d *pipeline.Document) error {
	if d.Failed != nil || !d.Changed() {
		return nil
	}
	if git.Partial() {
		return errPartial
	}
	data, err := s.bytes(d)
	if err != nil {
		return err
	}
	f := s.byName[d.Name]
	s.pending = append(s.pending, repair{git.Change{Path: f.Path, Mode: f.Mode, Old: f.Blob}, f.Name, data})
	if s.size += len(data); len(s.pending) < maxPending && s.size < maxPendingBytes {
		return nil
	}
	if err := s.flush(ctx); err != nil {
		return &pipeline.StopError{Err: err}
	}
	return nil
}

// Close stages what is left.
func (s *Index) Close() error { return s.flush(context.Background()) }

// Left lists the files of the working tree that were not repaired along with the index, and why.
func (s *Index) Left() []Skip { return s.left }

// flush stages what is pending, then repairs the working tree.
func (s *Index) flush(ctx context.Context) error {
	if len(s.pending) == 0 {
		return nil
	}
	if err := s.stage(ctx); err != nil {
		return fmt.Errorf("stage what was repaired: %w", err)
	}
	blobs, err := s.repo.Blobs(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, p := range s.pending {
		why, err := s.follow(ctx, blobs, p)
		if err != nil {
			errs = append(errs, err)
		}
		if why != "" {
			s.left = append(s.left, Skip{p.name, why})
		}
	}
	s.pending, s.size = nil, 0
	return errors.Join(append(errs, blobs.Close(), s.repo.Refresh(ctx))...)
}

// stage puts what is pending into the index.
func (s *Index) stage(ctx context.Context) error {
	data, changes := make([][]byte, len(s.pending)), make([]git.Change, len(s.pending))
	for i, p := range s.pending {
		data[i] = p.data
	}
	ids, err := s.repo.Store(ctx, data...)
	if err != nil {
		return err
	}
	for i := range s.pending {
		s.pending[i].New = ids[i]
		changes[i] = s.pending[i].Change
	}
	return s.repo.Change(ctx, changes)
}

// The reasons to leave a file of the working tree alone.
const (
	notThere    = "it is not in the working tree"
	sameChanges = "what is not staged of it touches the same lines"
)

// maxRepaired is the largest file that a repair is brought into, in bytes.
const maxRepaired = 256 << 20

// follow repairs a file of the working tree as its blob was, or tells why not.
func (s *Index) follow(ctx context.Context, blobs *git.Blobs, p repair) (why string, err error) {
	info, err := os.Lstat(p.name)
	if err != nil || !info.Mode().IsRegular() || !s.repo.InWorkingTree(p.Path) {
		return notThere, nil
	}
	now, err := files.Read(p.name, maxRepaired, "")
	if err != nil {
		return "", err
	}
	old, _, err := blobs.Read(p.Old, maxRepaired)
	if err != nil {
		return "", err
	}
	text, ok, err := s.repaired(ctx, p, now, old)
	if !ok || err != nil {
		return sameChanges, err
	}
	return "", s.replacer.Replace(p.name, text, func(there []byte) bool { return bytes.Equal(there, now) })
}

// repaired brings the difference between two blobs into what stands in the working tree. Where that is
// what was staged, but for line ends, encoding and the like, it becomes what git would check out now,
// with the line ends that it has; else both changes are merged.
func (s *Index) repaired(ctx context.Context, p repair, now, old []byte) (text []byte, ok bool, err error) {
	repaired := p.data
	if bytes.Equal(now, old) {
		return repaired, true, nil
	}
	if onlyCRLF(now) && !bytes.Contains(old, []byte{'\r'}) {
		old, repaired = toCRLF(old), toCRLF(repaired)
	} else {
		if old, err = s.repo.CheckedOut(ctx, p.Path, p.Old); err != nil {
			return nil, false, err
		}
		if repaired, err = s.repo.CheckedOut(ctx, p.Path, p.New); err != nil {
			return nil, false, err
		}
	}
	if id, err := s.repo.CheckedIn(ctx, p.Path, now); err == nil && id == p.Old || bytes.Equal(now, old) {
		return repaired, true, nil
	}
	return s.repo.Merge(ctx, now, old, repaired)
}

// onlyCRLF tells whether there are lines, and all of them end with CRLF.
func onlyCRLF(text []byte) bool {
	n := bytes.Count(text, []byte{'\n'})
	return n > 0 && n == bytes.Count(text, []byte("\r\n"))
}

func toCRLF(text []byte) []byte { return bytes.ReplaceAll(text, []byte{'\n'}, []byte("\r\n")) }
