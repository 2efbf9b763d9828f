package lint_test

import (
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/git"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/matter"
)

// TestChanged asks which findings count; each stands at a word of the text, or at its very start or end.
func TestChanged(t *testing.T) {
	const text = "---\ntitle: Rain\ntag: 雨\n---\n\none\ntwo\nthree\nfour"
	for _, c := range []struct {
		name  string
		text  string
		hunks []git.Hunk
		want  string
	}{
		{"nothing", text, nil, ""},
		{"a line of the body", text, []git.Hunk{{First: 7, Count: 1}}, "two"},
		{"lines of the body", text, []git.Hunk{{First: 6, Count: 1}, {First: 8, Count: 1}}, "one three"},
		{"the last line, which has no line break", text, []git.Hunk{{First: 9, Count: 1}}, "four END"},
		{"a line of the front matter", text, []git.Hunk{{First: 3, Count: 1}}, "START title 雨"},
		{"a line taken out of the front matter", text, []git.Hunk{{First: 2, Count: 0}}, "START title 雨"},
		{"lines taken out before the front matter", text, []git.Hunk{{First: 0, Count: 0}}, "START title 雨"},
		{"a line taken out of the body", text, []git.Hunk{{First: 7, Count: 0}}, ""},
		{"a line taken out behind the last one", text + "\n", []git.Hunk{{First: 9, Count: 0}}, "END"},
		{"CRLF", strings.ReplaceAll(text, "\n", "\r\n"), []git.Hunk{{First: 7, Count: 1}}, "two"},
		{"lone CR, which ends no line for git", "one\rtwo\nthree", []git.Hunk{{First: 1, Count: 1}}, "START one two"},
		{"no front matter, the first line", "one\ntwo\n", []git.Hunk{{First: 1, Count: 1}}, "START one"},
		{"no front matter, the last line, to which the end belongs", "one\ntwo\n", []git.Hunk{{First: 2, Count: 1}}, "two END"},
		{"nothing is left", "", []git.Hunk{{First: 0, Count: 0}}, "START END"},
		{"more lines than there are", "one\n", []git.Hunk{{First: 5, Count: 9}}, "END"},
	} {
		d := changedDocument(c.text)
		if got := names(lint.Changed{"a.md": c.hunks}.Filter(d, places(d))); got != c.want {
			t.Errorf("%s: %q count, want %q", c.name, got, c.want)
		}
		other := changedDocument(c.text)
		if got := lint.Changed(nil).Filter(other, places(other)); len(got) != len(places(other)) {
			t.Errorf("%s: not all count where nothing is said of the file", c.name)
		}
	}
}

func changedDocument(text string) *pipeline.Document {
	d := pipeline.NewDocument("a.md", "a.md", []byte(text))
	d.BodyStart = matter.BodyStart
	return d
}

// places are a finding at the start, at each of some words, and at the end.
func places(d *pipeline.Document) []pipeline.Diagnostic {
	found := []pipeline.Diagnostic{{Message: "START"}}
	for _, word := range strings.Fields("title 雨 one two three four") {
		if at := strings.Index(string(d.Text), word); at >= 0 {
			found = append(found, pipeline.Diagnostic{Message: word, Span: pipeline.Span{Start: at, End: at + len(word)}})
		}
	}
	return append(found, pipeline.Diagnostic{Message: "END", Span: pipeline.Span{Start: len(d.Text), End: len(d.Text)}})
}

func names(found []pipeline.Diagnostic) string {
	var all []string
	for _, f := range found {
		all = append(all, f.Message)
	}
	return strings.Join(all, " ")
}

// TestChangedAfterEdits: lines are those of the file as it was, whatever was repaired since.
func TestChangedAfterEdits(t *testing.T) {
	d := changedDocument("one\ntwo\nthree\nfour\n")
	if err := d.Apply(pipeline.Edit{Start: 0, End: 4}, pipeline.Edit{Start: 4, End: 7, Text: "two\nzwei\ndeux"}); err != nil {
		t.Fatal(err)
	}
	if got := names(lint.Changed{"a.md": {{First: 3, Count: 1}}}.Filter(d, places(d))); got != "three" {
		t.Errorf("%q", got)
	}
	if got := names(lint.Changed{"a.md": {{First: 2, Count: 1}}}.Filter(d, places(d))); got != "START two" {
		t.Errorf("%q", got)
	}
}

// TestChangedElsewhere: a finding counts for a second place that it speaks of, and where it reaches over
// what was taken out; in what is no text of lines, all count.
func TestChangedElsewhere(t *testing.T) {
	d := changedDocument("one\ntwo\nthree\nfour\n")
	twice := func() []pipeline.Diagnostic {
		return []pipeline.Diagnostic{{Message: "twice", Span: pipeline.Span{Start: 4, End: 7}, Related: []pipeline.Related{{Span: pipeline.Span{Start: 14, End: 18}}}},
			{Message: "long", Span: pipeline.Span{Start: 1, End: 11}}}
	}
	if got := names(lint.Changed{"a.md": {{First: 4, Count: 1}}}.Filter(d, twice())); got != "twice" {
		t.Errorf("%q", got)
	}
	if got := names(lint.Changed{"a.md": {{First: 1, Count: 0}}}.Filter(d, twice())); got != "long" {
		t.Errorf("%q", got)
	}
	d.Encoding = "utf-16le"
	if got := names(lint.Changed{"a.md": nil}.Filter(d, twice())); got != "twice long" {
		t.Errorf("%q", got)
	}
	d.Encoding, d.Form = "utf-8", pipeline.AsArticle
	if got := names(lint.Changed{"a.md": nil}.Filter(d, twice())); got != "twice long" {
		t.Errorf("%q", got)
	}
}
