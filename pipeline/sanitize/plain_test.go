package sanitize

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// twins are policies that ask bluemonday about whole tags, by those that need not.
var twins sync.Map

// checkWhole holds that a pass over a body, made again and again, finds what it finds where bluemonday is asked about
// each tag as a whole.
func checkWhole(t testing.TB, p *Policy, body []byte, m mode) {
	t.Helper()
	p.make()
	made, _ := twins.LoadOrStore(p, newPolicy(p.name, func() *definition { return p.def }))
	twin := made.(*Policy)
	twin.make()
	twin.whole = true
	want, err := twin.pass(body, m)
	if err != nil {
		t.Fatalf("clean %q: %v", clip(string(body)), err)
	}
	for range 3 { // What was asked once is remembered when it is asked again.
		got, err := p.pass(body, m)
		if err != nil || !slices.Equal(got.edits, want.edits) || !reflect.DeepEqual(got.removed, want.removed) || string(got.result) != string(want.result) {
			t.Fatalf("policy %s makes %q of %q, takes %v, and by whole tags %q, %v (%v)", p.name, got.result, body, got.removed, want.result, want.removed, err)
		}
	}
}

// plainValues are values that patterns take for this or that.
var plainValues = []string{"", "#", "x", "a b", " x ", "1", "12px", "100%", "-1", "0001000", "1001", "left", "LEFT", "auto", "true", "_blank", "checkbox", "lazy", "en-GB", "rtl", "en", "*/*",
	"image/png", "text/html; charset=utf-8", "2020-01-01", "#fff", "red", "color:red", "language-go", "task-list-item", "location", "雨。", "x<y>z", "a'b", "`", "=", "/", "\t", "\n",
	"https://example.com/a.png", "HTTPS://EXAMPLE.COM", "http:x", "//example.com/?a=b", "/a/%20b", "/a b", "a%", "javascript:x", " javascript:x", "JavaScript:x", "data:image/png;base64,x", "mailto:a@b", "x 1x, y 2x", "x 1q",
	strings.Repeat("x", 200)}

// TestPlain asks about every attribute of every element, with values of all kinds.
func TestPlain(t *testing.T) {
	for _, p := range append(builtInPolicies(t), widest(t)) {
		p.make()
		for _, e := range strings.Fields(knownElements + " script form unknown") {
			var body strings.Builder
			for _, a := range strings.Fields(knownAttributes + " style onclick data-x srcdoc aria-label unknown") {
				values := plainValues
				if p.allows(e, a) == 0 {
					values = values[:4]
				}
				for _, v := range values {
					body.WriteString("<" + e + " " + a + `="` + v + `">`)
				}
				body.WriteString("</" + e + "><" + e + " title=\"x\" \t" + a + ` id="y" /><` + e + " " + a + `="1"` + a + `="2">`)
			}
			checkWhole(t, p, []byte(body.String()), parts)
		}
	}
}

func builtInPolicies(t testing.TB) (all []*Policy) {
	t.Helper()
	for _, name := range Policies() {
		p, err := Named(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// FuzzPlain asks about two attributes of an element.
func FuzzPlain(f *testing.F) {
	for i, v := range plainValues {
		f.Add(uint8(i), uint8(2*i), uint8(3*i), v, plainValues[len(plainValues)-1-i])
	}
	all := append(builtInPolicies(f), widest(f))
	elements, attributes := strings.Fields(knownElements+" script unknown"), strings.Fields(knownAttributes+" style onclick data-x unknown")
	f.Fuzz(func(t *testing.T, e, a, b uint8, v, w string) {
		name, first, second := elements[int(e)%len(elements)], attributes[int(a)%len(attributes)], attributes[int(b)%len(attributes)]
		for _, p := range all {
			checkWhole(t, p, []byte("<"+name+" "+first+`="`+v+`" `+second+`="`+w+`">x</`+name+`>`), fragment)
		}
	})
}
