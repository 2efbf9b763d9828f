package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"copydesk/pipeline"
	"copydesk/pipeline/report"
	"copydesk/testdata/golden"
)

// place is how a case names bytes: the first occurrence of at, or, where at is empty,
// the length bytes from offset on.
type place struct {
	At             string
	Offset, Length int
}

func (p place) span(t *testing.T, text []byte) pipeline.Span {
	t.Helper()
	if p.At == "" {
		return pipeline.Span{Start: p.Offset, End: p.Offset + p.Length}
	}
	i := bytes.Index(text, []byte(p.At))
	if i < 0 {
		t.Fatalf("no %q in the article", p.At)
	}
	return pipeline.Span{Start: i, End: i + len(p.At)}
}

// finding is a diagnostic as a case writes it.
type finding struct {
	place
	Severity, Code, Rule, Message string
	Fixes                         []struct {
		Title, Safety string
		Edits         []struct {
			place
			Text string
		}
	}
	Related []struct {
		place
		Message string
	}
}

func (f finding) diagnostic(t *testing.T, text []byte) pipeline.Diagnostic {
	t.Helper()
	severity, err := pipeline.ParseSeverity(f.Severity)
	if err != nil {
		t.Fatal(err)
	}
	d := pipeline.Diagnostic{Span: f.span(t, text), Severity: severity, Code: f.Code, Rule: f.Rule, Message: f.Message}
	for _, fix := range f.Fixes {
		out := pipeline.Fix{Title: fix.Title}
		for out.Safety.String() != fix.Safety {
			out.Safety++
		}
		for _, e := range fix.Edits {
			s := e.span(t, text)
			out.Edits = append(out.Edits, pipeline.Edit{Start: s.Start, End: s.End, Text: e.Text})
		}
		d.Fixes = append(d.Fixes, out)
	}
	for _, r := range f.Related {
		d.Related = append(d.Related, pipeline.Related{Span: r.span(t, text), Message: r.Message})
	}
	return d
}

// The comment of a case is its options, a word each: width=N, color, quiet; encoding=NAME, what the
// article was decoded from; fixed: the safe fixes of the findings are applied, and positions mean
// the Text. Its files are article, or article.quoted as a Go string; name.quoted, how the article is called; findings as JSON; failed, an error;
// one a format with what it prints; and summary, the page that github makes beside.
func TestFormats(t *testing.T) {
	golden.Run(t, "../../testdata/report/*.txtar", func(t *testing.T, a *txtar.Archive) []txtar.File {
		files := slices.Clone(a.Files)
		for i, f := range files {
			switch f.Name {
			case "article", "article.quoted", "name.quoted", "findings", "failed":
			default:
				files[i].Data = run(t, a, f.Name)
			}
		}
		return files
	})
}

// run prints the case in one format. The output is made ASCII where a case asks for colour.
func run(t *testing.T, archive *txtar.Archive, format string) []byte {
	t.Helper()
	d, opt := load(t, archive)
	var out bytes.Buffer
	opt.Version, opt.Root, opt.Rules = "1.2.3", "/site", []report.RuleInfo{
		{Code: "XX001", Name: "behind-tabs", Short: "What stands behind tabs.", Long: "Tabs {hide} it.\nUse spaces.\n\nOr none.", Bad: "\ta\n", Good: "a\n", Severity: pipeline.Warning},
		{Code: "XX002", Name: "bare"},
	}
	w := io.Writer(&out)
	if format == "summary" {
		format, opt.Summary, w = "github", &out, io.Discard
	}
	p, err := report.New(format, w, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{p.Print(d), p.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if w == &out {
		checkReadable(t, format, out.Bytes(), d, opt)
	}
	return bytes.ReplaceAll(out.Bytes(), []byte{'\x1b'}, []byte("ESC"))
}

func load(t *testing.T, archive *txtar.Archive) (*pipeline.Document, report.Options) {
	t.Helper()
	files := map[string][]byte{}
	for _, f := range archive.Files {
		files[f.Name] = f.Data
	}
	text, name := files["article"], "posts/a.md"
	if quoted := files["article.quoted"]; quoted != nil {
		text = []byte(unquote(t, quoted))
	}
	if quoted := files["name.quoted"]; quoted != nil {
		name = unquote(t, quoted)
	}
	d := pipeline.NewDocument("a.md", name, text)
	var findings []finding
	if data := files["findings"]; data != nil {
		if err := json.Unmarshal(data, &findings); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range findings {
		d.Report(f.diagnostic(t, text))
	}
	if cause := files["failed"]; cause != nil {
		d.Failed = errors.New(strings.TrimSpace(string(cause)))
	}
	return d, options(t, d, string(archive.Comment))
}

func unquote(t *testing.T, quoted []byte) string {
	t.Helper()
	s, err := strconv.Unquote(strings.TrimSpace(string(quoted)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func options(t *testing.T, d *pipeline.Document, words string) report.Options {
	t.Helper()
	var opt report.Options
	for word := range strings.FieldsSeq(words) {
		switch name, value, _ := strings.Cut(word, "="); name {
		case "width":
			n, err := strconv.Atoi(value)
			if err != nil {
				t.Fatal(err)
			}
			opt.Width = n
		case "color":
			opt.Color = true
		case "encoding":
			d.Encoding = value
		case "quiet":
			opt.Quiet = true
		case "fixed":
			opt.InText = true
			applyFixes(t, d)
		default:
			t.Fatalf("unknown option %q", word)
		}
	}
	return opt
}

func applyFixes(t *testing.T, d *pipeline.Document) {
	t.Helper()
	var edits []pipeline.Edit
	var rest []pipeline.Diagnostic
	for _, f := range d.Diagnostics {
		if len(f.Fixes) > 0 && f.Fixes[0].Safety == pipeline.Safe {
			edits = append(edits, f.Fixes[0].Edits...)
		} else {
			rest = append(rest, f)
		}
	}
	if err := d.Apply(edits...); err != nil {
		t.Fatal(err)
	}
	d.Diagnostics = rest
}
