package config

import (
	"reflect"
	"regexp"
	"testing"

	"copydesk/pipeline/lint/rules"
	"copydesk/pipeline/steps"
)

// TestStarter: the starter has no mistakes, neither as it is nor with its examples put in force, and
// as it is it changes nothing.
func TestStarter(t *testing.T) {
	c, err := parse(FileName, Starter())
	if err != nil {
		t.Fatal(err)
	}
	for _, spec := range steps.All() {
		got, err := c.NewStep(spec.Name)
		if err != nil {
			t.Fatal(err)
		}
		want, options := Options(spec.New()), Options(got)
		for i, o := range options {
			if o.String() != want[i].String() {
				t.Errorf("step %s: %s is %q, and %q without the file", spec.Name, o.Name, o, want[i])
			}
		}
	}
	for i, r := range c.Rules() {
		if plain := rules.All()[i]; r.Severity != plain.Severity || !reflect.DeepEqual(r.Presets, plain.Presets) {
			t.Errorf("rule %s is not as it is without the file", r.Code)
		}
	}
	if len(c.Pipelines)+len(c.Files.Exclude) > 0 {
		t.Error("there are pipelines or excluded files")
	}

	examples := regexp.MustCompile(`(?m)^(lint|rules|pipelines): \{\}$`).ReplaceAll(Starter(), []byte("$1:"))
	examples = regexp.MustCompile(`(?m)^#(  +[\w-]+:|    - )`).ReplaceAll(examples, []byte("$1"))
	c, err = parse(FileName, examples)
	if err != nil {
		t.Fatalf("%v\n%s", err, examples)
	}
	if len(c.Pipelines) != 1 || len(c.Pipelines[0].Steps) != 4 {
		t.Errorf("the examples have %d pipelines", len(c.Pipelines))
	}
}
