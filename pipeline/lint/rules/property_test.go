package rules_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
	"copydesk/pipeline/matter"

	"github.com/rogpeppe/go-internal/txtar"
)

// A pair is two linters with the same rules in different order.
type pair struct{ l, shuffled *lint.Linter }

// check holds the fixes of all rules to what they promise for any text, and returns what was reported
// on fixes that were rolled back.
func (p pair) check(t *testing.T, name string, text []byte) (rolledBack []pipeline.Diagnostic) {
	t.Helper()
	for _, safety := range []pipeline.Safety{pipeline.Safe, pipeline.Unsafe} {
		d := document(name, text)
		before := p.l.Check(d)
		for _, f := range before {
			checkFinding(t, text, f)
		}
		if _, err := p.l.Fix(d, safety); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		rolledBack = append(rolledBack, d.Diagnostics...)
		again := document(name, d.Text)
		if n, _ := p.l.Fix(again, safety); n != 0 || !bytes.Equal(again.Text, d.Text) {
			t.Errorf("a second run applies %d %s fixes to %q", n, safety, d.Text)
		}
		other := document(name, text)
		if _, err := p.shuffled.Fix(other, safety); err != nil || !bytes.Equal(other.Text, d.Text) {
			t.Errorf("%s fixes of %q depend on the order of rules: %q and %q", safety, text, d.Text, other.Text)
		}
		if safety == pipeline.Safe {
			checkValues(t, before, text, d)
		}
	}
	return rolledBack
}

func checkFinding(t *testing.T, text []byte, f pipeline.Diagnostic) {
	t.Helper()
	inside := func(s pipeline.Span) bool { return 0 <= s.Start && s.Start <= s.End && s.End <= len(text) }
	if !inside(f.Span) || f.Message == "" {
		t.Errorf("%q: the finding %v lies outside", text, f)
	}
	for _, fix := range f.Fixes {
		if _, err := pipeline.SortEdits(fix.Edits, len(text)); err != nil || len(fix.Edits) == 0 {
			t.Errorf("%q: %s %s: %v", text, f.Code, fix.Title, err)
		}
	}
}

// checkValues compares all front matter values but those that a fix declares, without help of the engine.
func checkValues(t *testing.T, found []pipeline.Diagnostic, text []byte, after *pipeline.Document) {
	t.Helper()
	var declared []string
	for _, f := range found {
		for _, fix := range f.Fixes {
			declared = append(declared, fix.Keys...)
		}
	}
	old, now := matter.Read(text).Root, matter.Of(after).Root
	old.Walk(func(pointer string, n *matter.Node) {
		if within(declared, pointer) || n.Kind == matter.Mapping || n.Kind == matter.Sequence {
			return
		}
		// Of duplicate keys the last counts in both.
		was, is := old.At(pointer), now.At(pointer)
		if was != nil && (is == nil || was.Kind != is.Kind || was.Value != is.Value) {
			t.Errorf("%q: the value %s changes", text, pointer)
		}
	})
}

// within tells whether one of the pointers is the given one or leads to what it is in.
func within(declared []string, pointer string) bool {
	return slices.ContainsFunc(declared, func(d string) bool { return pointer == d || strings.HasPrefix(pointer, d+"/") })
}

func linters(t testing.TB) pair {
	list := rules.All()
	l := linter(t, list)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return pair{l, linter(t, list)}
}

// seeds are the articles of all cases.
func seeds(t testing.TB) (names []string, texts [][]byte) {
	files, err := filepath.Glob("../../../testdata/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases: ", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range split(archive) {
			_, name, _ := strings.Cut(c.article.Name, "/")
			names = append(names, name)
			texts = append(texts, []byte(marks.Replace(string(c.article.Data))))
		}
	}
	return names, texts
}

// TestMutations holds the fixes to their promises on mixtures of the articles of all cases.
func TestMutations(t *testing.T) {
	both := linters(t)
	names, texts := seeds(t)
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		i := random.IntN(len(texts))
		both.check(t, names[i], mutate(random, texts[i], texts[random.IntN(len(texts))]))
		if t.Failed() {
			return
		}
	}
}

// mutate drops, doubles and swaps lines, and puts in some of another text.
func mutate(r *rand.Rand, text, other []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	more := bytes.SplitAfter(other, []byte("\n"))
	for range r.IntN(4) {
		i, j := r.IntN(len(lines)), r.IntN(len(lines))
		switch r.IntN(5) {
		case 0:
			lines = slices.Delete(lines, i, i+1)
			if len(lines) == 0 {
				return nil
			}
		case 1:
			lines = slices.Insert(lines, i, lines[j])
		case 2:
			lines[i], lines[j] = lines[j], lines[i]
		case 3:
			lines = slices.Insert(lines, i, more[r.IntN(len(more)):]...)
		case 4:
			lines[i] = append([]byte([]string{" ", "    ", "\t", "\n", "\r", "<pre>", "<div>\n\n", "---\n", "\uFEFF"}[r.IntN(9)]), lines[i]...)
		}
	}
	return bytes.Join(lines, nil)
}

// TestRealArticles holds the fixes to their promises on scraped articles.
func TestRealArticles(t *testing.T) {
	both := linters(t)
	eachArticle(t, corpus(t, "seedlike"), func(path string, text []byte) {
		for _, f := range both.check(t, filepath.ToSlash(path), text) {
			t.Errorf("%s: %s", path, f.Message)
		}
	})
}

// TestModel looks at the article that the project is modelled on, if it is there.
func TestModel(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(corpus(t, "seedlike"), "exact", "000_c86397a2bbd07763.txt"))
	if err != nil {
		t.Skip(err)
	}
	l := onDisk(t, "archive")
	want := map[string]pipeline.Position{
		"FM001": {Line: 1, Column: 1}, "MT001": {Line: 11, Column: 7}, "HT003": {Line: 17, Column: 161},
		"HT005": {Line: 17, Column: 253}, "HT012": {Line: 27, Column: 12}, "SE001": {Line: 30, Column: 68}, "HT017": {Line: 38, Column: 1},
		"FM019": {Line: 4, Column: 12}, "MT007": {Line: 2, Column: 1}, "MT008": {Line: 2, Column: 1}, "MT012": {Line: 12, Column: 12}, "MT017": {Line: 6, Column: 4}, "HT004": {Line: 17, Column: 4}, "LK003": {Line: 30, Column: 68},
	}
	d := document("a.txt", text)
	lines := pipeline.NewLines(text)
	for _, f := range l.Check(d) {
		if at, ok := want[f.Code]; ok && at == lines.At(f.Span.Start, pipeline.CodePoints) {
			delete(want, f.Code)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
	n, err := l.Fix(d, pipeline.Safe)
	changed := strings.NewReplacer("\n---\ntitle", "---\ntitle", "Fri, 22 Jul 2022 22:48:17 GMT", "2022-07-22T22:48:17Z",
		` href="javascript:;"`, "",
		"categories: \n", "categories:\n", `target="_blank">`, `target="_blank" rel="noopener">`,
		"\n           <p class=\"end\">", "\n<p class=\"end\">", "</div>\n            ", "</div>\n")
	if fixed := changed.Replace(string(text)); err != nil || string(d.Text) != fixed {
		t.Errorf("%d fixes, %v: got\n%s\nwant\n%s", n, err, d.Text, fixed)
	}
}

func FuzzFix(f *testing.F) {
	names, texts := seeds(f)
	for i := range texts {
		f.Add(names[i], texts[i])
	}
	both := linters(f)
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		if !strings.Contains(name, "\x00") && len(text) < 4096 {
			both.check(t, name, text)
		}
	})
}
