package markup

import (
	"slices"
	"strings"
	"testing"
)

func TestIndentedCode(t *testing.T) {
	for _, c := range []struct {
		body string
		want []string
	}{
		{"<p>a</p>\n", nil},
		{"<p>a\n      b</p>\n", nil},
		{"<p>a</p>\n\n           \n           <p class=\"end\">x</p>\n<div>\n", []string{"           <p class=\"end\">x</p>"}},
		{"<p>a</p>\r\n\r\n\t<p>文</p>\r\n\r\n\t<p>c</p>\r\n", []string{"\t<p>文</p>\r\n\r\n\t<p>c</p>"}},
		{"\uFEFF    <p>a</p>", []string{"    <p>a</p>"}},
		{"<!-- a -->\n    <p>b</p>\n", []string{"    <p>b</p>"}},
		{"<ul>\n\n      <li>a\n\n</ul>", []string{"      <li>a"}},
		{"text\n    more\n\n>     a\n", []string{"     a"}},
		{"<pre>\n\n    a\n</pre>\n", nil},
		{"-     a\n\n    1. b", []string{"     a"}},
		{"\n    1.\n", []string{"    1."}},
	} {
		var got []string
		for _, s := range IndentedCode([]byte(c.body)) {
			got = append(got, string(s.Of([]byte(c.body))))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.body, got, c.want)
		}
	}
	if got := IndentedCode([]byte(strings.Repeat("> ", 5000) + "\n\n    a")); got != nil {
		t.Errorf("beyond the limits: %v", got)
	}
}
