package repair

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
	"copydesk/testdata/golden"
)

// mend makes the repairs that are switched on by name in a document, and tells what was found.
func mend(t testing.TB, d *pipeline.Document, names ...string) string {
	t.Helper()
	s, err := New(switched(t, names))
	if err != nil {
		t.Fatal(err)
	}
	before := bytes.Clone(d.Text)
	lines := pipeline.NewLines(before)
	if _, err := s.Apply(d); err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	for _, f := range d.Diagnostics {
		at := lines.At(f.Span.Start, pipeline.CodePoints)
		fmt.Fprintf(&told, "%d:%d %s %s: %s\n", at.Line, at.Column, f.Code, f.Rule, f.Message)
	}
	again := document(d.Path, d.Text)
	again.Format = d.Format
	if n, err := s.Apply(again); n > 0 || err != nil {
		t.Errorf("a second run mends %d more places (%v): %q, then %q", n, err, d.Text, again.Text)
	}
	return told.String()
}

// switched are options with nothing but the named repairs; "default" are those that are on by default.
func switched(t testing.TB, names []string) Options {
	var o Options
	for _, name := range names {
		if name == "default" {
			o = Defaults()
			continue
		}
		v := reflect.ValueOf(&o).Elem()
		found := false
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("option") == name {
				v.Field(i).SetBool(true)
				found = true
			}
		}
		if !found {
			t.Fatalf("no option %q", name)
		}
	}
	return o
}

func document(name string, text []byte) *pipeline.Document {
	d := pipeline.NewDocument(name, name, text)
	d.BodyStart = matter.BodyStart
	d.Format = markup.Detect(name, d.Body().Of(text))
	return d
}

// TestList holds each entry to what it says: it is switched by the option of its name, which is off or on by
// default, and makes its example's second half of the first.
func TestList(t *testing.T) {
	for _, r := range All() {
		o := switched(t, []string{r.Name})
		if !r.on(&o) || r.on(&Options{}) {
			t.Errorf("%s is not switched by the option of its name", r.Name)
		}
		d := document("example.html", []byte(r.Before))
		told := mend(t, d, r.Name)
		if string(d.Text) != r.After {
			t.Errorf("%s makes of the example:\n%s", r.Name, d.Text)
		}
		if !strings.Contains(told, r.Code+" "+r.Rule+": repaired: ") {
			t.Errorf("%s tells: %s", r.Name, told)
		}
	}
	if n := reflect.TypeFor[Options]().NumField(); n != len(All())+1 {
		t.Errorf("%d options for %d repairs and the patterns of boilerplate", n, len(All()))
	}
}

// TestCases runs testdata/repair: a case is a folder with an article, the result, and what was repaired,
// with line and column. A file options names the repairs to make, where those are not the default ones.
func TestCases(t *testing.T) {
	golden.Run(t, "../../testdata/repair/*.txtar", runCases)
}

// runCases gives the files of cases as they should be.
func runCases(t *testing.T, a *txtar.Archive) (out []txtar.File) {
	names := []string{"default"}
	for _, f := range a.Files {
		dir, name, _ := strings.Cut(f.Name, "/")
		switch name {
		case "options":
			names = strings.Fields(string(f.Data))
			out = append(out, f)
		case "result", "repaired":
		default:
			text := strings.NewReplacer("«CR»", "\r", "«SP»", " ").Replace(string(f.Data))
			d := document(name, []byte(text))
			told := mend(t, d, names...)
			result := strings.NewReplacer("\r", "«CR»", " \n", "«SP»\n").Replace(string(d.Text))
			out = append(out, f, txtar.File{Name: dir + "/result", Data: []byte(result)}, txtar.File{Name: dir + "/repaired", Data: []byte(told)})
			names = []string{"default"}
		}
	}
	return out
}
