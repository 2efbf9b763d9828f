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
