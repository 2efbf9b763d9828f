package sanitize

import (
	"bytes"
	"strings"
	"testing"

	"copydesk/pipeline/markup"
)

// TestManyEdits: where edits are too many to be kept, the result is the same.
func TestManyEdits(t *testing.T) {
	p, _ := Named("article")
	for _, piece := range []string{"<p onclick=x>a & b<x>c</x> <</p>\n", "<form>a<", "<div class=q><x-y>&am<x-y>p;", "<td>雨</td> ", "<b a=b c=d>x</i>"} {
		few, many := maxEdits/64, maxEdits+1
		want, err := p.pass([]byte(strings.Repeat(piece, few)), fragment)
		if err != nil || len(want.edits) < few {
			t.Fatalf("%q: %d edits, %v", piece, len(want.edits), err)
		}
		body := []byte(strings.Repeat(piece, many))
		got, err := p.cleanHTML(body)
		if err != nil || len(got.edits) != 1 {
			t.Fatalf("%q: %d edits, %v", piece, len(got.edits), err)
		}
		if n := len(want.result) / 2; !bytes.HasPrefix(got.result, want.result[:n]) {
			t.Errorf("%q becomes %q and not %q", piece, got.result[:200], want.result[:200])
		}
		if fault := p.verify(got.result, nil); fault != nil {
			t.Errorf("%q: %v", piece, fault)
		}
		if active := active(parse(t, got.result[:len(got.result)/few])); active != "" {
			t.Errorf("%q holds %s", piece, active)
		}
	}
}

// TestManyAttributes: what stands behind the attributes of a tag that are read goes.
func TestManyAttributes(t *testing.T) {
	p, _ := Named("article")
	for _, name := range []string{"p", "img", "a", "x", "iframe"} {
		body := "<" + name + strings.Repeat(" a=b", markup.MaxAttrs-1) + ` title=t onclick="x()" href="javascript:x" ` + "onload=y>z"
		got, err := p.cleanHTML([]byte(body))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(got.result, []byte("on")) || bytes.Contains(got.result, []byte("script")) || !bytes.Contains(got.result, []byte("z")) {
			t.Errorf("%s becomes %q", name, got.result)
		}
		if fault := p.verify(got.result, nil); fault != nil {
			t.Errorf("%s: %v", name, fault)
		}
	}
}
