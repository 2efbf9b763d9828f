package report_test

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"copydesk/pipeline"
	"copydesk/pipeline/report"
)

func TestUnknownFormat(t *testing.T) {
	_, err := report.New("jsno", io.Discard, report.Options{})
	want := `unknown report format "jsno"; there are text, concise, grouped, json, jsonl, sarif, github, gitlab, junit, checkstyle and rdjsonl; did you mean "json"?`
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if _, err := report.New("\x1b", io.Discard, report.Options{}); err == nil || strings.Contains(err.Error(), "mean") || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("got %q", err)
	}
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"": "",
		"微信 emoji 👨‍👩‍👧 ☔️ ،é": "微信 emoji 👨‍👩‍👧 ☔️ ،é",
		`C:\posts\a.md`:               `C:\posts\a.md`,
		"a\x1b[31mb":                  `a\x1b[31mb`,
		"a\nb\r\tc\x00":               `a\nb\r\tc\x00`,
		"\u009b31m\x7f":               `\u009b31m\x7f`,
		"\u202etxt.exe\u2066":         `\u202etxt.exe\u2066`,
		"\u061c\u200b\ufeff\u2028":    `\u061c\u200b\ufeff\u2028`,
		"\xff\xc3(":                   `\xff\xc3(`,
		"::error::x":                  `\x3a:error::x`,
		" \t::error::x":               ` \t\x3a:error::x`,
		"a ::b":                       "a ::b",
		"# head ## [x] ##a ##A[":      "# head ## [x] ##a ##A[",
		"a ##[group]b ##vso[x] ##[":   `a \x23#[group]b \x23#vso[x] \x23#[`,
		"\ufffd is a character, too":  "\ufffd is a character, too",
		"soft\u00adhyphen \u2060word": `soft\u00adhyphen \u2060word`,
	} {
		if got := report.Quote(in); got != want {
			t.Errorf("Quote(%q) is %q, not %q", in, got, want)
		}
	}
}

func TestSuggest(t *testing.T) {
	known := []string{"widths", "lint", "sanitize", "MT001", "MT002", "date-format", "标题", ""}
	for word, want := range map[string]string{
		"wdths": "widths", "lnit": "lint", "LINT": "lint", "sanitise": "sanitize", "mt001": "MT001", "MT003": "MT001",
		"dateformat": "date-format", "标提": "", "x": "", "": "", "completely-different": "", "li": "",
		strings.Repeat("a", 1<<20): "",
	} {
		if got := report.Suggest(word, known); got != want {
			t.Errorf("Suggest(%.20q) is %q, not %q", word, got, want)
		}
	}
}

func TestWidth(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "天气": 4, "👨‍👩‍👧": 2, "é": 1, "e\u0301": 1, "，": 2, "ﾊﾟｶﾞ": 4, "パガ": 4, "\uFF9F": 1} {
		if got := report.Width(s); got != want {
			t.Errorf("Width(%q) is %d, not %d", s, got, want)
		}
	}
}

// longLine is a document of one line with many findings on it.
func longLine(columns, findings int) *pipeline.Document {
	d := pipeline.NewDocument("a.md", "a.md", []byte(strings.Repeat("汉a字b", columns/4)))
	for i := range findings {
		at := i * (columns / 4 / findings) * 8
		d.Diagnostics = append(d.Diagnostics, pipeline.Diagnostic{
			Path: "a.md", Span: pipeline.Span{Start: at, End: at + 3}, Severity: pipeline.Warning,
			Code: "XX001", Rule: "x", Message: "m",
			Related: []pipeline.Related{{Span: pipeline.Span{Start: at + 4, End: at + 7}, Message: "r"}},
		})
	}
	slices.Reverse(d.Diagnostics)
	return d
}

// One line of 8 MB with 4,000 findings would take long if each counted its column from the line's start.
func TestLongLineIsLinear(t *testing.T) {
	d := longLine(4_000_000, 4_000)
	for _, format := range report.Formats() {
		begin := time.Now()
		var out bytes.Buffer
		p, err := report.New(format, &out, report.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Print(d); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begin); took > 30*time.Second {
			t.Errorf("%s takes %v", format, took)
		}
		last := map[string]string{"github": "", "gitlab": "", "rdjsonl": "7998001"} // The first two have ten places and none.
		if want, ok := last[format]; !ok {
			last[format] = "3999001"
		} else if want == "" {
			continue
		}
		if !strings.Contains(out.String(), last[format]) {
			t.Errorf("%s has no column %s", format, last[format])
		}
		if limit := 4_000 * 1000; out.Len() > limit {
			t.Errorf("%s prints %d bytes, more than %d", format, out.Len(), limit)
		}
	}
}

// Whatever the text and the finding, a printer shows nothing that a terminal obeys, and JSON is
// JSON and gives the message back.
func FuzzPrinters(f *testing.F) {
	f.Add([]byte("a\tb\r\nc"), "message", 0, 3, 10)
	f.Add([]byte("汉\x1b[1m\xff👨‍👩‍👧\u202e"), "::x\u2028", 3, 9, 1)
	f.Add([]byte(strings.Repeat("e\u0301\u0302", 3000)), "\xff##[x]", 2000, 90, 40)
	f.Fuzz(func(t *testing.T, text []byte, message string, start, length, width int) {
		d := pipeline.NewDocument("a.md", message, text)
		start = min(max(start, 0), len(text))
		end := start + min(max(length, 0), len(text)-start)
		d.Report(pipeline.Diagnostic{
			Span: pipeline.Span{Start: start, End: end}, Code: "XX001", Rule: "x", Message: message,
			Fixes:   []pipeline.Fix{{Title: message, Edits: []pipeline.Edit{{Start: start, End: end, Text: message}}}},
			Related: []pipeline.Related{{Span: pipeline.Span{Start: end, End: end}, Message: message}},
		})
		for _, format := range report.Formats() {
			var out bytes.Buffer
			p, err := report.New(format, &out, report.Options{Width: width % 300})
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Print(d); err != nil {
				t.Fatal(err)
			}
			if err := p.Close(); err != nil {
				t.Fatal(err)
			}
			checkOutput(t, format, out.Bytes(), message)
		}
	})
}

// FuzzFrames looks at frames as a terminal shows them: the caret stands below the first cell of the place, and
// nothing is wider than the terminal.
func FuzzFrames(f *testing.F) {
	f.Add([]byte("a\t雨 👨‍👩‍👧 e\u0301 x"), 20, 1, 40)
	f.Add([]byte("ﾊﾟ\x1b[31m\xff\u202e🇨🇳🇨🇳 中"), 14, 3, 30)
	f.Add([]byte(strings.Repeat("很长", 500)), 1500, 6, 80)
	f.Add([]byte(strings.Repeat("e\u0301\u0302", 300)+"x"), 1500, 9, 33)
	f.Fuzz(func(t *testing.T, line []byte, start, length, width int) {
		line = bytes.Map(func(r rune) rune {
			if r == '\n' || r == '\r' {
				return ' '
			}
			return r
		}, line[:min(len(line), 2000)])
		start = min(max(start, 0), len(line))
		for start < len(line) && !utf8.RuneStart(line[start]) {
			start++
		}
		end := start + min(max(length, 0), len(line)-start)
		width = 40 + int(uint(width)%100)
		d := pipeline.NewDocument("a.md", "a.md", line)
		d.Report(pipeline.Diagnostic{Span: pipeline.Span{Start: start, End: end}, Code: "XX001", Rule: "x", Message: "m"})
		var out bytes.Buffer
		p, err := report.New("text", &out, report.Options{Width: width})
		if err == nil {
			err = p.Print(d)
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(line) == 0 {
			return
		}
		rows := strings.Split(out.String(), "\n")
		const gutter = len("   1 | ")
		shown, carets := strings.TrimPrefix(strings.TrimPrefix(rows[1], "   1 |"), " "), rows[2][gutter:]
		before := strings.Index(carets, "^")
		marked := len(carets) - before
		if report.Width(shown) > width-gutter || before < 0 || before > report.Width(shown) || before+marked > max(report.Width(shown), before+1) {
			t.Fatalf("%d cells, %d of them before %d carets, of %d:\n%s", report.Width(shown), before, marked, width-gutter, out.String())
		}
		cluster := 0 // The place is shown from the beginning of the cluster that it begins in.
		for rest := line; len(rest) > 0; {
			first, more, _, _ := uniseg.FirstGraphemeCluster(rest, -1)
			if cluster+len(first) > start {
				break
			}
			cluster, rest = cluster+len(first), more
		}
		if cells := report.Width(shownText(line[:cluster])); !strings.HasPrefix(shown, "…") && cells != before {
			t.Fatalf("the caret stands behind %d cells, not %d:\n%s", before, cells, out.String())
		}
	})
}

// shownText is a text as a frame shows it.
func shownText(text []byte) string {
	var b strings.Builder
	for i, part := range strings.Split(string(text), "\t") {
		if i > 0 {
			b.WriteString("    ")
		}
		b.WriteString(report.Quote("x" + part)[1:])
	}
	return b.String()
}

func checkOutput(t *testing.T, format string, out []byte, message string) {
	t.Helper()
	for _, r := range string(out) {
		if r < ' ' && r != '\n' || r >= 0x7F && r < 0xA0 || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x2028 {
			t.Fatalf("%s prints %q: %q", format, r, out)
		}
	}
	if !utf8.Valid(out) {
		t.Fatalf("%s prints invalid UTF-8: %q", format, out)
	}
	switch format {
	case "jsonl":
		var got struct{ Message string }
		if err := json.Unmarshal(out, &got); err != nil || got.Message != strings.ToValidUTF8(message, "\uFFFD") {
			t.Fatalf("%v: %q is not %q", err, got.Message, message)
		}
	case "json":
		if !json.Valid(out) {
			t.Fatalf("not JSON: %q", out)
		}
	case "concise":
		if bytes.Count(out, []byte{'\n'}) != 1 {
			t.Fatalf("not one line: %q", out)
		}
	case "text":
		if n := bytes.Count(out, []byte{'\n'}); n > 6 {
			t.Fatalf("%d lines: %q", n, out)
		}
	}
}

func BenchmarkPrint(b *testing.B) {
	d := longLine(92_000, 200)
	for _, format := range report.Formats() {
		b.Run(format, func(b *testing.B) {
			for b.Loop() { // A printer for each, since some are full after a while.
				p, err := report.New(format, io.Discard, report.Options{Width: 120})
				if err != nil {
					b.Fatal(err)
				}
				if err := p.Print(d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAppendString(b *testing.B) {
	text := []byte(strings.Repeat("<p align=\"center\">微信崩了上热搜！“官方”火速回应</p>\n", 100))
	b.SetBytes(int64(len(text)))
	var dst []byte
	for b.Loop() {
		dst = report.AppendString(dst[:0], text)
	}
}
