package lint_test

import (
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
)

// silent is a checker that finds nothing.
type silent struct{}

func (silent) Check(*lint.Pass) {}

func rule(code, name, group string, presets ...string) lint.Rule {
	return lint.Rule{
		Code: code, Name: name, Group: group, Presets: presets, Doc: "A rule for tests.", Severity: pipeline.Warning,
		New: func() lint.Checker { return silent{} },
	}
}

func catalogue() []lint.Rule {
	return []lint.Rule{
		rule("FM001", "first", "front-matter", "core"),
		rule("FM019", "blanks", "front-matter", "archive"),
		rule("FM020", "key-order", "front-matter"),
		rule("HT003", "attribute", "html", "web", "archive"),
		rule("TX001", "spacing", "text", "cjk"),
	}
}

func TestSelect(t *testing.T) {
	for _, c := range []struct {
		name string
		s    lint.Selection
		want string
	}{
		{"default", lint.Selection{}, "FM001"},
		{"core is in web", lint.Selection{Presets: []string{"web"}}, "FM001 HT003"},
		{"core is in archive", lint.Selection{Presets: []string{"archive"}}, "FM001 FM019 HT003"},
		{"cjk alone", lint.Selection{Presets: []string{"cjk"}}, "TX001"},
		{"two presets", lint.Selection{Presets: []string{"core", "cjk"}}, "FM001 TX001"},
		{"strict has all that are in a preset", lint.Selection{Presets: []string{"strict"}}, "FM001 FM019 HT003 TX001"},
		{"code", lint.Selection{Select: []string{"FM020"}}, "FM020"},
		{"name", lint.Selection{Select: []string{"key-order"}}, "FM020"},
		{"prefix", lint.Selection{Select: []string{"FM0"}}, "FM001 FM019 FM020"},
		{"longer prefix", lint.Selection{Select: []string{"FM01"}}, "FM019"},
		{"group", lint.Selection{Select: []string{"HTML"}}, "HT003"},
		{"select beside a preset", lint.Selection{Presets: []string{"core"}, Select: []string{"TX"}}, "FM001 TX001"},
		{"extend the default", lint.Selection{Extend: []string{"FM020"}}, "FM001 FM020"},
		{"ignore from a preset", lint.Selection{Presets: []string{"archive"}, Ignore: []string{"FM"}}, "HT003"},
		{"the closer name wins", lint.Selection{Select: []string{"FM", "FM019"}, Ignore: []string{"FM0"}}, "FM019"},
		{"ignore wins a tie", lint.Selection{Select: []string{"first"}, Ignore: []string{"FM001"}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			picked, err := lint.Select(catalogue(), c.s)
			var codes []string
			for _, r := range picked {
				codes = append(codes, r.Code)
			}
			if got := strings.Join(codes, " "); got != c.want || err != nil {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestSelectUnknown(t *testing.T) {
	for _, c := range []struct {
		s    lint.Selection
		want string
	}{
		{lint.Selection{Presets: []string{"archve"}}, `unknown preset "archve"; did you mean "archive"?`},
		{lint.Selection{Select: []string{"key-ordr"}}, `unknown rule "key-ordr"; did you mean "key-order"?`},
		{lint.Selection{Ignore: []string{"FM002"}}, `unknown rule "FM002"; did you mean "FM001"?`},
		{lint.Selection{Extend: []string{"something-else"}}, `unknown rule "something-else"`},
		{lint.Selection{Select: []string{""}}, `unknown rule ""`},
		{lint.Selection{Select: []string{"F"}}, `unknown rule "F"`},
	} {
		if _, err := lint.Select(catalogue(), c.s); err == nil || err.Error() != c.want {
			t.Errorf("%+v: got %v, want %s", c.s, err, c.want)
		}
	}
}

// untagged has an option without its tags.
type untagged struct {
	silent
	Most int
}

func TestValidate(t *testing.T) {
	if err := lint.Validate(catalogue()); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(*lint.Rule){
		"has no Doc":      func(r *lint.Rule) { r.Doc = " " },
		"has no Group":    func(r *lint.Rule) { r.Group = "" },
		"has no New":      func(r *lint.Rule) { r.New = nil },
		"New returns nil": func(r *lint.Rule) { r.New = func() lint.Checker { return nil } },
		"field Most":      func(r *lint.Rule) { r.New = func() lint.Checker { return &untagged{} } },
		"is there twice":  func(r *lint.Rule) { r.Code = "FM019" },
		"two capitals":    func(r *lint.Rule) { r.Code = "FM1" },
		"kebab case":      func(r *lint.Rule) { r.Name = "First" },
		"class of fix":    func(r *lint.Rule) { r.Fix = "sure" },
		`preset "strict"`: func(r *lint.Rule) { r.Presets = []string{"strict"} },
	} {
		list := catalogue()
		change(&list[0])
		if err := lint.Validate(list); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
		if _, err := lint.New(lint.Options{Rules: list}); err == nil {
			t.Errorf("New takes a rule that %q", want)
		}
	}
}
