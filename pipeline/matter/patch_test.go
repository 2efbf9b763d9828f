package matter

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"copydesk/pipeline"
)

// samples are documents whose every value is patched, removed and replaced.
var samples = []string{
	"---\ntitle: '微信崩了！官方回应'\ncategories: \n - 新媒体\n - 最新新闻\ncomments: false\ndate: Fri, 22 Jul 2022 22:48:17 GMT\n---\n\n<p>body\n",
	"\n---\n# a comment\ntitle: plain  # why\ndate: 2022-07-22\nempty:\ntags: [a, 'b', \"c\"]\nauthor:\n  name: x\n  links:\n  - url: u\n    rel: me\n  - url: v\nseq:\n- 1\n- - nested\n  - two\ntext: |\n  one\n\n  two\nfold: >-\n  a\n  b\n\nlast: ~\n---\nbody\n",
	"---\r\na: 1\r\nb:\r\n    c: x\r\n    d: 'y'\r\nf: {g: 1, h: [2, 3], i: }\r\n---\r\nbody\r\n",
	"---\na: 1\rb: x\r---\rbody\r",
	"+++\n# note\ntitle = \"t\" # why\ndate = 2022-07-22T22:48:17Z\ntags = [\n  'a',\n  \"b\",\n]\nx.y = 1\nx.z = 'q'\ninline = { a = 1, b.c = 2 }\nmulti = '''\none\n'''\n\n[params]\nk = 1.10\n\n[params.deep]\nv = true\n\n[[people]]\nname = \"n\"\n[[people]]\nname = \"m\"\n[implied.table]\nq = 1\n+++\nbody\n",
	"{\n  \"title\": \"t\",\n  \"n\": 1.10,\n  \"list\": [1, {\"k\": null}],\n  \"o\": {\"a\": {\"b\": []}, \"e\": {}}\n}\n\nbody\n",
	"{\"title\":\"t\",\"n\":1}\nbody\n",
	"---\ntitle: &t x\nalso: *t\nm: &m {a: 1}\nn: !x y\no:\n  <<: *m\n  \"quoted key\": 'v'\n---\nbody",
	"---\n---\nbody\n",
}

var newValues = []string{
	`"plain"`, `"with: colon"`, `"it's \"quoted\""`, `"line\nbreak\n"`, `"a\n\nb"`, `" spaces "`, `""`, `"no"`, `"2022-07-22"`, `"12"`,
	`"2023-01-02T03:04:05Z"`, `"---"`, `"x\n---\ny"`, `"\u2028\u0085\u0000"`, `"文：字"`, `"#"`, `"- a"`, `"{x"`,
	`true`, `null`, `12`, `1.10`, `-1e5`, `[]`, `{}`, `["a","b: c",3]`, `[[1],[2,{"k":"v"}]]`, `{"k":"v","k2":[1]}`,
}

// mayFail are the reasons why a patch is refused.
var mayFail = []string{"TOML has no null", "header of its own", "made of dotted keys", "stands behind the alias", "another value would change", "can't stand there: unknown anchor", "not a mapping"}

func refused(err error) bool {
	for _, reason := range mayFail {
		if strings.Contains(err.Error(), reason) {
			return true
		}
	}
	return false
}

func apply(t *testing.T, text []byte, edits ...pipeline.Edit) []byte {
	t.Helper()
	d := pipeline.NewDocument("a.md", "a.md", text)
	if err := d.Apply(edits...); err != nil {
		t.Fatal(err)
	}
	return d.Text
}

func TestPatchEveryValue(t *testing.T) {
	for _, sample := range samples {
		m := Read([]byte(sample))
		if m.Root == nil {
			t.Fatalf("%q: %+v", sample, m.Faults)
		}
		m.Root.Walk(func(pointer string, n *Node) {
			for _, value := range newValues {
				if pointer == "" {
					continue
				}
				edit, err := m.Patch(pointer, []byte(value))
				if err != nil {
					if strings.Contains(err.Error(), "another") {
						t.Logf("REF %s %s %v", pointer, value, err)
					}
					if !refused(err) {
						t.Errorf("%s = %s in %q: %v", pointer, value, sample, err)
					}
					continue
				}
				after := Read(apply(t, m.Text, edit))
				got := string(AppendJSON(nil, after.Root.At(pointer), nil))
				if !same(after.Root.At(pointer), mustJSON(t, value)) {
					t.Errorf("%s = %s in %q gives %s", pointer, value, sample, got)
				}
				if edit.Start < m.Raw.Start || edit.End > m.Raw.End {
					t.Errorf("%s = %s in %q: edit %v outside the front matter", pointer, value, sample, edit)
				}
			}
		})
	}
}

// checkKept checks that entries that say the same as before have the bytes that they had.
func checkKept(t *testing.T, before, after *Matter) {
	t.Helper()
	if before.Root.Entry("also") != nil {
		return // What aliases stand for is written out where it goes.
	}
	for _, e := range before.Root.Entries {
		now := after.Root.Entry(e.Key)
		if now == nil || e.Value.origin != inline || !same(now.Value, e.Value) {
			continue
		}
		if was, is := e.Span.Of(before.Text), now.Span.Of(after.Text); !bytes.Equal(was, is) {
			t.Errorf("the entry %q becomes %q", was, is)
		}
	}
}

func mustJSON(t *testing.T, json string) *Node {
	t.Helper()
	n, err := readJSON([]byte(json))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestMerge(t *testing.T) {
	for _, sample := range samples {
		m := Read([]byte(sample))
		data := AppendJSON(nil, m.Root, nil)
		if edits, err := m.Merge(data); err != nil || len(edits) > 0 {
			t.Errorf("%q: its own data makes edits %v, error %v", sample, edits, err)
		}
		wants := []string{`{}`, `{"only":"new"}`, `{"title":"new","tags":["a","x"],"n":{"a":[1]}}`}
		for i := range m.Root.Entries {
			less := *m.Root
			less.Entries = append(append([]Entry{}, m.Root.Entries[:i]...), m.Root.Entries[i+1:]...)
			wants = append(wants, string(AppendJSON(nil, &less, nil)))
			more := *m.Root
			more.Entries = append(append([]Entry{}, m.Root.Entries...), Entry{Key: fmt.Sprintf("new %d", i), Value: m.Root.Entries[i].Value})
			wants = append(wants, string(AppendJSON(nil, &more, nil)))
		}
		for _, want := range wants {
			edits, err := m.Merge([]byte(want))
			if err != nil {
				t.Logf("REFM %v %q %s", err, sample, want)
				if !refused(err) {
					t.Errorf("%q to %s: %v", sample, want, err)
				}
				continue
			}
			after := Read(apply(t, m.Text, edits...))
			if !same(after.Root, mustJSON(t, want)) {
				t.Errorf("%q to %s gives %q", sample, want, after.Text)
			}
			checkKept(t, m, after)
			if !bytes.Equal(after.Body.Of(after.Text), m.Body.Of(m.Text)) {
				t.Errorf("%q to %s changes the body", sample, want)
			}
		}
	}
}
