package lint

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"copydesk/pipeline"
	"copydesk/pipeline/files"
)

// StaleBaseline is the code of the finding that tells of entries of a baseline that nothing is found for.
const StaleBaseline = "CD004"

// A Judge tells what entries of a baseline can be judged after a run.
type Judge struct {
	// Exists tells whether there is a rule of that code, selected or not.
	Exists func(code string) bool
	// Runs tells whether the rule of that code had its say on the document of that Name.
	Runs func(code, name string) bool
	// Named tells whether the user named a file, by its path, or a folder or glob that it would be under.
	Named func(path string) bool
}

// A staleEntry is one that nothing, or less than it says, was found for.
type staleEntry struct {
	path  string
	index int // in the entries of the path
	found int
	why   string
}

// stale lists the stale entries in no order: of documents that were looked at
// those of rules that ran and found less, and of files that are gone all. Whatever
// was not looked at is not stale.
func (b *Baseline) stale(j Judge) (list []staleEntry) {
	for path, entries := range b.known {
		v, looked := b.seen[path]
		gone := !looked && j.Named(filepath.Join(b.folder, filepath.FromSlash(path))) && b.missing(path)
		taken := map[fingerprint]int{}
		for i, e := range entries {
			s := staleEntry{path: path, index: i}
			switch {
			case gone:
				s.why = fmt.Sprintf("%s is not there any more", files.Quote(path))
			case !j.Exists(e.code):
				s.why = fmt.Sprintf("there is no rule %s", files.Quote(e.code))
			case !looked || !j.Runs(e.code, v.name):
				continue
			default:
				s.found = min(e.count, v.found[e.fingerprint]-taken[e.fingerprint])
				taken[e.fingerprint] += s.found
				if s.found == e.count {
					continue
				}
				s.why = fmt.Sprintf("%s is not found any more in %s", e.code, files.Quote(path))
				if e.count > 1 {
					s.why = fmt.Sprintf("%s has fewer findings of %s than are known: %d, not %d", files.Quote(path), e.code, s.found, e.count)
				}
			}
			list = append(list, s)
		}
	}
	return list
}

func (b *Baseline) missing(path string) bool {
	_, err := os.Lstat(filepath.Join(b.folder, filepath.FromSlash(path)))
	return errors.Is(err, fs.ErrNotExist)
}

// left gives the entries without those that are stale.
func (b *Baseline) left(stale []staleEntry) map[string][]entry {
	left := make(map[string][]entry, len(b.known))
	gone := map[string]map[int]int{}
	for _, s := range stale {
		if gone[s.path] == nil {
			gone[s.path] = map[int]int{}
		}
		gone[s.path][s.index] = s.found
	}
	for path, entries := range b.known {
		for i, e := range entries {
			if found, is := gone[path][i]; is {
				e.count = found
			}
			if e.count > 0 {
				left[path] = append(left[path], e)
			}
		}
	}
	return left
}

// Stale reports the stale entries, at their place, to a document that stands for the file; nil when there are none
// or the linter lacks the rule. To prune is to take them out of the document's Text instead.
// It is called when all documents have been looked at.
func (b *Baseline) Stale(l *Linter, j Judge, prune bool) (*pipeline.Document, error) {
	stale := b.stale(j)
	rule := l.rulesFor(b.path).find(StaleBaseline)
	if len(stale) == 0 || rule == nil {
		return nil, nil
	}
	d := pipeline.NewDocument(filepath.Base(b.path), b.path, b.text)
	if prune {
		return d, d.Apply(pipeline.Edit{Start: 0, End: len(b.text), Text: string(formatBaseline(b.left(stale)))})
	}
	for _, s := range stale {
		e := b.known[s.path][s.index]
		f := Finding{Span: e.span, Message: s.why, Fixes: []pipeline.Fix{{Title: "remove the entry", Edits: []pipeline.Edit{b.without(e.span)}}}}
		if s.found > 0 {
			e.count = s.found
			var out bytes.Buffer
			appendEntry(&out, s.path, e)
			f.Fixes = []pipeline.Fix{{Title: fmt.Sprintf("lower the count to %d", s.found),
				Edits: []pipeline.Edit{{Start: e.span.Start, End: e.span.End, Text: out.String()}}}}
		}
		d.Report(rule.diagnostic(b.path, f))
	}
	slices.SortFunc(d.Diagnostics, func(a, b pipeline.Diagnostic) int { return a.Span.Start - b.Span.Start })
	return d, nil
}

// without takes an entry out of the file, with the comma and the line break that part it from its neighbour.
func (b *Baseline) without(span pipeline.Span) pipeline.Edit {
	after := bytes.TrimLeft(b.text[span.End:], " \t\r\n")
	if rest, more := bytes.CutPrefix(after, []byte(",")); more {
		rest = bytes.TrimLeft(rest, " \t\r\n")
		return pipeline.Edit{Start: span.Start, End: len(b.text) - len(rest)}
	}
	before := bytes.TrimRight(b.text[:span.Start], " \t\r\n")
	return pipeline.Edit{Start: len(bytes.TrimSuffix(before, []byte(","))), End: span.End}
}

// Write makes the file of all that was found in this run, and of what the old one has for documents and rules that were
// not looked at. It is whole or as it was, and tells how many findings it holds, and in how many articles.
func (b *Baseline) Write(j Judge) (findings, articles int, err error) {
	known := b.left(b.stale(j))
	for path, v := range b.seen {
		entries := known[path][:0:0]
		for _, e := range known[path] {
			if _, again := v.found[e.fingerprint]; !again {
				entries = append(entries, e)
			}
		}
		for print, n := range v.found {
			entries = append(entries, entry{fingerprint: print, count: n})
		}
		known[path] = entries
	}
	for _, entries := range known {
		for _, e := range entries {
			findings += e.count
		}
		if len(entries) > 0 {
			articles++
		}
	}
	file, err := files.Create(b.path)
	if err != nil {
		return 0, 0, err
	}
	if _, err := file.Write(formatBaseline(known)); err != nil {
		return 0, 0, errors.Join(err, file.Abort())
	}
	return findings, articles, file.Commit()
}
