package sanitize

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"copydesk/testdata/hostile"
)

// randomPolicy writes a policy of random choices, wise and unwise.
func randomPolicy(r *rand.Rand) string {
	pick := func(from []string, n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = from[r.IntN(len(from))]
		}
		return out
	}
	elements := strings.Fields(knownElements)
	attributes := append(strings.Fields(knownAttributes), "aria-label", "data-x", "onclick", "srcdoc", "style", "background", "formaction", "is")
	wild := append(slices.Clone(elements), "script", "iframe", "svg", "math", "style", "title", "textarea", "noscript", "form", "template", "object", "base")
	value := func(words map[string]string) string {
		all := slices.Sorted(maps.Keys(words))
		return pick(append(all, "any", "any", "none", `'^.*$'`, `'^[a-z]+$'`, `'^(?s:.*)$'`, `'^a|b$'`, "[a, b]", `["", "javascript:x"]`, "url", "srcset"), 1)[0]
	}
	var b strings.Builder
	fmt.Fprintf(&b, "p:\n  extends: %s\n", pick([]string{"strict", "basic", "email", "feed", "article"}, 1)[0])
	fmt.Fprintf(&b, "  elements: [%s]\n", strings.Join(pick(wild, r.IntN(12)), ", "))
	// What the lines above allow is known only when they have been read: they are tried one by one.
	for range r.IntN(12) {
		fmt.Fprintf(&b, "attributes/%s/%s/%s\n", pick(append(wild, "*", "*", "*"), 1)[0], pick(attributes, 1)[0], value(attributeWords))
	}
	for range r.IntN(3) {
		fmt.Fprintf(&b, "classes/%s//%s\n", pick(append(wild, "*", "*"), 1)[0], value(nil))
	}
	for range r.IntN(5) {
		fmt.Fprintf(&b, "styles/%s/%s/%s\n", pick(append(elements, "*", "*", "*"), 1)[0],
			pick([]string{"color", "background", "behavior", "-moz-binding", "position", "width", "font-family", "border"}, 1)[0], value(styleWords))
	}
	fmt.Fprintf(&b, "  schemes: [%s]\n", strings.Join(pick([]string{"javascript", "data", "https", "cid", "vbscript", "file", "tel"}, r.IntN(3)), ", "))
	fmt.Fprintf(&b, "  embeds: [%s]\n", strings.Join(pick([]string{"www.example.com", "'*.example.org'", "'*'", "javascript:x", "a/b"}, r.IntN(3)), ", "))
	fmt.Fprintf(&b, "  comments: %t\n", r.IntN(2) == 0)
	return b.String()
}

// accepted makes a policy of the lines of a random one that are accepted, each alone.
func accepted(t *testing.T, text string) (*Policy, string) {
	t.Helper()
	head, lines := "", strings.Split(strings.TrimSpace(text), "\n")
	kept := []string{}
	for _, line := range lines {
		if parts := strings.SplitN(line, "/", 4); len(parts) == 4 && !strings.HasPrefix(line, " ") {
			body := fmt.Sprintf("  %s: {%q: %s}", parts[0], parts[1], parts[3])
			if parts[2] != "" {
				body = fmt.Sprintf("  %s: {%q: {%q: %s}}", parts[0], parts[1], parts[2], parts[3])
			}
			name := fmt.Sprintf("q%d", len(kept))
			before := "p"
			if len(kept) > 0 {
				before = fmt.Sprintf("q%d", len(kept)-1)
			}
			more := fmt.Sprintf("%s:\n  extends: %s\n%s\n", name, before, body)
			if _, faults := define(t, head+strings.Join(kept, "")+more); len(faults) == 0 {
				kept = append(kept, more)
			}
			continue
		}
		if list, rest, ok := strings.Cut(line, "["); ok {
			var words []string
			for w := range strings.SplitSeq(strings.TrimSuffix(rest, "]"), ", ") {
				if _, faults := define(t, head+list+"["+w+"]\n"); len(faults) == 0 {
					words = append(words, w)
				}
			}
			line = list + "[" + strings.Join(words, ", ") + "]"
		}
		if !strings.HasPrefix(line, "  ") || !strings.Contains(line, ":") || len(kept) == 0 {
			head += line + "\n"
		} else {
			last := kept[len(kept)-1]
			kept[len(kept)-1] = last + line + "\n"
		}
	}
	s, faults := define(t, head+strings.Join(kept, ""))
	if len(faults) > 0 {
		t.Fatalf("%s\n%v", head+strings.Join(kept, ""), faults)
	}
	name := "p"
	if len(kept) > 0 {
		name = fmt.Sprintf("q%d", len(kept)-1)
	}
	shown, err := s.Show(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Named(name)
	if err != nil {
		t.Fatal(err)
	}
	return p, shown
}

// widest is a policy that allows all that any may allow.
func widest(t testing.TB) *Policy {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "p:\n  elements: [%s]\n  attributes:\n    \"*\":\n", strings.ReplaceAll(knownElements, " ", ", "))
	for _, a := range strings.Fields(knownAttributes) {
		if addresses[a] == "" {
			fmt.Fprintf(&b, "      %s: any\n", a)
		}
	}
	for a, on := range carriers {
		fmt.Fprintf(&b, "    %q: {%s: %s}\n", on+strings.Repeat(" ", len(a)), a, addresses[a]) // Keys must differ.
	}
	b.WriteString("  classes: {\"*\": any}\n  styles:\n    \"*\":\n")
	for _, p := range []string{"color", "background", "width", "float", "font-family", "content", "filter", "transform", "transition", "cursor"} {
		fmt.Fprintf(&b, "      %s: any\n", p)
	}
	b.WriteString("  schemes: [https, mailto, cid]\n  embeds: [www.example.com, \"*.example.org\"]\n  comments: true\n")
	s, faults := define(t, b.String())
	if len(faults) > 0 {
		t.Fatal(b.String(), faults)
	}
	p, err := s.Named("p")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// traps are bodies that some policy could be led astray by.
var traps = []string{
	`<p style="color:red;background:url(javascript:x)" class="a b" onclick=x>a</p>`, `<p style="width:expression(alert(1))">a`, `<b style="-moz-binding:url(x)">`, `<b style="color:\75rl(x)">`,
	`<iframe src="https://www.example.com/x"><script>a</script></iframe>b`, `<iframe src=https://a.example.org/ srcdoc="<script>">c`, `<table><iframe src="https://www.example.com/"></table>`,
	`<p><iframe src="https://www.example.com/"></p></iframe>x`, `<svg><iframe src="https://www.example.com/"><style></svg></iframe>`, `<iframe src="javascript:x">`, `<iframe/src="https://www.example.com"/>`,
	`<a href="cid:x">a</a><img src="cid:x y"><img src="file:///x"><a href="data:text/html,x">`, `<img src=x title="a" alt='"' data-x="<b>" value="javascript:x">`, `<source src="javascript:x" srcset="javascript:x">`,
	`<fieldset><legend>a</fieldset><label for=x>b</label><meter value=1>`, `<video poster="javascript:x" src="data:x">`, `<td style="text-align:left;color:blue;;">`, `<p style='font-family:"a;b";color:red'>x</p>`, `<p style="color:red"style="x">`,
	`<p title="` + "\n" + `javascript:x" hidden>`, `<iframe src="https://www.example.com/" sandbox="allow-top-navigation" allow=x allow=y></iframe  x>`, `<iframe src="https://www.example.com/">a</iframe`, `<iframe src="https://www.example.com/"`,
	`<p style="color: red;` + "\x00" + `">`, `<p style="color : red">a<p style="Color:RED !important">b`, `<p style="background: linear-gradient(red, url(x))">`, `<p style="color:red;}">`, `<p style="/**/color:red">`, `<p style="color:red/**/">`,
}

// TestRandomPolicies holds all promises under policies of random choices: whatever is accepted keeps
// nothing that is active, comes to rest at once, and is what bluemonday keeps.
func TestRandomPolicies(t *testing.T) {
	bodies := slices.Concat(traps, seeds, hostile.Payloads(t))
	random, n := rand.New(rand.NewPCG(5, 6)), 40
	if os.Getenv("COPYDESK_CORPUS") == "all" {
		n = 1500
	}
	for range n {
		p, shown := accepted(t, randomPolicy(random))
		for range 150 {
			body := bodies[random.IntN(len(bodies))]
			if random.IntN(3) == 0 {
				body += traps[random.IntN(len(traps))]
			}
			checkClean(t, p, []byte(body))
			if random.IntN(20) == 0 {
				checkMarkdown(t, p, []byte(body))
			}
			if t.Failed() {
				t.Fatal(shown)
			}
		}
		for _, body := range traps {
			checkClean(t, p, []byte(body))
		}
	}
}
