package lint_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
)

// document makes a document as a source does.
func document(text string) *pipeline.Document {
	d := pipeline.NewDocument("a.md", "posts/a.md", []byte(text))
	d.BodyStart = matter.BodyStart
	d.Format = markup.Detect(d.Path, d.Body().Of(d.Text))
	return d
}

// checker is a rule's Check as a function.
type checker func(*lint.Pass)

func (c checker) Check(p *lint.Pass) { c(p) }

func with(code, name string, check checker) lint.Rule {
	r := rule(code, name, "test", "core")
	r.New = func() lint.Checker { return check }
	return r
}

func newLinter(t testing.TB, o lint.Options) *lint.Linter {
	t.Helper()
	l, err := lint.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func at(start, end int) pipeline.Span { return pipeline.Span{Start: start, End: end} }

func TestCheckSorts(t *testing.T) {
	list := []lint.Rule{
		with("TT002", "second", func(p *lint.Pass) {
			p.Report(at(3, 4), "late")
			p.Report(at(0, 1), "%d early", 2)
			p.Report(at(0, 1), "2 early")
		}),
		with("TT001", "first", func(p *lint.Pass) {
			p.Add(lint.Finding{Span: at(0, 1), Message: "early", Minor: true})
		}),
	}
	l := newLinter(t, lint.Options{Rules: list, Severity: map[string]pipeline.Severity{"second": pipeline.Error}})
	d := document("abcdef\n")
	var got []string
	for _, f := range l.Check(d) {
		got = append(got, fmt.Sprint(f.Path, " ", f.Span, " ", f.Severity, " ", f.Code, " ", f.Rule, " ", f.Message))
	}
	want := []string{
		"posts/a.md {0 1} info TT001 first early",
		"posts/a.md {0 1} error TT002 second 2 early",
		"posts/a.md {3 4} error TT002 second late",
	}
	if !slices.Equal(got, want) || len(d.Diagnostics) > 0 {
		t.Errorf("got %q, want %q; reported: %v", got, want, d.Diagnostics)
	}
}

// titles finds titles that another document has, too.
type titles struct {
	silent
	seen map[string]bool
}

func (c *titles) Finish(p *lint.Pass) {
	title := p.Matter().Root.Get("title")
	if title != nil && c.seen[title.Text()] {
		p.Report(title.Span, "another article has this title")
	}
	c.seen[title.Text()] = true
}

func TestFinish(t *testing.T) {
	r := with("TT001", "same-title", nil)
	r.New = func() lint.Checker { return &titles{seen: map[string]bool{}} }
	l := newLinter(t, lint.Options{Rules: []lint.Rule{r, with("TT002", "other", func(*lint.Pass) {})}})
	for i, want := range []int{0, 0, 1} {
		d := document([]string{"---\ntitle: Rain\n---\n", "---\ntitle: Wind\n---\n", "---\ntitle: Rain\n---\n"}[i])
		if found := l.Finish(d); len(found) != want || len(l.Check(d)) != 0 {
			t.Errorf("document %d: %v, want %d findings", i, found, want)
		}
	}
}

func TestFile(t *testing.T) {
	there := fstest.MapFS{"posts/b.png": &fstest.MapFile{Data: []byte("1234")}, "c.png": &fstest.MapFile{}}
	asked := 0
	r := with("TT001", "files", func(p *lint.Pass) {
		if info, err := p.File("b.png"); err != nil || info.Size() != 4 {
			p.Report(at(0, 0), "b.png: %v", err)
		}
		if _, err := p.File("../c.png"); err != nil {
			p.Report(at(0, 0), "c.png: %v", err)
		}
		if _, err := p.File("d.png"); !errors.Is(err, fs.ErrNotExist) {
			p.Report(at(0, 0), "d.png: %v", err)
		}
	})
	l := newLinter(t, lint.Options{Rules: []lint.Rule{r}, Stat: func(path string) (fs.FileInfo, error) {
		asked++
		return fs.Stat(there, path)
	}})
	for range 3 {
		if found := l.Check(document("It rained.\n")); len(found) > 0 {
			t.Error(found)
		}
	}
	if asked != 3 {
		t.Errorf("3 files were asked for %d times", asked)
	}
	l = newLinter(t, lint.Options{Rules: []lint.Rule{with("TT001", "files", func(p *lint.Pass) {
		if _, err := p.File("b.png"); !errors.Is(err, lint.ErrNoFiles) {
			p.Report(at(0, 0), "b.png: %v", err)
		}
	})}})
	if found := l.Check(document("It rained.\n")); len(found) > 0 {
		t.Error(found)
	}
}

func TestPass(t *testing.T) {
	noon := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	l := newLinter(t, lint.Options{Now: func() time.Time { return noon }, Rules: []lint.Rule{
		with("TT001", "pass", func(p *lint.Pass) {
			p.Report(at(0, 0), "%s %s %s %d %d %d %d %d %d %v", p.Path(), p.Name(), p.Format(), len(p.Headings()), len(p.Links()),
				len(p.Images()), len(p.Elements()), p.Lines().Count(), len(p.Text()), p.Now().Equal(noon))
		}),
	}})
	found := l.Check(document("---\ntitle: Rain\n---\n# Rain\n\n[a](b) ![c](d) <b>e</b>\n"))
	if want := "a.md posts/a.md markdown 1 1 1 1 7 52 true"; len(found) != 1 || found[0].Message != want {
		t.Errorf("got %v, want %s", found, want)
	}
}

func TestRemoved(t *testing.T) {
	removes := with("TT001", "removed", func(p *lint.Pass) {
		for _, r := range p.Removed() {
			p.Report(r.Span, "%s", r.What)
		}
	})
	text := "<p>It <b>rained</b>.<script>alert(1)</script></p>\n"
	usual := newLinter(t, lint.Options{Rules: []lint.Rule{removes}}).Check(document(text))
	more := newLinter(t, lint.Options{Rules: []lint.Rule{removes}, Policy: "strict"}).Check(document(text))
	if len(usual) == 0 || len(more) <= len(usual) {
		t.Errorf("the policy for articles removes %v, the strict one %v", usual, more)
	}
}
