package rules_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/lint/rules"
)

// TestHostile checks and fixes articles made to take long. Each takes milliseconds as long as time grows with size.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("left out of short runs")
	}
	number := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	l := schemaLinter(t, strict, rules.All())
	for name, text := range map[string]string{
		"wrong items":        "---\ntags: [" + strings.Repeat("1, ", 9_000) + "]\n---\n",
		"empty items":        "---\nlist: [" + strings.Repeat("{}, ", 9_000) + "]\n---\n",
		"misnamed keys":      "---\nlist: [" + strings.Repeat("{nam: a}, ", 900) + "]\n---\n",
		"old keys":           "---\nlist: [" + strings.Repeat("{url: 1, name: 2}, ", 450) + "]\n---\n",
		"script attributes":  "<a " + number("x%d=javascript: ", 3_000) + ">a</a>",
		"one attribute":      "<a " + strings.Repeat("href=javascript: ", 3_000) + ">a</a>",
		"handlers":           "<a " + strings.Repeat("onclick=a ", 5_000) + ">a</a>",
		"unknown attributes": "<img " + number("x%d ", 5_000) + strings.Repeat("h=1 ", 500) + ">",
		"links":              strings.Repeat("<a href=javascript:;>a</a>", 1_500),
		"styles":             strings.Repeat("<p style=a>", 3_000),
		"indented lines":     "<div>\n\n" + strings.Repeat("    <p>a</p>\n\n", 3_000),
		"pre and code":       "<div>\n\n" + strings.Repeat("<pre>\n\n    a\n</pre>\n\n    b\n\n", 1_500),
		"duplicate keys":     "---\n" + strings.Repeat("a: 1\n", 990) + "---\n",
		"early fences":       "---\na: |\n" + strings.Repeat("  ---\n", 1_000) + "---\n",
		"trailing blanks":    "---\n" + number("k%d: a \n", 990) + "---\n",
		"newlines":           strings.Repeat("a\r\nb\n", 5_000),
		"dates":              "---\n" + strings.Repeat("date: "+strings.Repeat("1", 90)+"\n", 200) + "---\n",
		"broken values":      "---\n" + number("k%d: @a\n", 990) + "---\n",
		"colons in values":   "---\n" + strings.Repeat("a: b: c\n", 8_000) + "---\n",
		"quotes":             "---\na: " + strings.Repeat("\"'", 15_000) + "\n---\n",
		"brackets":           "---\na: " + strings.Repeat("[", 25) + strings.Repeat("]x ", 10_000) + "\n---\n",
		"wide colons":        "---\n" + number("k%d： a\n", 990) + "---\n",
		"separators":         "---\na: b" + strings.Repeat("\u2028c", 5_000) + "\n---\n",
		"lost characters":    "---\na: " + strings.Repeat("\uFFFDa", 5_000) + "\n---\n",
		"conflicts":          "---\n" + strings.Repeat("<<<<<<< a\n", 5_000) + "---\n",
		"bare keys":          "+++\n" + number("é%d = a\n", 990) + "+++\n",
		"tags":               "---\ntags: [" + strings.Repeat("a, ", 9_000) + "]\n---\n",
		"empty values":       "---\na: 1\n" + number("k%d:\n", 980) + "---\n",
		"front matters":      strings.Repeat("---\ntitle: a\n---\n", 3_000),
		"ambiguous":          "---\na: [" + strings.Repeat("no, ", 9_000) + "]\n---\n",
		"local links":        number("[a](b%d.md) ", 1_000),
		"bytes":              strings.Repeat("\xff\x00<", 20_000),
	} {
		for _, file := range []string{"a.html", "a.md"} {
			begin := time.Now()
			d := document(file, []byte(text))
			l.Check(d)
			checked := time.Since(begin)
			if _, err := l.Fix(d, pipeline.Unsafe); err != nil {
				t.Error(name, err)
			}
			t.Logf("%s in %s, %d KB: check %v, fix %v", name, file, len(text)>>10, checked, time.Since(begin)-checked)
			if checked > 20*time.Second {
				t.Errorf("%s in %s takes %v", name, file, checked)
			}
		}
	}
}
