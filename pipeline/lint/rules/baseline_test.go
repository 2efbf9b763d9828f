package rules_test

import (
	"path/filepath"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
)

// judgeAll takes all rules for such that there are and that ran.
var judgeAll = lint.Judge{
	Exists: func(string) bool { return true },
	Runs:   func(string, string) bool { return true },
	Named:  func(string) bool { return true },
}

// baselined makes a linter of all rules with a baseline.
func baselined(t testing.TB, b *lint.Baseline) *lint.Linter {
	t.Helper()
	l, err := lint.New(lint.Options{Rules: rules.All(), Filters: []lint.Filter{b}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func openBaseline(t testing.TB, path string, record bool) *lint.Baseline {
	t.Helper()
	b, err := lint.OpenBaseline(path, record)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// counts counts findings by code.
func counts(found []pipeline.Diagnostic) map[string]int {
	n := map[string]int{}
	for _, f := range found {
		n[f.Code]++
	}
	return n
}

// moves are ways to change a text that no known finding may be lost by.
var moves = map[string]func(string) string{
	"as it is":          func(s string) string { return s },
	"lines in the body": func(s string) string { return inBody(s, "新的一行，在前面。\n\n<p>Another.</p>\n\n") },
	"a key":             func(s string) string { return strings.Replace(s, "---\n", "---\nnumber: 7\n# 说明\n", 1) },
	"CRLF":              func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\n", "\r\n") },
	"indentation":       func(s string) string { return strings.ReplaceAll(s, "\n<", "\n  <") },
	"lines at the end":  func(s string) string { return s + "\n\nThe end.\n" },
}

func inBody(s, text string) string {
	at := document("a.md", []byte(s)).Body().Start
	return s[:at] + text + s[at:]
}

// elsewhere are the rules whose finding moves to another key or line by a change: it is another one then.
var elsewhere = map[string]string{
	"a key":             "FM020 CD001", // The first key out of order; of a comment's words those that are not needed.
	"lines in the body": "FM029 SE005", // The first line that ends in another way than most; what has no place in the body stands at its first line.
	"lines at the end":  "FM029 SE005",
}

// checkBaseline writes a baseline of a text and holds it against the text with lines moved.
func checkBaseline(t *testing.T, plain *lint.Linter, name string, text []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "known.json")
	b := openBaseline(t, path, true)
	found := baselined(t, b).Check(document(name, text))
	if _, _, err := b.Write(judgeAll); err != nil {
		t.Fatal(err)
	}
	before := counts(found)
	for how, move := range moves {
		moved := []byte(move(string(text)))
		all := plain.Check(document(name, moved))
		b := openBaseline(t, path, false)
		now, left := counts(all), counts(baselined(t, b).Check(document(name, moved)))
		for code := range now {
			if want := max(0, now[code]-before[code]); left[code] != want && !strings.Contains(elsewhere[how], code) {
				t.Errorf("%s: of %d %s, %d were known before %s, and %d are new, not %d: %q", name, now[code], code, before[code], how, left[code], want, moved)
			}
		}
	}
}

func TestBaseline(t *testing.T) {
	plain, err := lint.New(lint.Options{Rules: rules.All()})
	if err != nil {
		t.Fatal(err)
	}
	names, texts := seeds(t)
	for i, text := range texts {
		checkBaseline(t, plain, names[i], text)
	}
}

// TestBaselineOfRealArticles does so with scraped ones.
func TestBaselineOfRealArticles(t *testing.T) {
	plain, err := lint.New(lint.Options{Rules: rules.All()})
	if err != nil {
		t.Fatal(err)
	}
	eachArticle(t, corpus(t, "seedlike"), func(path string, text []byte) {
		checkBaseline(t, plain, filepath.ToSlash(path), text)
	})
}

// TestBaselineOutlastsFixes knows what has no safe fix, and has all else repaired around it.
func TestBaselineOutlastsFixes(t *testing.T) {
	plain, err := lint.New(lint.Options{Rules: rules.All()})
	if err != nil {
		t.Fatal(err)
	}
	var unsafe []lint.Rule
	for _, r := range rules.All() {
		// Of several mistakes in the syntax one is told; what points at a value, a tag or a comment that is repaired is another finding then.
		if !strings.HasPrefix(r.Fix, "safe") && !strings.Contains("FM008 FM028 MT003 MT004 SE002 CD003", r.Code) {
			unsafe = append(unsafe, r)
		}
	}
	names, texts := seeds(t)
	known := 0
	for i, text := range texts {
		path := filepath.Join(t.TempDir(), "known.json")
		b := openBaseline(t, path, true)
		l, err := lint.New(lint.Options{Rules: unsafe, Filters: []lint.Filter{b}})
		if err != nil {
			t.Fatal(err)
		}
		before := counts(l.Check(document(names[i], text)))
		if _, _, err := b.Write(judgeAll); err != nil {
			t.Fatal(err)
		}
		d := document(names[i], text)
		b = openBaseline(t, path, false)
		if _, err := baselined(t, b).Fix(d, pipeline.Safe); err != nil {
			t.Fatal(err)
		}
		after, left := counts(plain.Check(d)), counts(baselined(t, b).Check(d))
		for code, n := range before {
			if want := max(0, after[code]-n); left[code] != want {
				t.Errorf("%s: %d %s were known before the others were repaired, now %d of %d are new: %q", names[i], n, code, left[code], after[code], d.Text)
			}
			known += n
		}
	}
	if known < 100 {
		t.Errorf("only %d findings were known", known)
	}
}
