package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"copydesk/pipeline"
)

// Options says how findings are printed. The zero value suits a file.
type Options struct {
	Color bool
	Width int // cells of the terminal; 0: unknown
	// InText is set where the reader finds the Text in the file, and not the Source any more
	// (lint --fix wrote it): then positions mean the Text.
	InText bool
	Quiet  bool // only errors and documents that could not be done are printed

	// Root is the folder, absolute, that a format for other programs tells paths relative to where
	// they lie in it. Empty: absolute paths stay absolute. Folder is the way from there to the working
	// folder, which relative paths begin in: with slashes, "." or empty where it is Root.
	Root    string
	Folder  string
	Version string     // of this program, for formats that name it; may be empty
	Rules   []RuleInfo // what sarif says of rules
	// Summary takes the Markdown page of what the format github has no room for: the end of the
	// file that the environment variable GITHUB_STEP_SUMMARY names. Nil: what is left is counted only.
	Summary io.Writer
}

// A RuleInfo is what a reader of a report may want to know of a rule.
type RuleInfo struct {
	Code, Name string // "MT001", "date-format"
	Short      string // what it finds, one sentence
	Long       string // why that matters and what to do, paragraphs of plain text; may be empty
	Bad, Good  string // articles that show it, as they are; may be empty
	Severity   pipeline.Severity
}

// A Printer prints the findings of a run. Print is called for each document in source order,
// Close after the last; what it prints is complete only then.
type Printer interface {
	Print(d *pipeline.Document) error
	Close() error
}

// A format is one way to print findings.
type format struct {
	name string
	new  func(io.Writer, Options) Printer
}

func formats() []format {
	return []format{
		{"text", newText},
		{"concise", newConcise},
		{"grouped", newGrouped},
		{"json", newJSON},
		{"jsonl", newJSONL},
		{"sarif", newSARIF},
		{"github", newGitHub},
		{"gitlab", newGitLab},
		{"junit", newJUnit},
		{"checkstyle", newCheckstyle},
		{"rdjsonl", newRDJSONL},
	}
}

// Whole tells whether what a format prints has to stand alone to be read: a program reads it, while
// people read the others, and github's commands stand in a log among other lines.
func Whole(format string) bool {
	switch format {
	case "text", "concise", "grouped", "github":
		return false
	}
	return true
}

// Formats are the names that New knows.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// New returns a printer of the named format. The error lists the formats there are.
func New(name string, w io.Writer, o Options) (Printer, error) {
	for _, f := range formats() {
		if f.name == name {
			return f.new(w, o), nil
		}
	}
	known := Formats()
	last := len(known) - 1
	hint := ""
	if near := Suggest(name, known); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return nil, fmt.Errorf("unknown report format %q; there are %s and %s%s", name, strings.Join(known[:last], ", "), known[last], hint)
}

// view returns the findings of a document that are to be printed, in order, and the text
// that their offsets mean.
func (o Options) view(d *pipeline.Document) ([]pipeline.Diagnostic, []byte) {
	if !o.Quiet && !o.InText && !slices.ContainsFunc(d.Diagnostics, isNameless) {
		return sorted(d.Diagnostics), d.Source
	}
	var found []pipeline.Diagnostic
	for i := range d.Diagnostics {
		if o.Quiet && d.Diagnostics[i].Severity < pipeline.Error {
			continue
		}
		f := d.Diagnostics[i]
		if f.Path == "" {
			f.Path = d.Name
		}
		if o.InText {
			f = inText(d, f)
		}
		found = append(found, f)
	}
	if o.InText {
		return sorted(found), d.Text
	}
	return sorted(found), d.Source
}

// sorted gives the findings in the order of their place, then of their code; the same list where it is so.
func sorted(found []pipeline.Diagnostic) []pipeline.Diagnostic {
	byPlace := func(a, b pipeline.Diagnostic) int {
		return cmp.Or(a.Span.Start-b.Span.Start, strings.Compare(a.Code, b.Code), a.Span.End-b.Span.End)
	}
	if !slices.IsSortedFunc(found, byPlace) {
		found = slices.Clone(found)
		slices.SortStableFunc(found, byPlace)
	}
	return found
}

func isNameless(f pipeline.Diagnostic) bool { return f.Path == "" }

// inText moves a finding from Source to Text. A fix of bytes that were changed is left out.
func inText(d *pipeline.Document, f pipeline.Diagnostic) pipeline.Diagnostic {
	f.Span, _ = d.ToText(f.Span)
	related := slices.Clone(f.Related)
	for i := range related {
		related[i].Span, _ = d.ToText(related[i].Span)
	}
	f.Related = related
	var fixes []pipeline.Fix
	for _, fix := range f.Fixes {
		if edits, ok := editsInText(d, fix.Edits); ok {
			fix.Edits = edits
			fixes = append(fixes, fix)
		}
	}
	f.Fixes = fixes
	return f
}

func editsInText(d *pipeline.Document, edits []pipeline.Edit) ([]pipeline.Edit, bool) {
	out := make([]pipeline.Edit, len(edits))
	for i, e := range edits {
		s, exact := d.ToText(e.Span())
		if !exact || s.Len() != e.Span().Len() {
			return nil, false
		}
		out[i] = pipeline.Edit{Start: s.Start, End: s.End, Text: e.Text}
	}
	return out, true
}

// name is how a document is called in what is printed.
func name(d *pipeline.Document) string { return cmp.Or(d.Name, d.Path) }
