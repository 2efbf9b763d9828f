package lint_test

import (
	"bytes"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

// replaces is a rule whose fix replaces each old by new, declaring keys.
func replaces(code, old, new string, safety pipeline.Safety, keys ...string) lint.Rule {
	return with(code, "replace-"+strings.Repeat(string(code[4]|0x60), 2), func(p *lint.Pass) {
		text := p.Text()
		for from := 0; ; {
			i := bytes.Index(text[from:], []byte(old))
			if i < 0 {
				return
			}
			start := from + i
			from = start + len(old)
			p.ReportFix(at(start, from), old+" stands here", pipeline.Fix{
				Title: "write " + new, Safety: safety, Keys: keys,
				Edits: []pipeline.Edit{{Start: start, End: from, Text: new}},
			})
		}
	})
}

// rolledBack stands for the rule of the catalogue that rollbacks are reported by.
func rolledBack() lint.Rule { return with(lint.RolledBack, "fix-rolled-back", func(*lint.Pass) {}) }

const article = "---\ntitle: Rain\ntags: [a, b]\n---\nIt rained, it rained.\n"

func TestFix(t *testing.T) {
	for _, c := range []struct {
		name     string
		rules    []lint.Rule
		safety   pipeline.Safety
		applied  int
		want     string // in place of the article
		reported string // part of each finding that Fix reports
	}{
		{"safe", []lint.Rule{replaces("TT001", "rained", "poured", pipeline.Safe)}, pipeline.Safe, 2,
			strings.ReplaceAll(article, "rained", "poured"), ""},
		{"unsafe is not applied", []lint.Rule{replaces("TT001", "rained", "poured", pipeline.Unsafe)}, pipeline.Safe, 0, article, ""},
		{"unsafe is applied", []lint.Rule{replaces("TT001", "rained", "poured", pipeline.Unsafe)}, pipeline.Unsafe, 2,
			strings.ReplaceAll(article, "rained", "poured"), ""},
		{"a hint never is", []lint.Rule{replaces("TT001", "rained", "poured", pipeline.Hint)}, pipeline.Hint, 0, article, ""},
		{"overlapping ones follow", []lint.Rule{replaces("TT001", "it rained", "it poured", pipeline.Safe),
			replaces("TT002", "rained.", "stopped.", pipeline.Safe)}, pipeline.Safe, 1,
			strings.ReplaceAll(article, "it rained", "it poured"), ""},
		{"in rounds", []lint.Rule{replaces("TT001", "It rained", "It poured", pipeline.Safe),
			replaces("TT002", "poured,", "poured;", pipeline.Safe)}, pipeline.Safe, 2,
			strings.ReplaceAll(article, "It rained,", "It poured;"), ""},
		{"a value that was not declared", []lint.Rule{replaces("TT001", "Rain", "Wind", pipeline.Safe)}, pipeline.Safe, 0, article,
			"the fix of TT001 replace-qq was rolled back: the front matter value /title changes"},
		{"a value that was declared", []lint.Rule{replaces("TT001", "Rain", "Wind", pipeline.Safe, "/title")}, pipeline.Safe, 1,
			strings.ReplaceAll(article, "Rain", "Wind"), ""},
		{"an item of a list that was declared", []lint.Rule{replaces("TT001", "[a, b]", "[c]", pipeline.Safe, "/tags")}, pipeline.Safe, 1,
			strings.ReplaceAll(article, "[a, b]", "[c]"), ""},
		{"a new value", []lint.Rule{replaces("TT001", "title: Rain\n", "title: Rain\nnew: 1\n", pipeline.Safe, "/title")}, pipeline.Safe, 0,
			article, "the front matter value /new comes into being"},
		{"front matter that breaks", []lint.Rule{replaces("TT001", "[a, b]", "[a, b", pipeline.Safe, "/tags")}, pipeline.Safe, 0, article,
			"the front matter can't be read any more"},
		{"a fence that goes", []lint.Rule{replaces("TT001", "]\n---\n", "]\n", pipeline.Safe)}, pipeline.Safe, 0, article, "rolled back"},
		{"an edit across the fence", []lint.Rule{replaces("TT001", "---\nIt", "---\nThen", pipeline.Safe)}, pipeline.Safe, 0, article,
			"it reaches from the front matter into the body"},
		{"only the guilty one", []lint.Rule{replaces("TT001", "Rain", "Wind", pipeline.Safe), replaces("TT002", "rained", "poured", pipeline.Safe)},
			pipeline.Safe, 2, strings.ReplaceAll(article, "rained", "poured"), "the front matter value /title changes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLinter(t, lint.Options{Rules: append(c.rules, rolledBack())})
			d := document(article)
			n, err := l.Fix(d, c.safety)
			if n != c.applied || err != nil || string(d.Text) != c.want {
				t.Errorf("%d fixes, %v; got\n%s\nwant %d and\n%s", n, err, d.Text, c.applied, c.want)
			}
			if (len(d.Diagnostics) > 0) != (c.reported != "") {
				t.Errorf("reported %v, want %q", d.Diagnostics, c.reported)
			}
			for _, f := range d.Diagnostics {
				if f.Code != lint.RolledBack || !strings.Contains(f.Message, c.reported) {
					t.Errorf("reported %s %s, want %q", f.Code, f.Message, c.reported)
				}
			}
		})
	}
}

func TestFixMakesNoFrontMatter(t *testing.T) {
	text := "x---\ntitle: Rain\n---\nIt rained.\n"
	l := newLinter(t, lint.Options{Rules: []lint.Rule{replaces("TT001", "x---", "---", pipeline.Safe), rolledBack()}})
	d := document(text)
	if n, err := l.Fix(d, pipeline.Safe); n != 0 || err != nil || string(d.Text) != text || len(d.Diagnostics) != 1 {
		t.Errorf("%d, %v: %q, %v", n, err, d.Text, d.Diagnostics)
	}
	l = newLinter(t, lint.Options{Rules: []lint.Rule{replaces("TT001", "x---", "---", pipeline.Safe, ""), rolledBack()}})
	if n, err := l.Fix(d, pipeline.Safe); n != 1 || err != nil || string(d.Text) != text[1:] {
		t.Errorf("all of it declared: %d, %v: %q", n, err, d.Text)
	}
}

// TestFixInsertions has two rules insert at one place: each in a round of its own.
func TestFixInsertions(t *testing.T) {
	inserts := func(code, mark string) lint.Rule {
		return with(code, "insert-"+mark, func(p *lint.Pass) {
			if i := bytes.IndexByte(p.Text(), '!'); i >= 0 && !bytes.Contains(p.Text(), []byte(mark)) {
				p.ReportFix(at(i, i), "no "+mark, pipeline.Fix{Title: "write it", Edits: []pipeline.Edit{{Start: i, End: i, Text: mark}}})
			}
		})
	}
	for _, list := range [][]lint.Rule{
		{inserts("TT001", "a"), inserts("TT002", "b")}, {inserts("TT002", "b"), inserts("TT001", "a")},
	} {
		d := document("1!\n")
		n, err := newLinter(t, lint.Options{Rules: list}).Fix(d, pipeline.Safe)
		if n != 2 || err != nil || string(d.Text) != "1ab!\n" {
			t.Errorf("%d, %v: %q", n, err, d.Text)
		}
	}
}

// TestFixEnds has a rule whose fixes never come to an end, and one whose edits can't be applied.
func TestFixEnds(t *testing.T) {
	grow := with("TT001", "grow", func(p *lint.Pass) {
		n := len(p.Text())
		p.ReportFix(at(0, 0), "too short", pipeline.Fix{Title: "grow", Edits: []pipeline.Edit{{Start: n, End: n, Text: "x"}}})
	})
	wrong := with("TT002", "wrong", func(p *lint.Pass) {
		for _, e := range [][]pipeline.Edit{{{Start: 0, End: 2}, {Start: 1, End: 3}}, {{Start: 0, End: 1000}}, {{Start: -1, End: 0}}, {{Start: 2, End: 1}}} {
			p.ReportFix(at(0, e[0].Start+2), "wrong", pipeline.Fix{Title: "break", Edits: e})
		}
	})
	d := document("abc\n")
	n, err := newLinter(t, lint.Options{Rules: []lint.Rule{grow, wrong}}).Fix(d, pipeline.Safe)
	if n != 10 || err != nil || string(d.Text) != "abc\nxxxxxxxxxx" {
		t.Errorf("%d, %v: %q", n, err, d.Text)
	}
}

// TestFixManyGuilty has more guilty fixes than are looked for one by one.
func TestFixManyGuilty(t *testing.T) {
	var b strings.Builder
	b.WriteString("---\n")
	for i := range 150 {
		b.WriteString("k" + strings.Repeat("x", i) + ": Rain\n")
	}
	b.WriteString("---\nIt rained.\n")
	l := newLinter(t, lint.Options{Rules: []lint.Rule{
		replaces("TT001", "Rain", "Wind", pipeline.Safe), replaces("TT002", "rained", "poured", pipeline.Safe), rolledBack(),
	}})
	d := document(b.String())
	n, err := l.Fix(d, pipeline.Safe)
	if err != nil || n > 1 || len(d.Diagnostics) != 151-n || strings.Contains(string(d.Text), "Wind") {
		t.Errorf("%d applied, %v, %d reported", n, err, len(d.Diagnostics))
	}
}
