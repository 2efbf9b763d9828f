package git

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Mode is what kind of thing an entry of the index is, as git writes it.
type Mode string

// The modes of an entry that is no regular file.
const (
	Symlink   Mode = "120000"
	Submodule Mode = "160000"
)

// A File is something that has changed.
type File struct {
	Path     string // from the top of the working tree, with slashes
	Name     string // as it is opened from the working folder
	Mode     Mode
	Blob     string // the object id in the index; empty: the file in the working tree is meant
	Deleted  bool   // it is there no longer
	Unmerged bool   // the index holds several versions of it, from a merge with conflicts
	Hunks    []Hunk // which of its lines have changed
	All      bool   // all of its lines count as changed; there are no Hunks
}

// Staged lists what a commit would change, from the index, in the order of the paths. Renames are
// a deletion and an addition. While a merge is concluded, what comes unchanged from one side is left
// out. Entries that are only intended to be added are left out, too.
func (r *Repository) Staged(ctx context.Context) ([]File, error) {
	base, err := r.head(ctx)
	if err != nil {
		return nil, err
	}
	list, err := r.index(ctx, base)
	if err != nil {
		return nil, err
	}
	other, err := r.resolve(ctx, "MERGE_HEAD")
	if err != nil {
		return list, nil // No merge is under way.
	}
	theirs, err := r.index(ctx, other)
	differ := map[string]bool{}
	for _, f := range theirs {
		differ[f.Path] = true
	}
	return slices.DeleteFunc(list, func(f File) bool { return !differ[f.Path] }), err
}

// index lists how the index differs from a tree.
func (r *Repository) index(ctx context.Context, base string) ([]File, error) {
	list, err := r.list(ctx, "--cached", "--ita-invisible-in-index", "--no-renames", base)
	for i := range list {
		list[i].All = true
	}
	return list, err
}

// Since lists what has changed since the merge base of a revision and HEAD, in the order of the paths,
// each with its changed lines: committed, staged, not staged, and untracked unless ignored, in the
// working tree; with cached, in the index. A renamed file has those lines changed that differ from
// the file that it was; one in which no line has changed is left out.
func (r *Repository) Since(ctx context.Context, rev string, cached bool) ([]File, error) {
	base, err := r.mergeBase(ctx, rev)
	if err != nil {
		return nil, err
	}
	where := []string{"--find-renames=50%", base}
	if cached {
		where = append([]string{"--cached", "--ita-invisible-in-index"}, where...)
	}
	list, err := r.list(ctx, where...)
	if err != nil {
		return nil, err
	}
	hunks, err := r.hunks(ctx, where...)
	if err != nil {
		return nil, err
	}
	kept := list[:0]
	for _, f := range list {
		if f.All = f.All || f.Unmerged; !f.All {
			f.Hunks = hunks[f.Path]
		}
		if !cached {
			f.Blob = ""
		}
		if f.All || f.Deleted || len(f.Hunks) > 0 {
			kept = append(kept, f)
		}
	}
	if !cached {
		others, err := r.untracked(ctx)
		if err != nil {
			return nil, err
		}
		for _, path := range others {
			kept = append(kept, File{Path: path, Name: r.name(path), All: true})
		}
		slices.SortFunc(kept, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	}
	return kept, nil
}

// untracked lists the files that are neither tracked nor ignored.
func (r *Repository) untracked(ctx context.Context) ([]string, error) {
	out, err := r.run(ctx, nil, "ls-files", "-z", "--others", "--exclude-standard", "--full-name", "--", ":/")
	var paths []string
	for path := range strings.SplitSeq(string(out), "\x00") {
		if path != "" && !strings.HasSuffix(path, "/") { // A repository inside this one.
			paths = append(paths, path)
		}
	}
	return paths, err
}

// errNoBase is the cause when two revisions have no common ancestor here.
var errNoBase = errors.New("no common ancestor of it and HEAD is here")

// mergeBase is the commit from which HEAD and a revision went apart.
func (r *Repository) mergeBase(ctx context.Context, rev string) (string, error) {
	from, err := r.resolve(ctx, rev)
	if err != nil && rev == "HEAD" {
		return r.head(ctx) // Before the first commit.
	}
	if err != nil {
		return "", err
	}
	head, err := r.resolve(ctx, "HEAD")
	if err != nil {
		return "", err
	}
	out, err := r.run(ctx, nil, "merge-base", from, head)
	if failed := (*Error)(nil); errors.As(err, &failed) && failed.Status == 1 {
		err = fmt.Errorf("%q: %w", rev, errNoBase)
		if shallow, _ := r.run(ctx, nil, "rev-parse", "--is-shallow-repository"); strings.HasPrefix(string(shallow), "true") {
			err = fmt.Errorf("%w, since the clone is shallow: git fetch --unshallow", err)
		}
	}
	first, _, _ := strings.Cut(string(out), "\n")
	return first, err
}

// resolve gives the commit that a revision means.
func (r *Repository) resolve(ctx context.Context, rev string) (string, error) {
	out, err := r.run(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}")
	if failed := (*Error)(nil); errors.As(err, &failed) && failed.Status > 0 || rev == "" {
		return "", fmt.Errorf("%q is no commit that is here; if it is a branch elsewhere, fetch it first", rev)
	}
	return strings.TrimSuffix(string(out), "\n"), err
}

// head is the commit of HEAD, or the empty tree before the first commit.
func (r *Repository) head(ctx context.Context) (string, error) {
	if commit, err := r.resolve(ctx, "HEAD"); err == nil {
		return commit, nil
	}
	out, err := r.run(ctx, strings.NewReader(""), "hash-object", "-t", "tree", "--stdin")
	return strings.TrimSuffix(string(out), "\n"), err
}

// list runs diff-index with the given arguments, and reads what has changed.
func (r *Repository) list(ctx context.Context, where ...string) ([]File, error) {
	args := append([]string{"diff-index", "--raw", "-z", "--no-abbrev", "--no-relative", "--ignore-submodules=dirty"}, where...)
	out, err := r.run(ctx, nil, append(args, "--")...)
	if err != nil {
		return nil, err
	}
	return r.parse(out)
}

// parse reads what diff-index --raw -z prints: ":100644 100644 OLD NEW M", a path, and for a rename
// a second one, which is what it is called now.
func (r *Repository) parse(out []byte) (list []File, err error) {
	fields := bytes.Split(out, []byte{0})
	for i := 0; i+1 < len(fields); i += 2 {
		head := strings.Fields(string(fields[i]))
		if len(head) != 5 {
			return nil, fmt.Errorf("git diff-index: unexpected answer %q", fields[i])
		}
		status := head[4][0]
		if (status == 'R' || status == 'C') && i+2 < len(fields) {
			i++
		}
		f := File{Path: string(fields[i+1]), Mode: Mode(head[1]), Blob: head[3]}
		f.Name = r.name(f.Path)
		f.Deleted, f.Unmerged, f.All = status == 'D', status == 'U', status == 'A'
		if n := len(list); n > 0 && list[n-1].Path == f.Path { // Not merged, and what stands in the working tree.
			f.Unmerged = f.Unmerged || list[n-1].Unmerged
			list = list[:n-1]
		}
		list = append(list, f)
	}
	return list, nil
}
