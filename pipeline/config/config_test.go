package config

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"copydesk/pipeline/matter"
	"copydesk/pipeline/steps"
)

// knobs has an option of each type.
type knobs struct {
	Name  string        `option:"name" help:"a word" values:"one,two"`
	Names []string      `option:"names" help:"words"`
	Size  int           `option:"size" help:"a number"`
	Sizes []int         `option:"sizes" help:"numbers"`
	Share float64       `option:"share" help:"a fraction"`
	On    bool          `option:"on" help:"a switch"`
	Wait  time.Duration `option:"wait" help:"a time"`
	Pairs []string      `option:"pairs" pairs:"true" help:"name=value"`
	Other string        // no option
}

func TestOptions(t *testing.T) {
	for _, c := range []struct{ name, yaml, text, want, err string }{
		{"name", "two", "two", "two", ""},
		{"name", "three", "three", "", `option name is one of one, two, not "three"`},
		{"names", "[a, b]", "a,b", "a,b", ""},
		{"names", "a", "a", "a", ""},
		{"size", "7", "7", "7", ""},
		{"sizes", "[1, 2]", "1,2", "1,2", ""},
		{"share", "0.5", "0.5", "0.5", ""},
		{"on", "true", "true", "true", ""},
		{"wait", "2s", "2s", "2s", ""},
		{"pairs", "{a: b, c: 1}", "a=b,c=1", "a=b,c=1", ""},
		{"pairs", "[a=b]", "a=b", "a=b", ""},
	} {
		for _, way := range []string{"text", "node"} {
			o, err := FindOption(Options(&knobs{}), c.name)
			if err != nil {
				t.Fatal(err)
			}
			if way == "text" {
				err = o.SetText(c.text)
			} else {
				root, _ := matter.Parse([]byte("v: "+c.yaml+"\n"), matter.YAML)
				_, err = o.SetNode(root.Get("v"))
			}
			if c.err != "" {
				if err == nil || err.Error() != c.err {
					t.Errorf("%s of %s from %s: %v, want %s", c.name, c.text, way, err, c.err)
				}
			} else if err != nil || o.String() != c.want {
				t.Errorf("%s of %s from %s: %q, %v", c.name, c.text, way, o.String(), err)
			}
		}
	}
	if n := len(Options(&knobs{})); n != 8 {
		t.Errorf("%d options", n)
	}
	for name, yaml := range map[string]string{"size": "x", "on": "1", "sizes": "[1, x]", "name": "[a]", "wait": "soon", "pairs": "{a: [b]}", "names": "{a: b}"} {
		o, _ := FindOption(Options(&knobs{}), name)
		root, _ := matter.Parse([]byte("v: "+yaml+"\n"), matter.YAML)
		if wrong, err := o.SetNode(root.Get("v")); err == nil || wrong == nil {
			t.Errorf("option %s took %s", name, yaml)
		}
	}
}

// TestSchema holds the schema to what the reader knows: each section, each option of each step.
func TestSchema(t *testing.T) {
	var schema struct {
		Properties map[string]struct {
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	for _, s := range sectionList() {
		if _, ok := schema.Properties[s.name]; !ok {
			t.Errorf("section %s is not in the schema", s.name)
		}
	}
	for _, spec := range steps.All() {
		for _, o := range Options(spec.New()) {
			_, ok := schema.Properties[spec.Name].Properties[o.Name]
			if forCommandLine := spec.Name == "lint" && o.Name == "schema"; ok == (forCommandLine || o.Flag) {
				t.Errorf("option %s of step %s: in the schema: %v", o.Name, spec.Name, ok)
			}
		}
	}
}

// TestSchemas looks which schema and which demand of front matter holds for a name.
func TestSchemas(t *testing.T) {
	c, err := parse("site/copydesk.yaml", []byte("files: {articles: ['*.html', drafts/**]}\nschema:\n  posts/*.md: {title: first}\n  '*.md': {title: second}\n  '**': hugo\n"))
	if err != nil {
		t.Fatal(err)
	}
	chooser, err := c.Schemas()
	if err != nil {
		t.Fatal(err)
	}
	setup := c.lintSetup()
	for name, want := range map[string]string{
		"site/posts/a.md": "site/copydesk.yaml:3 false", "site/a.md": "site/copydesk.yaml:4 false", "site/posts/x/a.md": "site/copydesk.yaml:4 false",
		"site/a.html": "hugo true", "site/drafts/a.txt": "hugo true",
	} {
		if got := fmt.Sprint(chooser.Expects(name).Name, " ", setup.Articles(name)); filepath.ToSlash(got) != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	for text, want := range map[string]string{
		"schema: {a: {type: strin}}":       `site/copydesk.yaml:1:20: type is "strin", expected one of`,
		"schema: {a: nothing.json}":        "site/copydesk.yaml:1:13: schema: site/nothing.json: there is no such file",
		"schema: {a: ../../b.json}":        "site/copydesk.yaml:1:13: schema: ../b.json: the name leads out of the folder site",
		"schema: {a: {$ref: ../../b.yml}}": `site/copydesk.yaml:1:20: can't follow "../../b.yml": it lies outside the folder site`,
	} {
		c, err := parse("site/copydesk.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Schemas(); err == nil || !strings.HasPrefix(filepath.ToSlash(err.Error()), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestPrecedence(t *testing.T) {
	c, err := parse("copydesk.yaml", []byte("lint: {policy: basic}\nsanitize: {policy: strict}\nimages: {quality: 50}\n"+
		"pipelines:\n  p:\n    - images: {quality: 60}\n    - images\n"))
	if err != nil {
		t.Fatal(err)
	}
	policy := func(name string) string {
		step, err := c.NewStep(name)
		if err != nil {
			t.Fatal(err)
		}
		o, _ := FindOption(Options(step), "policy")
		return o.String()
	}
	if got := []string{policy("lint"), policy("sanitize"), policy("convert")}; strings.Join(got, " ") != "basic strict strict" {
		t.Errorf("policies of lint, sanitize, convert: %v", got)
	}
	p, err := c.Pipeline("p")
	if err != nil || p[0].(*steps.Images).Quality != 60 || p[1].(*steps.Images).Quality != 50 {
		t.Errorf("pipeline %+v, %v", p, err)
	}
	if step, err := c.ParseStep("images quality=70 widths=1,2"); err != nil || step.(*steps.Images).Quality != 70 {
		t.Errorf("chain %+v, %v", step, err)
	}
}
