package rules_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

// writing gives the two ways to write a comment: at the end of line n of a text, from 0, or on a line above it.
func writing(text []byte, n int, above bool, comment string) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	if n >= len(lines) {
		return nil
	}
	if above {
		lines = slices.Insert(lines, n, []byte(comment+"\n"))
	} else {
		line := bytes.TrimRight(lines[n], "\r\n")
		lines[n] = slices.Concat(line, []byte(" "+comment), lines[n][len(line):])
	}
	return bytes.Join(lines, nil)
}

// comments are the two forms of a suppression of a rule, or of what is as long as a code.
func comments(code string) []string {
	return []string{"# copydesk: ignore[" + code + "] why", "<!-- copydesk: ignore[" + code + "] why -->"}
}

// checkSuppressing writes a suppression of each finding and looks whether that finding goes, and no other:
// compared with the same text where the comment names no rule.
func checkSuppressing(t *testing.T, l *lint.Linter, name string, text []byte, most int) (suppressed int) {
	t.Helper()
	table := pipeline.NewLines(text)
	for _, f := range l.Check(document(name, text)) {
		for form := range 4 {
			if most--; most < 0 || lint.OnlyWholeFile(f.Code) {
				continue
			}
			n := bytes.Count(text[:f.Span.Start], []byte("\n"))
			write := func(code string) []byte { return writing(text, n, form < 2, comments(code)[form%2]) }
			neutral, real := write("ZZ999"), write(f.Code)
			without, with := l.Check(document(name, neutral)), l.Check(document(name, real))
			dropped, other := difference(without, with)
			if len(other) > 0 {
				t.Errorf("%s: a suppression of %s brings about %v in %q", name, f.Code, other, real)
			}
			understood := slices.ContainsFunc(without, func(f pipeline.Diagnostic) bool { return strings.Contains(f.Message, `"ZZ999"`) })
			where := pipeline.NewLines(real)
			for _, d := range dropped {
				if !understood || d.Code != f.Code || where.Number(d.Span.Start) != where.Number(dropped[0].Span.Start) {
					t.Errorf("%s: a suppression of %s at line %d drops %v in %q", name, f.Code, table.Number(f.Span.Start), d, real)
				}
			}
			suppressed += len(dropped)
		}
	}
	return suppressed
}

// difference gives what is in a and not in b, and the other way round, but for the rules on suppressions.
func difference(a, b []pipeline.Diagnostic) (onlyA, onlyB []pipeline.Diagnostic) {
	missing := func(from, in []pipeline.Diagnostic) (out []pipeline.Diagnostic) {
		key := func(f pipeline.Diagnostic) string { return fmt.Sprint(f.Span, f.Code) } // Messages may quote the comment.
		have := map[string]bool{}
		for _, f := range in {
			have[key(f)] = true
		}
		for _, f := range from {
			if !have[key(f)] && !lint.OnlyWholeFile(f.Code) {
				out = append(out, f)
			}
		}
		return out
	}
	return missing(a, b), missing(b, a)
}

// TestSuppressing suppresses the findings in the articles of all cases.
func TestSuppressing(t *testing.T) {
	l := linter(t, rules.All())
	names, texts := seeds(t)
	suppressed := 0
	for i, text := range texts {
		suppressed += checkSuppressing(t, l, names[i], text, 200)
	}
	if suppressed < len(texts) {
		t.Errorf("only %d findings were suppressed in %d articles", suppressed, len(texts))
	}
}

// TestSuppressionIsNoFault has a comment behind a title, which is a fault unless it is a suppression.
func TestSuppressionIsNoFault(t *testing.T) {
	l := linter(t, rules.All())
	for comment, want := range map[string]int{"# copydesk: ignore[MT005] as printed": 0, "# as printed": 1} {
		found := l.Check(document("a.md", []byte("---\ntitle: Rain "+comment+"\n---\nIt rained.\n")))
		found = slices.DeleteFunc(found, func(f pipeline.Diagnostic) bool { return f.Code != "FM016" })
		if len(found) != want {
			t.Errorf("%s: %v, want %d findings", comment, found, want)
		}
	}
}

// checkRemoving writes a comment that suppresses nothing and looks whether its removal
// changes anything that is parsed or shown.
func checkRemoving(t *testing.T, l *lint.Linter, name string, text []byte) (removed int) {
	t.Helper()
	d := document(name, text)
	before := d.Body().Of(text)
	n, err := l.Fix(d, pipeline.Safe)
	if err != nil {
		t.Errorf("%q: %v", text, err)
	}
	for _, f := range d.Diagnostics { // A comment may be all that keeps something from being front matter.
		if !strings.HasSuffix(f.Message, "the body begins elsewhere") {
			t.Errorf("%q: %v", text, f)
		}
	}
	after := d.Body().Of(d.Text)
	if was, is := shown(t, d.Format, before), shown(t, d.Format, after); was != is {
		t.Errorf("%q becomes %q, which shows\n%s\ninstead of\n%s", text, d.Text, is, was)
	}
	if was, is := values(text), values(d.Text); was != is {
		t.Errorf("%q becomes %q, whose values are\n%s\ninstead of\n%s", text, d.Text, is, was)
	}
	if again, _ := l.Fix(d, pipeline.Safe); again > 0 {
		t.Errorf("%q: a second run applies %d more", text, again)
	}
	return n
}

// shown is the HTML of a body without comments, and with one blank for many where browsers show no more,
// none before the one in front of a footnote's link back, and none at the end of a line.
func shown(t *testing.T, format pipeline.Format, body []byte) string {
	t.Helper()
	if format == pipeline.Markdown {
		html, err := markup.Render(body)
		if err != nil {
			return ""
		}
		body = html
	}
	var b strings.Builder
	var text []byte
	pre := 0
	flush := func() {
		if pre == 0 {
			text = append(bytes.Join(bytes.Fields(text), []byte(" ")), '\n')
		}
		b.Write(text)
		text = nil
	}
	for token := range markup.Scan(body, 0) {
		switch token.Kind {
		case markup.Comment:
			continue
		case markup.Text:
			text = append(text, token.Span.Of(body)...)
			continue
		}
		flush()
		b.Write(token.Span.Of(body))
		switch {
		case token.Name == "pre" && token.Kind == markup.StartTag:
			pre++
		case token.Name == "pre" && token.Kind == markup.EndTag:
			pre = max(pre-1, 0)
		}
	}
	flush()
	return strings.TrimSpace(strings.NewReplacer(" &#160;", "&#160;", " \n", "\n").Replace(b.String()))
}

// values are all that the front matter says.
func values(text []byte) string {
	var b strings.Builder
	if root := matter.Read(text).Root; root != nil {
		root.Walk(func(pointer string, n *matter.Node) { fmt.Fprintf(&b, "%s %s %q\n", pointer, n.Kind, n.Value) })
	}
	return b.String()
}

// removingLinter has the rule on unused suppressions, and one that is never at fault for it to judge.
func removingLinter(t testing.TB) *lint.Linter {
	list, err := lint.Select(rules.All(), lint.Selection{Select: []string{"unused-suppression", "fix-rolled-back", "secret-in-url"}})
	if err != nil {
		t.Fatal(err)
	}
	return linter(t, list)
}

// TestRemoving writes suppressions of nothing into the articles of all cases, and takes them out again.
func TestRemoving(t *testing.T) {
	l := removingLinter(t)
	names, texts := seeds(t)
	random := rand.New(rand.NewPCG(5, 6))
	removed := 0
	for i, text := range texts {
		for range 20 {
			n := random.IntN(1 + bytes.Count(text, []byte("\n")))
			comment := comments("SE010")[random.IntN(2)]
			removed += checkRemoving(t, l, names[i], writing(text, n, random.IntN(2) == 0, comment))
		}
	}
	if removed < len(texts) {
		t.Errorf("only %d suppressions were removed from %d articles", removed, len(texts))
	}
}

// TestRemovingFromMarkdown does so where each line may change how others read.
func TestRemovingFromMarkdown(t *testing.T) {
	pool := []string{
		"", "", "", "It rained.", "- a", "- b", "  c", "    d", "1. a", "> a", ">", "---", "===", "# Rain", "## Rain #", "```", "| a | b |", "|---|---|",
		"<div>", "</div>", "<pre>", "</pre>", "<b>", "[a]: /b", "[^1]: a", "a[^1] [a]", "**a**", "*a", "a\\", "![a](b)", "- [ ] a", "+ a", "<!-- b -->",
	}
	l := removingLinter(t)
	random := rand.New(rand.NewPCG(7, 8))
	removed := 0
	for range 3000 {
		lines := make([]string, 1+random.IntN(8))
		for i := range lines {
			lines[i] = pool[random.IntN(len(pool))]
		}
		text := []byte("---\na: 1\n---\n" + strings.Join(lines, "\n") + "\n")
		removed += checkRemoving(t, l, "a.md", writing(text, 3+random.IntN(len(lines)), random.IntN(2) == 0, comments("SE010")[1]))
		if t.Failed() {
			return
		}
	}
	if removed < 1000 {
		t.Errorf("only %d suppressions were removed", removed)
	}
}

func FuzzSuppressions(f *testing.F) {
	names, texts := seeds(f)
	for i := range texts {
		f.Add(names[i], texts[i], i%7, i%4)
	}
	all, removing := linter(f, rules.All()), removingLinter(f)
	f.Fuzz(func(t *testing.T, name string, text []byte, line, form int) {
		if len(text) > 10_000 || line < 0 || form < 0 {
			t.Skip("not a text that an article can be")
		}
		checkSuppressing(t, all, name, text, 8)
		checkRemoving(t, removing, name, writing(text, line, form&1 == 0, comments("SE010")[form>>1&1]))
	})
}
