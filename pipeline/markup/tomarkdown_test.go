package markup

import (
	"errors"
	"strings"
	"testing"
)

func TestToMarkdown(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"\uFEFF<p>文 <b>粗</b> <del>a</del></p>", "文 **粗** ~~a~~\n"},
		{"<table><tr><th>a<th>b<tr><td>c<td>d</table>", "| a | b |\n|---|---|\n| c | d |\n"},
		{"<table><tr><td rowspan=1000000000>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "| a | b |\n|---|---|\n|  | c |\n"},
		{"<table><tr><td colspan=10000 rowspan=10000>a</td></tr></table>", "| a |" + strings.Repeat("  |", 999) + "\n|---|" + strings.Repeat("---|", 999) + "\n"},
		{"a\x00b", "a\uFFFDb\n"},
		{"<p>a<frameset><p>b<noscript><p>c</noscript><object>d<form>e<xmp><f></xmp>", "a\n\nb\n\ncd\n\ne\n\n```\n<f>\n```\n"},
		{strings.Repeat("<div>", 5000) + "x" + strings.Repeat("</div>", 5000) + "y", "x\n\ny\n"},
		{"<a href=1" + strings.Repeat(" b=c", 500) + ">x</a>", "[x](1)\n"},
	} {
		got, err := ToMarkdown([]byte(c.in))
		if err != nil || string(got) != c.want {
			t.Errorf("ToMarkdown(%.60q) = %.300q, %v; want %.300q", c.in, got, err, c.want)
		}
	}
}

func TestToMarkdownHostile(t *testing.T) {
	for name, c := range map[string]struct{ text, limit string }{
		"cells":    {"<p><table><tr>" + strings.Repeat("<td>", 1000) + strings.Repeat("<tr><td>", 1000), "cells of tables"},
		"spans":    {strings.Repeat("<table><tr><td colspan=1000></table>", 2000), ""},
		"elements": {strings.Repeat("<b>", maxElements+1), "elements"},
		"quotes":   {strings.Repeat("<blockquote>", 200) + strings.Repeat("<p>line</p>", 20_000), "steps of writing lines within quotes and lists"},
	} {
		_, err := ToMarkdown([]byte(c.text))
		var limit *LimitError
		if errors.As(err, &limit) != (c.limit != "") || limit != nil && (limit.Limit != c.limit || limit.Offset == 0) {
			t.Errorf("%s: %v, want %q", name, err, c.limit)
		}
	}
}
