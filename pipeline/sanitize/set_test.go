package sanitize

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"copydesk/pipeline/matter"
)

// define makes a set of the policies in YAML, and returns the mistakes as line:column message.
func define(t testing.TB, text string) (*Set, []string) {
	t.Helper()
	root, broken := matter.Parse([]byte(text), matter.YAML)
	if len(broken) > 0 {
		t.Fatal(broken)
	}
	s := &Set{}
	var told []string
	for _, f := range s.Define(root) {
		told = append(told, fmt.Sprintf("%q: %s", text[f.Span.Start:f.Span.End], f.Message))
	}
	return s, told
}

// TestShow writes each built-in policy, reads that, and compares.
func TestShow(t *testing.T) {
	for _, name := range Policies() {
		text, err := (*Set)(nil).Show(name)
		if err != nil {
			t.Fatal(err)
		}
		again, faults := define(t, text)
		if len(faults) > 0 {
			t.Fatalf("policy %s shown as\n%s\nhas %v", name, text, faults)
		}
		if was, is := readBuiltIn(name), again.own[name].read(); !reflect.DeepEqual(was, is) {
			t.Errorf("policy %s shown as\n%s\nis another one", name, text)
		}
		if shown, _ := again.Show(name); shown != text {
			t.Errorf("policy %s is shown as\n%s\nand that as\n%s", name, text, shown)
		}
	}
}

const frame = `<iframe sandbox="allow-scripts allow-same-origin allow-popups allow-presentation" allow="encrypted-media; fullscreen; picture-in-picture"`

// TestKeys holds the documentation of words to those that there are.
func TestKeys(t *testing.T) {
	for _, k := range Keys() {
		for key, words := range map[string]map[string]string{"attributes": attributeWords, "styles": styleWords} {
			for w := range words {
				if k.Name == key && !strings.Contains(k.Help, " "+w) {
					t.Errorf("%s does not tell of %s", key, w)
				}
			}
		}
	}
}

// TestExtend extends a policy, narrows it, and looks at what stays.
func TestExtend(t *testing.T) {
	s, faults := define(t, `
house:
  extends: article
  elements: [label, "METER"]
  remove-elements: [font, center]
  attributes:
    "*": {id: none}
    a: {target: none, rel: [nofollow, noopener]}
    h2: {id: '^[a-z-]+|x$', data-n: integer}
  classes:
    "*": [lead, note]
    p: '^p-[a-z]+$'
    div: none
  styles:
    "*": {color: color}
    p: {text-align: [left, right]}
  remove-schemes: [ftp]
  schemes: [tg]
  embeds: [www.example.com, "*.example.org"]
  comments: false
mine:
  extends: house
  elements: [fieldset]
  classes: {p: none}
plain:
  elements: [a, q]
  attributes: {q: {cite: url}, a: {href: '^https://.*$'}}
`[1:])
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	shown, _ := s.Show("mine")
	if again, faults := define(t, shown); len(faults) > 0 || !reflect.DeepEqual(s.own["mine"].read(), again.own["mine"].read()) {
		t.Errorf("shown as\n%s\n%v", shown, faults)
	}
	for _, c := range []struct{ policy, body, want string }{
		{"house", `<h2 id="a-b" data-n="1">x</h2><h2 id="aA">y</h2><h3 id="a">z</h3>`, `<h2 id="a-b" data-n="1">x</h2><h2>y</h2><h3>z</h3>`},
		{"house", `<font>a</font><label>b</label><meter>c</meter>`, `a<label>b</label><meter>c</meter>`},
		{"house", `<a href="ftp://x/" target="_blank" rel="noopener">a</a><a href="tg://x/" rel="me">b</a>`, `<a rel="noopener">a</a><a href="tg://x/">b</a>`},
		{"house", `<p class="p-x p-y">a</p><p class="lead">b</p><h1 class=" lead note ">c</h1><div class="lead">d</div>`, `<p class="p-x p-y">a</p><p>b</p><h1 class=" lead note ">c</h1><div>d</div>`},
		{"plain", `<a href="#">a</a><q cite="">b</q><q cite="#">c</q>`, `<a>a</a><q cite="">b</q><q cite="#">c</q>`},
		{"mine", `<p class="lead">a</p><h1 class="lead">b</h1>`, `<p>a</p><h1 class="lead">b</h1>`},
		{"house", `<p style="COLOR:Red;text-align:left">a</p><b style="color:red; text-align:left">b</b>`, `<p style="COLOR:Red;text-align:left">a</p><b style="color: red">b</b>`},
		{"house", `<p style="color:red !important;background:url(x)">a</p><p style="color:expression(x)">b</p><p style="colo\72:red">c</p>`, `<p style="color: red">a</p><p>b</p><p>c</p>`},
		{"house", `<!--more--><iframe src="https://www.example.com/e/1?a=b"></iframe><iframe src=https://example.com/></iframe>`,
			frame + ` src="https://www.example.com/e/1?a=b"></iframe>` + "\n"},
		{"house", `<iframe allow="camera" sandbox src="https://a.b.example.org" onload=x>fallback</iframe>`,
			`<iframe allow="encrypted-media; fullscreen; picture-in-picture" sandbox="allow-scripts allow-same-origin allow-popups allow-presentation" src="https://a.b.example.org"></iframe>`},
		{"house", `<iframe src="https://www.example.com/">a <b>b`, frame + ` src="https://www.example.com/"></iframe>a <b>b</b>`},
		{"house", `<noscript><iframe src="https://www.example.com/">a</iframe>b`, frame + ` src="https://www.example.com/"></iframe>a` + "\nb"},
		{"house", `<iframe src="https://www.example.com\@evil.example/"></iframe><iframe src="https://www.example.com@evil.example/"></iframe>`, frame + ` src="https://www.example.com/@evil.example/"></iframe>` + "\n"},
		{"house", `<iframe src="//www.example.com/"></iframe><iframe src="http://www.example.com/"></iframe><iframe src="https://www.example.com.evil.example/"></iframe><iframe srcdoc="x">`, strings.Repeat("\n", 5)},
	} {
		p, err := s.Named(c.policy)
		if err != nil {
			t.Fatal(err)
		}
		out := checkClean(t, p, []byte(c.body))
		if string(out.result) != c.want {
			t.Errorf("%s makes %s of %s, not %s; %v", c.policy, out.result, c.body, c.want, out.removed)
		}
	}
}

func TestUnknownPolicy(t *testing.T) {
	s, _ := define(t, "house: {elements: [p]}\narticle: {extends: article, remove-elements: [font]}\n")
	for name, want := range map[string]string{
		"artcle": `unknown policy "artcle"; did you mean "article"?`,
		"huose":  `unknown policy "huose"; did you mean "house"?`,
		"x":      `unknown policy "x"; there are article, basic, email, feed, house, strict`,
	} {
		if _, err := s.Named(name); err == nil || err.Error() != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	p, _ := s.Named("article")
	if got := checkClean(t, p, []byte("<font>a</font><i>b</i>")).result; string(got) != "a<i>b</i>" {
		t.Errorf("the policy of the config makes %s", got)
	}
}

func BenchmarkReadBuiltIn(b *testing.B) {
	for b.Loop() {
		readBuiltIn("article")
	}
}

func BenchmarkMakePolicy(b *testing.B) {
	def := readBuiltIn("article")
	for b.Loop() {
		newPolicy("article", func() *definition { return def }).make()
	}
}

// TestFaults reads definitions with mistakes that testdata/script/policies.txtar has no place for.
func TestFaults(t *testing.T) {
	deep := strings.Repeat("(", 997) + "a" + strings.Repeat(")", 997)
	for text, want := range map[string]string{
		"p: {extends: basic, attributes: {a p: {onclick: any, onfocus: any}}}": `["\"onclick\": policy p: attribute \"onclick\" can't be allowed: event handlers run script" "\"onfocus\": policy p: attribute \"onfocus\" can't be allowed: event handlers run script"]`,
		"p: {elements: [b], attributes: {b: {id: '^a\\$'}}}":                   `["\"'^a\\\\$'\": policy p: the pattern \"^a\\\\$\" is not anchored; write ^ before and $ behind it"]`,
		"p: {elements: [b], attributes: {b: {id: '^a)|(?:b$'}}}":               `["\"'^a)|(?:b$'\": policy p: the pattern \"^a)|(?:b$\" does not compile: unexpected ): ` + "`a)|(?:b`" + `"]`,
		"p: {elements: [b, [c]], schemes: {x: y}}":                             `["\"[c]\": policy p: elements is a list of words, and this is a sequence" "\"{x: y}\": policy p: schemes is a list of words, and this is a mapping"]`,
		"p: {elements: [b], styles: {b: [color], \"*\": {c d: any}}}":          `["\"[color]\": policy p: styles of b is a mapping, not a sequence" "\"c d\": policy p: property \"c d\" can't be allowed: that is no name of a property"]`,
		"p: {embeds: [a.-b.c, '*.*.x.y', www.example.com/x]}":                  `["\"a.-b.c\": policy p: \"a.-b.c\" is no host; one is written as www.example.com, or *.example.com for all below" "\"'*.*.x.y'\": policy p: \"*.*.x.y\" is no host; one is written as www.example.com, or *.example.com for all below" "\"www.example.com/x\": policy p: \"www.example.com/x\" is no host; one is written as www.example.com, or *.example.com for all below"]`,
		"p: {elements: [b], attributes: {b: {id: '^" + deep + "$'}}}":          "too large",
	} {
		_, faults := define(t, text)
		if got := fmt.Sprintf("%q", faults); got != want && !(want == "too large" && len(faults) == 1) {
			t.Errorf("%s:\n%s", text, got)
		}
	}
}

// FuzzPolicies reads policies from any text: those that are accepted can be made, and shown so that they
// read the same.
func FuzzPolicies(f *testing.F) {
	for _, name := range Policies() {
		text, _ := (*Set)(nil).Show(name)
		f.Add(text)
	}
	f.Add("a: {extends: article, elements: [label], attributes: {\"*\": {id: none}, a: {href: '^https://.*$'}}, classes: {p: [a, b]}, styles: {p: {color: any}}, schemes: [cid], embeds: [\"*.example.org\"], comments: false}\nb: {extends: a, remove-elements: [p]}\n")
	f.Fuzz(func(t *testing.T, text string) {
		root, broken := matter.Parse([]byte(text), matter.YAML)
		if len(broken) > 0 || root == nil {
			return
		}
		s := &Set{}
		if len(s.Define(root)) > 0 {
			return
		}
		for name := range s.own {
			p, err := s.Named(name)
			if err != nil {
				t.Fatal(err)
			}
			checkClean(t, p, []byte(traps[0]+traps[4]))
			shown, err := s.Show(name)
			if err != nil {
				t.Fatal(err)
			}
			again, faults := define(t, shown)
			if len(faults) > 0 || !reflect.DeepEqual(s.own[name].read(), again.own[name].read()) {
				t.Fatalf("%q is shown as\n%s\n%v", text, shown, faults)
			}
		}
	})
}
