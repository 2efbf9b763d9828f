package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"copydesk/pipeline"
	"copydesk/pipeline/report"
)

// printed is what a format makes of documents.
func printed(t testing.TB, format string, opt report.Options, documents ...*pipeline.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	p, err := report.New(format, &out, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range documents {
		if err := p.Print(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// many is a document with so many findings of each severity, the severities in turn.
func many(name string, errors, warnings, infos int) *pipeline.Document {
	d := pipeline.NewDocument(name, name, []byte("text\n"))
	for i := range max(errors, warnings, infos) {
		for severity, n := range map[pipeline.Severity]int{pipeline.Info: infos, pipeline.Warning: warnings, pipeline.Error: errors} {
			if i < n {
				d.Report(pipeline.Diagnostic{
					Span: pipeline.Span{Start: 0, End: 4}, Severity: severity, Code: fmt.Sprintf("X%s%03d", severity.String()[:1], i),
					Rule: "many", Message: fmt.Sprintf("%s %d", severity, i),
				})
			}
		}
	}
	return d
}

func failed(name string) *pipeline.Document {
	d := pipeline.NewDocument(name, name, nil)
	d.Failed = errors.New("read it: no such file")
	return d
}

func TestGitHubPrintsTheWorst(t *testing.T) {
	for name, test := range map[string]struct {
		documents                     []*pipeline.Document
		errors, warnings, infos, rest int
	}{
		"none":        {nil, 0, 0, 0, 0},
		"as many":     {[]*pipeline.Document{many("a.md", 10, 10, 10)}, 10, 10, 10, 0},
		"one more":    {[]*pipeline.Document{many("a.md", 10, 10, 11)}, 10, 10, 10, 2},
		"no notices":  {[]*pipeline.Document{many("a.md", 11, 0, 0)}, 10, 0, 1, 1},
		"two files":   {[]*pipeline.Document{many("a.md", 6, 0, 9), many("b.md", 6, 3, 0)}, 10, 3, 10, 2},
		"failed last": {[]*pipeline.Document{many("a.md", 10, 2, 0), failed("b.md"), failed("c.md")}, 10, 2, 1, 2},
		"failed many": {[]*pipeline.Document{many("a.md", 1, 0, 0), failed("1"), failed("2"), failed("3"), failed("4"), failed("5"),
			failed("6"), failed("7"), failed("8"), failed("9"), failed("10"), failed("11")}, 10, 0, 1, 2},
	} {
		t.Run(name, func(t *testing.T) {
			var page bytes.Buffer
			entries, err := readGitHub(printed(t, "github", report.Options{Summary: &page}, test.documents...))
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]int{}
			rank := map[string]int{"error": 0, "warning": 1, "info": 2}
			for i, e := range entries {
				got[e.severity]++
				if i > 0 && rank[e.severity] < rank[entries[i-1].severity] {
					t.Errorf("%v stands behind %v", e, entries[i-1])
				}
				if e.message == "error 0" && strings.HasPrefix(name, "failed m") {
					t.Errorf("%v stands in place of a failed document", e)
				}
			}
			if want := map[string]int{"error": test.errors, "warning": test.warnings, "info": test.infos}; fmt.Sprint(got) != fmt.Sprint(nonzero(want)) {
				t.Errorf("got %v, not %v", got, want)
			}
			if n := strings.Count(page.String(), "\n    "); n != test.rest {
				t.Errorf("the summary has %d findings, not %d:\n%s", n, test.rest, page.String())
			}
			if test.rest > 0 {
				if want := fmt.Sprintf(": %d of ", test.rest); !strings.Contains(entries[len(entries)-1].message, want) {
					t.Errorf("the last is %v without %q", entries[len(entries)-1], want)
				}
			}
		})
	}
}

func nonzero(m map[string]int) map[string]int {
	for k, n := range m {
		if n == 0 {
			delete(m, k)
		}
	}
	return m
}

// GitHub refuses a larger page, and shows nothing of it.
func TestSummaryPageIsLimited(t *testing.T) {
	var page bytes.Buffer
	documents := make([]*pipeline.Document, 200)
	for i := range documents {
		documents[i] = many("posts/天气.md", 0, 100, 0)
	}
	printed(t, "github", report.Options{Summary: &page}, documents...)
	if n := page.Len(); n > 1<<20 || n < 900_000 {
		t.Errorf("the page has %d bytes", n)
	}
	lines := strings.Count(page.String(), "\n    ")
	if want := fmt.Sprintf("\nFindings that had no room here: %d\n", 200*100-10-lines); !strings.HasSuffix(page.String(), want) {
		t.Errorf("the page ends in %q, not %q", page.String()[page.Len()-100:], want)
	}
}

func TestSARIFIsLimited(t *testing.T) {
	documents := []*pipeline.Document{failed("0.md")}
	for range 251 {
		documents = append(documents, many("a.md", 0, 0, 100))
	}
	for range 1100 {
		documents = append(documents, failed("b.md"))
	}
	out := printed(t, "sarif", report.Options{}, documents...)
	entries, err := readSARIF(out)
	if err != nil || len(entries) != 25_000+1_002 || bytes.Contains(out, []byte(`"executionSuccessful":true`)) {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for i, want := range []string{"more documents that could not be done: 101", "findings that are not in this log, which is limited to 25000: 100"} {
		if got := entries[26_000+i].message; got != want {
			t.Errorf("got %q, not %q", got, want)
		}
	}
}

// The hashes are those of the tests of github/codeql-action (src/fingerprints.test.ts).
func TestPrimaryLocationLineHash(t *testing.T) {
	greetings := []string{"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1"}
	for text, want := range map[string][]string{
		"":                   {"c129715d7a2bc9a3:1"},
		" a\nb\n  \t\tc\n d": {"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"},
		" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n":             greetings,
		" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r":             greetings,
		" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n": greetings,
		" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n":         greetings,
		strings.Repeat("Lorem ipsum dolor sit amet.\n", 10): {"a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3", "a7f2ff13bc495cf2:4",
			"a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6", "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1"},
	} {
		d := pipeline.NewDocument("a.md", "a.md", []byte(text))
		for line := range want {
			at := pipeline.NewLines(d.Source).Offset(pipeline.Position{Line: line + 1, Column: 1}, pipeline.Bytes)
			d.Report(pipeline.Diagnostic{Span: pipeline.Span{Start: at, End: at}, Code: "XX001"})
		}
		var log struct {
			Runs []struct {
				Results []struct{ PartialFingerprints map[string]string }
			}
		}
		if err := json.Unmarshal(printed(t, "sarif", report.Options{}, d), &log); err != nil {
			t.Fatal(err)
		}
		for i, r := range log.Runs[0].Results {
			if got := r.PartialFingerprints["primaryLocationLineHash"]; got != want[i] {
				t.Errorf("line %d of %.20q has %s, not %s", i+1, text, got, want[i])
			}
		}
	}
}

// What moves keeps its fingerprint, and no two findings have the same.
func TestGitLabFingerprints(t *testing.T) {
	prints := func(text string) []string {
		d := pipeline.NewDocument("a.md", "a.md", []byte(text))
		for at := 0; ; {
			i := strings.Index(text[at:], "x")
			if i < 0 {
				break
			}
			d.Report(pipeline.Diagnostic{Span: pipeline.Span{Start: at + i, End: at + i + 1}, Code: "XX001"})
			at += i + 1
		}
		var entries []struct{ Fingerprint string }
		if err := json.Unmarshal(printed(t, "gitlab", report.Options{}, d), &entries); err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, e := range entries {
			all = append(all, e.Fingerprint)
		}
		return all
	}
	before := prints("a: x x\nb: x\r\na: x x\n")
	after := prints("title: new\n\n  a: x x\n---\nb: x \na: x x")
	if slices.Sort(before); len(slices.Compact(slices.Clone(before))) != 5 {
		t.Errorf("not 5 fingerprints: %v", before)
	}
	if slices.Sort(after); !slices.Equal(before, after) {
		t.Errorf("%v became %v", before, after)
	}
	if other := prints("b: y x"); slices.Contains(before, other[0]) {
		t.Error("another text has the same fingerprint")
	}
}

// A run without findings has documents all the same for a consumer that counts.
func TestNothingFound(t *testing.T) {
	for _, format := range report.Formats() {
		for _, documents := range [][]*pipeline.Document{nil, {pipeline.NewDocument("a.md", "a.md", []byte("text"))}} {
			out := printed(t, format, report.Options{}, documents...)
			if read := readers[format]; read != nil {
				if entries, err := read(out); err != nil || len(entries) != 0 {
					t.Errorf("%s of nothing has %v, %v:\n%s", format, entries, err, out)
				}
			} else if len(out) > 0 {
				t.Errorf("%s of nothing is %q", format, out)
			}
		}
	}
}

// The suggestions of rdjsonl do what the fixes do.
func TestSuggestionsAreFixes(t *testing.T) {
	text := "标题: 👨‍👩‍👧\t\"x\"\r\ndate: y\n"
	fixes := map[string][]pipeline.Edit{
		"标题: 👨‍👩‍👧\t'x'\r\ndate: y\n": {{Start: 27, End: 28, Text: "'"}, {Start: 29, End: 30, Text: "'"}},
		"标题: 👨‍👩‍👧\t\"x\"\ndate: y\n": {{Start: 30, End: 31, Text: ""}},
		"新\n" + text: {{Start: 0, End: 0, Text: "新\n"}},
		"y\n":        {{Start: 0, End: 38, Text: ""}},
	}
	for want, edits := range fixes {
		d := pipeline.NewDocument("a.md", "a.md", []byte(text))
		d.Report(pipeline.Diagnostic{Code: "XX001", Fixes: []pipeline.Fix{{Title: "fix", Edits: edits}}})
		var e rdEntry
		if err := json.Unmarshal(printed(t, "rdjsonl", report.Options{}, d), &e); err != nil {
			t.Fatal(err)
		}
		s := e.Suggestions[0]
		lines := pipeline.NewLines(d.Source)
		start, end := lines.Line(s.Range.Start.Line).Start+s.Range.Start.Column-1, lines.Line(s.Range.End.Line).Start+s.Range.End.Column-1
		if got := text[:start] + s.Text + text[end:]; got != want {
			t.Errorf("got %q, not %q", got, want)
		}
	}
	for name, edits := range map[string][]pipeline.Edit{
		"too long":  {{Start: 0, End: 0, Text: "a"}, {Start: 5000, End: 5000, Text: "b"}},
		"not UTF-8": {{Start: 0, End: 0, Text: "\xff"}}, "overlap": {{Start: 0, End: 2}, {Start: 1, End: 3}}, "none": nil,
	} {
		d := pipeline.NewDocument("a.md", "a.md", bytes.Repeat([]byte("a"), 6000))
		d.Report(pipeline.Diagnostic{Code: "XX001", Fixes: []pipeline.Fix{{Title: "fix", Edits: edits}}})
		if out := printed(t, "rdjsonl", report.Options{}, d); bytes.Contains(out, []byte("suggestions")) {
			t.Errorf("%s: %s", name, out)
		}
	}
}

// Each format tells of any finding in any text under any name something that reads back as the same.
func FuzzFormats(f *testing.F) {
	f.Add([]byte("a\tb\r\nc"), "posts/a.md", "message", 0, 3, 0)
	f.Add([]byte("汉\x1b[1m\xff👨‍👩‍👧\u202e\r\r\n"), "/a b/%2e\x1b?#:\xff", "::error::]]></testcase>\u2028\x1b{0} [a](b)%0A,\r\n", 3, 9, 1)
	f.Add([]byte("\xed\xa0\x80"), "../x", "##[error]\xff\ufffe\U0010ffff &#x1b; \\x1b", 1, 90, 2)
	f.Fuzz(func(t *testing.T, text []byte, name, message string, start, length, severity int) {
		d := pipeline.NewDocument("a.md", "x"+name, text)
		start = min(max(start, 0), len(text))
		end := start + min(max(length, 0), len(text)-start)
		found := pipeline.Diagnostic{
			Span: pipeline.Span{Start: start, End: end}, Severity: pipeline.Severity(uint(severity) % 3), Code: "XX001", Rule: "x", Message: "x" + message,
			Fixes:   []pipeline.Fix{{Title: message, Edits: []pipeline.Edit{{Start: start, End: end, Text: message}}}},
			Related: []pipeline.Related{{Span: pipeline.Span{Start: end, End: end}, Message: message}},
		}
		d.Report(found)
		d.Failed = errors.New("x" + message)
		lines := pipeline.NewLines(text)
		for format, read := range readers {
			out := printed(t, format, report.Options{Summary: io.Discard, Rules: []report.RuleInfo{{Code: "XX001", Short: message, Long: message}}}, d)
			checkOutput(t, format, out, "x"+message)
			entries, err := read(out)
			if err != nil || len(entries) != 2 {
				t.Fatalf("%s reads as %v, %v:\n%s", format, entries, err, out)
			}
			slices.SortStableFunc(entries, func(a, b told) int { return b.line - a.line }) // The failed document last.
			at := lines.At(start, pipeline.CodePoints)
			switch format {
			case "rdjsonl":
				at = lines.At(start, pipeline.Bytes)
			case "gitlab":
				at.Column = 0
			case "github":
				if start < end && lines.Number(end-1) > at.Line {
					at.Column = 0 // It tells the lines only.
				}
			}
			same := same(format)
			want := told{d.Name, found.Severity.String(), "XX001", found.Message, at.Line, at.Column}
			if format != "json" {
				want.path = path.Clean(want.path)
			}
			got := entries[0]
			if got.line != want.line || got.column != want.column || got.severity != want.severity || got.code != want.code ||
				!same(got.path, want.path, format == "sarif") || !same(got.message, want.message, false) || !same(entries[1].message, want.message, false) {
				t.Fatalf("%s: %+v reads as %+v", format, want, got)
			}
		}
	})
}

// same compares a text that was read back with the one that was printed, by what the format can hold.
func same(format string) func(got, want string, bytes bool) bool {
	return func(got, want string, bytes bool) bool {
		switch format {
		case "junit", "checkstyle":
			holds := utf8.ValidString(want) && !strings.ContainsFunc(want, func(r rune) bool {
				return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
			})
			if format == "junit" && strings.Contains(want, "\nfix: ") {
				return strings.HasPrefix(want, got) // The test's own reader ends there.
			}
			return !holds || got == want
		case "github":
			seen := strings.NewReplacer("\r", "", "\n", "", "##", "").Replace(want)
			return report.Quote("x"+seen) != "x"+seen || got == want
		}
		if bytes {
			return got == want
		}
		if format == "sarif" {
			want = strings.ReplaceAll(strings.ReplaceAll(want, "] (", "]("), "{{", "{")
			got = strings.ReplaceAll(got, "{{", "{")
			want, got = strings.ReplaceAll(want, "}}", "}"), strings.ReplaceAll(got, "}}", "}")
		}
		return got == strings.ToValidUTF8(want, "\uFFFD")
	}
}

// XML of any characters is one well-formed document.
func TestXMLIsWhole(t *testing.T) {
	for _, format := range []string{"junit", "checkstyle"} {
		var all []byte
		for r := range rune(0x11000) {
			all = utf8.AppendRune(all, r)
		}
		d := pipeline.NewDocument("a.md", string(all), nil)
		d.Failed = errors.New(string(all))
		decoder := xml.NewDecoder(bytes.NewReader(printed(t, format, report.Options{}, d)))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", format, err)
			}
		}
	}
}
