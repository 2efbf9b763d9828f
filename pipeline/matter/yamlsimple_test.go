package matter

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"copydesk/pipeline"
)

// checkSimple holds that data which needs no loader is read as the loader reads it: the same nodes at the same
// places, and the same faults. read tells whether it needs none.
func checkSimple(t *testing.T, text []byte, span pipeline.Span) (read bool) {
	t.Helper()
	for _, limits := range []bounds{frontMatterLimits, textLimits} {
		root, faults, ok := simpleYAML(text, span, limits)
		if !ok {
			continue
		}
		read = true
		want, wantFaults := loadYAML(text, span, limits)
		if !reflect.DeepEqual(root, want) {
			t.Fatalf("%q is read as\n%s, and by the loader as\n%s", span.Of(text), dump(root), dump(want))
		}
		if len(faults)+len(wantFaults) > 0 && !reflect.DeepEqual(faults, wantFaults) {
			t.Fatalf("%q has the faults\n%+v, and by the loader\n%+v", span.Of(text), faults, wantFaults)
		}
	}
	return read
}

// FuzzSimpleYAML holds that the reader of simple YAML and the loader agree, at any place in a text.
func FuzzSimpleYAML(f *testing.F) {
	seeds(f, func(text []byte) { f.Add(Read(text).Raw.Of(text), 0) })
	for i, text := range simpleSamples {
		f.Add([]byte(text), i)
	}
	f.Fuzz(func(t *testing.T, data []byte, before int) {
		lead := strings.Repeat("é", before&7)
		text := append([]byte(lead), data...)
		checkSimple(t, text, pipeline.Span{Start: len(lead), End: len(text)})
		tail := append(bytes.Clone(text), "---\nbody: no\n"...)
		checkSimple(t, tail, pipeline.Span{Start: len(lead), End: len(text)})
	})
}

// simpleSamples are texts that need no loader.
var simpleSamples = []string{
	"title: 服务中断！官方回应：“部分功能恢复中”\nauthor: '它''s'\nsource: \"a \\\"b\\\" \\\\ c\"\n",
	"categories: \n - 新闻\n - 快讯（测试）\ntags:\n- a\n-   b # note\nkeys:\n    - 'c: d'\n    - \"e\"\n",
	"a: 1\nb: -1.5e3\nc: 2022-07-22\nd: 2022-07-22T22:48:17Z\ne: 2022-07-22 22:48:17\nf: true\ng: ~\nh: 012\ni: 0x1F\n",
	"a:\nb: # nothing\nc:\n\n# a comment\n  # another\nd: x # trailing\ne: x#y\n",
	"author:\n  name: Ada\n  links:\n    home: https://example.com/a?b=c#d\n  - x: 1\n",
	"menu:\n  - name: a\n    url: /a/\n  - name: b\n    items:\n    - 1\n    - 2\nlast: yes\n",
	"tags: [a, 'b, c', \"d\", -1, 2022-07-22]\nempty: []\nnext: [ x ] # y\n",
	"a: 1\r\nb:\r\n  - c\r\n\r\nd: 'e'\r\n",
	"Module Name: a\nonline  version: b\nms.date: 01/16/2026\nv-if_: x\ncSpell:ignore: y\n",
	"a: 1\na: 2\nb:\n  c: 1\n  c: 1\n",
	"path: C:\\x\ntime: 12:30:00\nurl: //a.b/c\nmath: (a) <b> =c ^d ; e\nend: x",
}

func TestSimpleYAML(t *testing.T) {
	for i, text := range simpleSamples {
		needsNone := checkSimple(t, []byte(text), pipeline.Span{Start: 0, End: len(text)})
		if needsNone != (i != 4) { // Its list stands where a key must.
			t.Errorf("%q: read without the loader: %v", text, needsNone)
		}
	}
}

// dump shows a value and all below it, a line each.
func dump(root *Node) string {
	var b strings.Builder
	root.Walk(func(pointer string, n *Node) {
		fmt.Fprintf(&b, "%s %s %v %q quoted %v, %d entries: ", pointer, n.Kind, n.Span, n.Value, n.Quoted, len(n.Entries))
		for _, e := range n.Entries {
			fmt.Fprintf(&b, "%q %v %v ", e.Key, e.KeySpan, e.Span)
		}
		b.WriteByte('\n')
	})
	return b.String()
}

// TestSimpleYAMLOfFiles compares the two readers on all front matter in testdata and in the corpus that stands
// beside the repository, and tells which share of it needs no loader.
func TestSimpleYAMLOfFiles(t *testing.T) {
	roots := []string{filepath.Join("..", "..", "testdata")}
	for _, kind := range []string{"seedlike", "sites"} {
		found, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "corpus", kind, "*"))
		roots = append(roots, found...)
	}
	if len(roots) == 1 {
		t.Log("no corpus here: only testdata is read")
	}
	for _, root := range roots {
		t.Run(filepath.Base(root), func(t *testing.T) {
			all, simple := 0, 0
			err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
				if err != nil || !d.Type().IsRegular() {
					return err
				}
				text, err := os.ReadFile(path)
				if env, _ := Split(text); env.Format == YAML && env.Raw.Len() <= frontMatterLimits.Bytes {
					all++
					if checkSimple(t, text, env.Raw) {
						simple++
					}
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
			t.Logf("%d of %d (%.1f %%) need no loader", simple, all, 100*float64(simple)/float64(max(all, 1)))
		})
	}
}

func TestSimpleYAMLOfSuites(t *testing.T) {
	for _, text := range documents(t) {
		if env, _ := Split(text); env.Format == YAML {
			checkSimple(t, text, env.Raw)
		}
	}
	for _, c := range yamlCases(t) {
		checkSimple(t, c.text, pipeline.Span{Start: 0, End: len(c.text)})
	}
}
