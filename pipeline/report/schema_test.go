package report_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/report"
)

// The schema names what jsonl prints, all of it and in the same words.
func TestSchemaNamesAllMembers(t *testing.T) {
	var schema struct {
		Defs map[string]json.RawMessage `json:"$defs"`
	}
	if err := json.Unmarshal(report.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	d := pipeline.NewDocument("a.md", "a.md", []byte("text\n"))
	d.Report(pipeline.Diagnostic{
		Code: "XX001", Rule: "x", Message: "m", Fixes: []pipeline.Fix{{Title: "t", Edits: []pipeline.Edit{{Start: 0, End: 1}}}},
		Related: []pipeline.Related{{Message: "r"}},
	})
	d.Failed = errors.New("cause")
	var entries []map[string]any
	if err := json.Unmarshal(printed(t, "json", report.Options{}, d), &entries); err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		checkMembers(t, schema.Defs, schema.Defs["entry"], e, "")
	}
}

// checkMembers compares the names of an object's members, and of what they hold, with those of its schema.
func checkMembers(t *testing.T, defs map[string]json.RawMessage, raw json.RawMessage, value any, path string) {
	t.Helper()
	var schema struct {
		Ref        string `json:"$ref"`
		AnyOf      []json.RawMessage
		Items      json.RawMessage
		Required   []string
		Properties map[string]json.RawMessage
	}
	if err := json.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	switch {
	case schema.Ref != "":
		checkMembers(t, defs, defs[schema.Ref[len("#/$defs/"):]], value, path)
		return
	case len(schema.AnyOf) > 0 && value != nil:
		checkMembers(t, defs, schema.AnyOf[0], value, path)
		return
	}
	switch v := value.(type) {
	case map[string]any:
		have, want := slices.Sorted(maps.Keys(v)), slices.Sorted(maps.Keys(schema.Properties))
		if required := slices.Sorted(slices.Values(schema.Required)); !slices.Equal(have, want) || !slices.Equal(have, required) {
			t.Errorf("%s has %v, and the schema %v, requiring %v", path, have, want, required)
		}
		for name, member := range v {
			checkMembers(t, defs, schema.Properties[name], member, path+"/"+name)
		}
	case []any:
		for i, item := range v {
			checkMembers(t, defs, schema.Items, item, fmt.Sprintf("%s/%d", path, i))
		}
	}
}
