package commands

import (
	"strings"
	"testing"
)

func TestReorder(t *testing.T) {
	app := newApp(Streams{}, nil)
	for _, c := range []struct{ args, want string }{
		{"lint a.md --fix", "lint --fix -- a.md"},
		{"lint a.md -j 4 b.md --report=json", "lint -j 4 --report=json -- a.md b.md"},
		{"lint -j4 a.md", "lint -j 4 -- a.md"},
		{"lint -qv a.md", "lint -q -v -- a.md"},
		{"lint -qj=4 a.md", "lint -q -j 4 -- a.md"},
		{"lint --fix -- -a.md --fix", "lint --fix -- -a.md --fix"},
		{"sanitize - -o -", "sanitize -o - -- -"},
		{"convert --to html a.md -o out/", "convert --to html -o out/ -- a.md"},
		{"config check x.yaml", "config check -- x.yaml"},
		{"--version", "--version"},
	} {
		got, err := reorder(app, append([]string{"copydesk"}, strings.Fields(c.args)...))
		if err != nil || strings.Join(got[1:], " ") != c.want {
			t.Errorf("%s: %q, %v; want %q", c.args, got, err, c.want)
		}
	}
	for args, want := range map[string]string{
		"lint --fx a.md":   `unknown flag "--fx"; did you mean "--fix"?`,
		"lint -Z a.md":     `unknown flag "-Z"`,
		"lint -fix a.md":   `unknown flag "-fix"; did you mean "--fix"?`,
		"lint a.md -o":     "flag -o needs a value",
		"lint a.md -qo":    `unknown flag "-qo"`,
		"convrt a.md":      `unknown command "convrt"; did you mean "convert"?`,
		"config chek":      `unknown command "chek"; did you mean "check"?`,
		"lint --jobs=1 -x": `unknown flag "-x"`,
	} {
		if _, err := reorder(app, append([]string{"copydesk"}, strings.Fields(args)...)); err == nil || err.Error() != want {
			t.Errorf("%s: %v; want %s", args, err, want)
		}
	}
}
