package matter_test

import (
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
)

// apply carries out edits.
func apply(t *testing.T, text string, edits ...pipeline.Edit) string {
	t.Helper()
	d := pipeline.NewDocument("a.md", "a.md", []byte(text))
	if err := d.Apply(edits...); err != nil {
		t.Fatal(err)
	}
	return string(d.Text)
}

func TestAdd(t *testing.T) {
	for _, c := range []struct{ text, pointer, key, value, want string }{
		{"---\n---\n", "", "a", "1", "---\na: 1\n---\n"},
		{"---\nb: x # c\n---\n", "", "a", `"yes"`, "---\nb: x # c\na: 'yes'\n---\n"},
		{"---\r\nb: {c: 1}\r\n---\r\n", "/b", "a", "1", "---\r\nb: {c: 1, a: 1}\r\n---\r\n"},
		{"---\nb: {}\n---\n", "/b", "键", `"值"`, "---\nb: {键: 值}\n---\n"},
		{"---\nb:\n  c: 1\n---\n", "/b", "a", "[]", "---\nb:\n  c: 1\n  a: []\n---\n"},
		{"---\nb:\n- c: 1\n- d: 2\n---\n", "/b/0", "a", "true", "---\nb:\n- c: 1\n  a: true\n- d: 2\n---\n"},
		{"---\nb: 1\n---\n", "", "b", "1", ""},
		{"---\nb: 1\n---\n", "/b", "a", "1", ""},
		{"---\nb: &x {c: 1}\nd: *x\n---\n", "/d", "a", "1", ""},
		{"+++\nb = 1\n[c]\nd = 1\n+++\n", "", "作者", `"我"`, "+++\nb = 1\n\"作者\" = \"我\"\n[c]\nd = 1\n+++\n"},
		{"+++\nb = 1\n[c]\nd = 1\n+++\n", "/c", "a", "1", "+++\nb = 1\n[c]\nd = 1\na = 1\n+++\n"},
		{"+++\n[[c]]\nd = 1\n+++\n", "/c/0", "a", "1", "+++\n[[c]]\nd = 1\na = 1\n+++\n"},
		{"+++\nb = 1\n+++\n", "", "a", "null", ""},
		{"{\n  \"b\": 1\n}\n\n", "", "a", "1", "{\n  \"b\": 1,\n  \"a\": 1\n}\n\n"},
	} {
		m := matter.Read([]byte(c.text))
		edits, err := m.Add(c.pointer, matter.Pair{Key: c.key, Value: []byte(c.value)})
		got := ""
		if err == nil {
			got = apply(t, c.text, edits...)
		}
		if got != c.want {
			t.Errorf("add %s to %s in %q: %q, %v; want %q", c.key, c.pointer, c.text, got, err, c.want)
		}
	}
}

func TestRename(t *testing.T) {
	for _, c := range []struct{ text, pointer, name, want string }{
		{"---\ntilte: x # c\n---\n", "/tilte", "title", "---\ntitle: x # c\n---\n"},
		{"---\n\"tilte\" : x\n---\n", "/tilte", "yes", "---\n\"yes\" : x\n---\n"},
		{"---\na: {b: 1}\n---\n", "/a/b", "c d", "---\na: {c d: 1}\n---\n"},
		{"---\na: {b: 1}\n---\n", "/a/b", "c: d", "---\na: {\"c: d\": 1}\n---\n"},
		{"---\na: 1\nb: 1\n---\n", "/a", "b", ""},
		{"---\na: 1\na: 1\n---\n", "/a", "b", ""},
		{"---\na: [1]\n---\n", "/a/0", "b", ""},
		{"---\na: 1\n---\n", "/b", "c", ""},
		{"+++\na = 1\n+++\n", "/a", "键", "+++\n\"键\" = 1\n+++\n"},
		{"+++\n[a]\nb = 1\n+++\n", "/a", "c", "+++\n[c]\nb = 1\n+++\n"},
		{"+++\na.b = 1\na.c = 1\n+++\n", "/a", "d", ""},
		{"{\n\"a\": 1\n}\n\n", "/a", "b\"", "{\n\"b\\\"\": 1\n}\n\n"},
	} {
		edit, err := matter.Read([]byte(c.text)).Rename(c.pointer, c.name)
		got := ""
		if err == nil {
			got = apply(t, c.text, edit)
		}
		if got != c.want {
			t.Errorf("rename %s to %s in %q: %q, %v; want %q", c.pointer, c.name, c.text, got, err, c.want)
		}
	}
}

func TestChanges(t *testing.T) {
	text := "---\ntilte: x\nn: \"1\"\nlist:\n- {a: '1'}\n- {}\nlast: {}\n---\n"
	changes := []matter.Change{
		{Pointer: "/tilte", Name: "title"}, {Pointer: "/n", Value: []byte("1")}, {Pointer: "/list/0/a", Value: []byte("[]")},
		{Pointer: "/list/1", Pairs: []matter.Pair{{Key: "b", Value: []byte("2")}, {Key: "键", Value: []byte("null")}}},
		{Pointer: "/last", Pairs: []matter.Pair{{Key: "c", Value: []byte("3")}}}, {Pointer: "/nothing", Value: []byte("1")},
		{Pointer: "", Pairs: []matter.Pair{{Key: "d", Value: []byte(`"4"`)}}},
	}
	edits := matter.Read([]byte(text)).Changes(changes)
	var all []pipeline.Edit
	for i := range edits {
		if (edits[i] == nil) != (changes[i].Pointer == "/nothing") {
			t.Errorf("%s: %v", changes[i].Pointer, edits[i])
		}
		all = append(all, edits[i]...)
	}
	want := "---\ntitle: x\nn: 1\nlist:\n- {a: []}\n- {b: 2, 键: null}\nlast: {c: 3}\nd: '4'\n---\n"
	if got := apply(t, text, all...); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	// Two that do not go together: each alone.
	edits = matter.Read([]byte("---\na: 1\nb: 2\n---\n")).Changes([]matter.Change{{Pointer: "/a", Name: "c"}, {Pointer: "/b", Name: "c"}, {Pointer: "/a", Value: []byte("3")}})
	if edits[0] == nil || edits[1] != nil || edits[2] == nil {
		t.Errorf("conflicting changes: %v", edits)
	}
}
