package rules_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
)

func TestListIsValid(t *testing.T) {
	if err := lint.Validate(rules.All()); err != nil {
		t.Fatal(err)
	}
}

func TestExamples(t *testing.T) {
	for _, r := range rules.All() {
		t.Run(r.Name, func(t *testing.T) {
			l := schemaLinter(t, r.Schema, one(r.Name))
			if found := l.Check(document("example.md", []byte(r.Good))); len(found) > 0 {
				t.Errorf("the good example has: %v", found)
			}
			if slices.Contains([]string{lint.RolledBack, lint.StaleBaseline, lint.Skipped}, r.Code) {
				return // A wrong rule, a baseline, a file that can't be taken bring them about: no article does.
			}
			bad := document("example.md", []byte(r.Bad))
			if found := l.Check(bad); len(found) == 0 || found[0].Severity != r.Severity {
				t.Errorf("the bad example has: %v", found)
			}
			if strings.HasPrefix(r.Fix, "safe") || r.Fix == "unsafe" {
				n, err := l.Fix(bad, pipeline.Unsafe)
				if n == 0 || err != nil || string(bad.Text) != r.Good {
					t.Errorf("%d fixes (%v) make of the bad example:\n%q\nwant:\n%q", n, err, bad.Text, r.Good)
				}
			}
		})
	}
}

// TestCatalogue compares the list with the table that the project is built from.
func TestCatalogue(t *testing.T) {
	table, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "shared", "design", "rules.md"))
	if err != nil {
		t.Skip("the catalogue is not here: ", err)
	}
	rows := map[string][]string{}
	for line := range strings.Lines(string(table)) {
		if cells := strings.Split(line, " | "); len(cells) >= 5 {
			rows[strings.Trim(cells[0], "|* ")] = cells
		}
	}
	severities := map[string]string{"E": "error", "W": "warning", "I": "info"}
	fixes := map[string]string{"-": "", "S": "safe", "U": "unsafe", "H": "hint", "S/H": "safe/hint", "S/-": "safe"}
	presets := map[string]string{"c": "core", "w": "web", "a": "archive", "k": "cjk"}
	for _, r := range rules.All() {
		row := rows[r.Code]
		if row == nil {
			t.Errorf("%s is not in the catalogue", r.Code)
			continue
		}
		var in []string
		for p := range strings.FieldsSeq(strings.Replace(row[4], "off", "", 1)) {
			in = append(in, presets[p])
		}
		want := strings.Join([]string{row[1], severities[row[2]], fixes[row[3]], strings.Join(in, " ")}, ", ")
		got := strings.Join([]string{r.Name, r.Severity.String(), r.Fix, strings.Join(r.Presets, " ")}, ", ")
		if got != want {
			t.Errorf("%s is %s; the catalogue has %s", r.Code, got, want)
		}
	}
}
