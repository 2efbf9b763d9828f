package lint

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
)

// A Baseline is a file of known findings, which don't count: those that were there when somebody began
// to lint. It knows a finding by the path of its article relative to the baseline's folder, the rule, the front matter
// value, and the text that it points at; and how many equal ones there were. It is a Filter, to be the first
// of them, since it must see all findings to tell which entries are stale.
type Baseline struct {
	path   string // as the user names it
	folder string // of the file, absolute
	text   []byte
	known  map[string][]entry // by path, in the order of the file
	record bool               // all findings are remembered, to be written

	mu   sync.Mutex
	seen map[string]visit // by path
}

// An entry is a known finding, or several equal ones.
type entry struct {
	fingerprint
	count int
	span  pipeline.Span // in the file
}

// A visit is what was found when a document was last looked at.
type visit struct {
	name  string // of the document
	found map[fingerprint]int
	known int // findings that were left out
}

// ErrNoBaseline is the error of OpenBaseline when there is no such file.
var ErrNoBaseline = errors.New("there is no such baseline; write one with --write-baseline")

// OpenBaseline reads the baseline at path. To record is to remember all findings for Write: then a file that is not
// there is an empty one. The error has a line and a column where the file's content is at fault.
func OpenBaseline(path string, record bool) (*Baseline, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	b := &Baseline{path: path, folder: filepath.Dir(full), record: record, seen: map[string]visit{}}
	b.text, err = files.Read(path, maxBaseline, "")
	switch {
	case errors.Is(err, fs.ErrNotExist) && record:
		return b, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, &files.Error{Op: "read", Path: path, Err: ErrNoBaseline}
	case err != nil:
		return nil, err
	}
	b.known, err = parseBaseline(path, b.text)
	return b, err
}

// Path is the file, as the user names it.
func (b *Baseline) Path() string { return b.path }

// place is where the document of a Name stands: its path relative to the baseline's folder, with slashes.
func (b *Baseline) place(name string) string {
	full, err := filepath.Abs(name)
	if err == nil {
		if rel, err := filepath.Rel(b.folder, full); err == nil {
			full = rel
		}
	}
	return strings.ToValidUTF8(filepath.ToSlash(full), "\uFFFD") // As JSON has it.
}

// Filter leaves out known findings: of equal ones the first, as many as are known.
func (b *Baseline) Filter(d *pipeline.Document, found []pipeline.Diagnostic) []pipeline.Diagnostic {
	path := b.place(d.Name)
	known := b.known[path]
	if len(known) == 0 && !b.record {
		return found
	}
	left := make(map[fingerprint]int, len(known))
	for _, e := range known {
		left[e.fingerprint] += e.count
	}
	v := visit{name: d.Name, found: map[fingerprint]int{}}
	prints, at := fingerprints(d, found), -1
	found = slices.DeleteFunc(found, func(pipeline.Diagnostic) bool {
		at++
		print := prints[at]
		v.found[print]++
		if left[print] == 0 {
			return false
		}
		left[print]--
		v.known++
		return true
	})
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seen[path] = v
	return found
}

// Known counts the findings that were left out.
func (b *Baseline) Known() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, v := range b.seen {
		n += v.known
	}
	return n
}
