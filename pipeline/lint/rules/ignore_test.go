package rules_test

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
)

// remaining are the findings that can be suppressed.
func remaining(l *lint.Linter, d *pipeline.Document) []pipeline.Diagnostic {
	return slices.DeleteFunc(l.Check(d), func(f pipeline.Diagnostic) bool { return lint.OnlyWholeFile(f.Code) })
}

// checkIgnoring adds suppressions to a text and looks whether they change anything else.
func checkIgnoring(t *testing.T, l *lint.Linter, name string, text []byte) (ignored, left int) {
	t.Helper()
	d := document(name, text)
	before, found := d.Body().Of(text), remaining(l, d)
	n, err := l.Ignore(d, "因为 as it was")
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	still := remaining(l, d)
	if len(found)-n != len(still) || n > 0 == bytes.Equal(text, d.Text) {
		t.Errorf("%q: %d of %d findings were suppressed, and %v remain in %q", text, n, len(found), still, d.Text)
	}
	was := map[string]int{}
	for _, f := range found {
		was[f.Code]++
	}
	for code, n := range counts(still) {
		if n > was[code] {
			t.Errorf("%q: suppressions bring about %s in %q", text, code, d.Text)
		}
	}
	if was, is := shown(t, d.Format, before), shown(t, d.Format, d.Body().Of(d.Text)); was != is {
		t.Errorf("%q becomes %q, which shows\n%s\ninstead of\n%s", text, d.Text, is, was)
	}
	if was, is := values(text), values(d.Text); was != is {
		t.Errorf("%q becomes %q, whose values are\n%s\ninstead of\n%s", text, d.Text, is, was)
	}
	for _, f := range l.Check(d) {
		if f.Code == "CD001" && !bytes.Contains(text, []byte("copydesk:")) {
			t.Errorf("%q: an unused suppression was added: %q", text, d.Text)
		}
	}
	again := document(name, d.Text)
	if n, _ := l.Ignore(again, "因为 as it was"); n != 0 || !bytes.Equal(again.Text, d.Text) {
		t.Errorf("%q: a second run adds %d more to %q: %q", text, n, d.Text, again.Text)
	}
	return n, len(still)
}

// TestIgnoring suppresses all findings in the articles of all cases, and in mixtures of them.
func TestIgnoring(t *testing.T) {
	l := linter(t, rules.All())
	names, texts := seeds(t)
	random := rand.New(rand.NewPCG(9, 10))
	ignored, left := 0, 0
	for i := range len(texts) + 40 {
		name, text := names[i%len(texts)], texts[i%len(texts)]
		if i >= len(texts) {
			text = mutate(random, text, texts[random.IntN(len(texts))])
		}
		n, still := checkIgnoring(t, l, name, text)
		ignored, left = ignored+n, left+still
	}
	if t.Logf("%d findings were suppressed, %d were not", ignored, left); ignored < 50*left {
		t.Errorf("only %d findings were suppressed, and %d were not", ignored, left)
	}
}

// TestIgnoringRealArticles does so with scraped ones.
func TestIgnoringRealArticles(t *testing.T) {
	l := onDisk(t, "strict")
	every := 0
	eachArticle(t, corpus(t, "seedlike"), func(path string, text []byte) {
		if every++; every%8 > 0 {
			return // A run over all of them takes a minute.
		}
		if _, left := checkIgnoring(t, l, filepath.ToSlash(path), text); left > 0 {
			t.Errorf("%s: %d findings could not be suppressed", path, left)
		}
	})
}
