package rules_test

import (
	"reflect"
	"strings"
	"testing"

	"copydesk/pipeline/lint"
)

// TestComparedTools names the programs that are compared: what they agree on is left out, unless they agree
// that there is no front matter.
func TestComparedTools(t *testing.T) {
	for _, test := range []struct{ tools, text, want string }{
		{"Hugo adrg/frontmatter", "---\ndate: 2022-07-22\na: no\n---\n", "the plain value no is a truth value to adrg/frontmatter, text to Hugo"},
		{"hugo GRAY-MATTER", "---\na: no\n1: b\n---\n", ""},
		{"Jekyll gray-matter", "+++\na = 1\n+++\n", "what stands behind this fence is text to Jekyll and gray-matter"},
		{"Jekyll", "---\na: no\n---\n", ""},
		{"", "+++\na = no\n+++\n", ""},
	} {
		list := one("portability")
		made := list[0].New
		list[0].New = func() lint.Checker {
			c := made()
			reflect.ValueOf(c).Elem().FieldByName("Tools").Set(reflect.ValueOf(strings.Fields(test.tools)))
			return c
		}
		var got []string
		for _, f := range linter(t, list).Check(document("a.md", []byte(test.text))) {
			got = append(got, f.Message)
		}
		if strings.Join(got, "\n") != test.want {
			t.Errorf("%s: %q, want %q", test.tools, got, test.want)
		}
	}
}
