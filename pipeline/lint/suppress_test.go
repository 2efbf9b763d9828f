package lint_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

// finds is a rule that reports a word wherever it stands, and has a fix that writes it in capitals.
func finds(code, name, word string) lint.Rule {
	return with(code, name, func(p *lint.Pass) {
		for from := 0; ; {
			i := bytes.Index(p.Text()[from:], []byte(word))
			if i < 0 {
				return
			}
			start := from + i
			from = start + len(word)
			p.ReportFix(at(start, from), word, pipeline.Fix{
				Title: "write capitals", Keys: []string{""}, Edits: []pipeline.Edit{{Start: start, End: from, Text: strings.ToUpper(word)}},
			})
		}
	})
}

func TestSuppression(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{ // The lines where red and blue are found.
		{"its own line", "red <!-- copydesk: ignore[TT001] -->\nred\n", "2 red"},
		{"the next line", "<!-- copydesk: ignore[TT001] -->\nred\nred\n", "3 red"},
		{"what follows on the line", "<!-- copydesk: ignore[TT001] --> red\nred\n", "2 red"},
		{"blank lines are passed over", "<!-- copydesk: ignore[TT001] -->\n\n \nred\nred\n", "5 red"},
		{"comments are passed over", "<!-- copydesk: ignore[TT001] -->\n<!-- a -->\n<!-- copydesk: ignore[TT002] -->\nred blue\nred\n", "5 red"},
		{"two on a line", "<!-- copydesk: ignore[TT001] --> <!-- copydesk: ignore[TT002] -->\nred blue\n", ""},
		{"two at the end of a line", "red blue <!-- copydesk: ignore[TT001] --> <!-- copydesk: ignore[TT002] -->\nred\n", "2 red"},
		{"several rules", "<!-- copydesk: ignore[TT001, TT002] why -->\nred blue\n", ""},
		{"only the rules named", "<!-- copydesk: ignore[TT002] -->\nred blue\n", "2 red"},
		{"by name and group, in capitals", "<!-- copydesk: ignore[FIND-RED] -->\nred blue\n<!-- copydesk: ignore[Test] -->\nred blue\n", "2 blue"},
		{"by the beginning of a code", "<!-- copydesk: ignore[tt] -->\nred blue\n<!-- copydesk: ignore[TT00] -->\nred\n<!-- copydesk: ignore[T] -->\nred\n", "6 red"},
		{"several lines long", "<!-- copydesk: ignore[TT001]\n why -->\nred\nred\n", "4 red"},
		{"in a quote", "> <!-- copydesk: ignore[TT001] -->\n>\n> red\n", ""},
		{"CR alone", "<!-- copydesk: ignore[TT001] -->\rred\rred\r", "3 red"},
		{"at the end of the text", "red\n<!-- copydesk: ignore[TT001] -->", "1 red"},
		{"a range", "red\n<!-- copydesk: ignore-start[TT001] -->\nred blue\n\nred\n<!-- copydesk: ignore-end[tt001] -->\nred\n", "1 red, 3 blue, 7 red"},
		{"ranges that overlap", "<!-- copydesk: ignore-start[TT001, TT002] -->\nred blue\n<!-- copydesk: ignore-end[TT001] -->\nred blue\n" +
			"<!-- copydesk: ignore-end[TT002] -->\nred blue\n", "4 red, 6 red, 6 blue"},
		{"a range without an end", "---\na: 1 # red\n# copydesk: ignore-start[TT001]\nb: 1 # red\n---\nred\n", "2 red, 6 red"},
		{"a file, said in the body", "---\na: 1 # red\n---\nred blue\n\n<!-- copydesk: ignore-file[TT001] -->\n", "4 blue"},
		{"a file, said in the front matter", "---\n# copydesk: ignore-file[TT001]\na: 1 # red\n---\nred blue\n", "5 blue"},
		{"YAML", "---\na: red # copydesk: ignore[TT001]\nb: red\n# copydesk: ignore[TT001]\n# more\n\nc: red\n---\nred\n", "3 red, 9 red"},
		{"the end of front matter", "---\na: 1\n# copydesk: ignore[TT001]\n---\nred\n", "5 red"},
		{"TOML", "+++\na = 'red' # copydesk: ignore[TT001]\nb = '''red\n# copydesk: ignore[TT001]\nred'''\n+++\n", "3 red, 5 red"},
		{"YAML, a value of several lines", "---\na: | # copydesk: ignore[TT001]\n  red # copydesk: ignore[TT001]\nb: red#copydesk: ignore[TT001]\n---\n", "3 red, 4 red"},
		{"YAML that can't be read", "---\na: [red # copydesk: ignore[TT001]\n---\nred <!-- copydesk: ignore[TT001] -->\n", "2 red"},
		{"JSON", "{\"a\": \"red # copydesk: ignore[TT001]\"}\nred\n\n<!-- copydesk: ignore-file[TT002] --> blue\n", "1 red, 2 red"},
		{"before the fence", "<!-- copydesk: ignore-file[TT002] -->\n---\na: blue red\n---\n", "3 red"},
		{"code is none", "`<!-- copydesk: ignore[TT001] -->` red\n\n    <!-- copydesk: ignore-file[TT001] -->\n", "1 red"},
		{"no brackets", "red <!-- copydesk: ignore -->\n", "1 red"},
		{"an engine's rule", "green <!-- copydesk: ignore[CD006] -->\n", "1 green"},
		{"an engine's rule, for the file", "green <!-- copydesk: ignore-file[CD006] -->\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLinter(t, lint.Options{Rules: []lint.Rule{
				finds("TT001", "find-red", "red"), finds("TT002", "find-blue", "blue"), finds("CD006", "find-green", "green"),
			}})
			d := document(c.text)
			lines := pipeline.NewLines(d.Text)
			var got []string
			for _, f := range l.Check(d) {
				got = append(got, fmt.Sprint(lines.Number(f.Span.Start), " ", f.Message))
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("found %q, want %s", got, c.want)
			}
			if n, err := l.Fix(d, pipeline.Safe); n != len(got) || err != nil {
				t.Errorf("%d fixes for %d findings, %v: %q", n, len(got), err, d.Text)
			}
		})
	}
}

func TestSuppressedLater(t *testing.T) {
	later := with("TT001", "same-title", nil)
	later.New = func() lint.Checker { return &titles{seen: map[string]bool{"Rain": true}} }
	l := newLinter(t, lint.Options{Rules: []lint.Rule{later}})
	if found := l.Finish(document("---\ntitle: Rain # copydesk: ignore[TT001]\n---\n")); len(found) > 0 {
		t.Error(found)
	}
	l = newLinter(t, lint.Options{Rules: []lint.Rule{replaces("TT001", "Rain", "Wind", pipeline.Safe), rolledBack()}})
	d := document("---\n# copydesk: ignore-file[CD007]\ntitle: Rain\n---\n")
	if n, err := l.Fix(d, pipeline.Safe); n != 0 || err != nil || len(d.Diagnostics) > 0 {
		t.Error(n, err, d.Diagnostics)
	}
}

// judgeOf is a reviewer as a function.
type judgeOf func(*lint.Pass)

func (judgeOf) Check(*lint.Pass)      {}
func (j judgeOf) Review(p *lint.Pass) { j(p) }

func TestReview(t *testing.T) {
	judge := with("CD001", "judge", nil)
	judge.New = func() lint.Checker {
		return judgeOf(func(p *lint.Pass) {
			for _, s := range p.Suppressions() {
				for _, r := range s.Rules {
					p.Report(r.Span, "%s %q %s used %t ran %t", s.Kind, s.Reason, r.Word, p.Used(r), p.Ran(r.Word))
				}
			}
		})
	}
	l := newLinter(t, lint.Options{Rules: []lint.Rule{judge, finds("TT001", "find-red", "red")}})
	var got []string
	for _, f := range l.Check(document("red <!-- copydesk: ignore[TT001, TT002] a b -->\n")) {
		got = append(got, f.Message)
	}
	want := `ignore "a b" TT001 used true ran true, ignore "a b" TT002 used false ran false`
	if strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %s", got, want)
	}
	if found := l.Check(document("It rained.\n")); len(found) > 0 {
		t.Error(found)
	}
}

// TestManySuppressions has texts that would take long if each comment were compared with each other one.
func TestManySuppressions(t *testing.T) {
	l := newLinter(t, lint.Options{Rules: []lint.Rule{finds("TT001", "find-red", "red")}})
	const n = 20_000
	for name, text := range map[string]string{
		"lines":       strings.Repeat("<!-- copydesk: ignore[TT001] -->\nred\n", n),
		"one line":    strings.Repeat("<!-- copydesk: ignore[TT001] --> red ", n),
		"in a row":    strings.Repeat("<!-- copydesk: ignore[TT001] -->\n<!-- a -->\n", n),
		"never ended": strings.Repeat("<!-- copydesk: ignore[TT001] ", n),
		"words":       "<!-- copydesk: ignore[" + strings.Repeat("TT001,", n) + "TT001] --> red",
		"ranges":      strings.Repeat("<!-- copydesk: ignore-start[TT001] -->\nred\n", n),
		"marks":       strings.Repeat("copydesk:   ", n),
		"YAML":        "---\na: 1\n" + strings.Repeat("# copydesk: ignore[TT001] red\n", 2000) + "---\n",
		"YAML values": "---\na:\n" + strings.Repeat("- red # copydesk: ignore[TT001]\n", 2000) + "---\n",
	} {
		for _, file := range []string{"a.md", "a.html"} {
			start := time.Now()
			d := document(text)
			if file == "a.html" {
				d.Format = pipeline.HTML
			}
			l.Check(d)
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%s as %s takes %s", name, file, took)
			} else {
				t.Log(name, file, took)
			}
		}
	}
}
