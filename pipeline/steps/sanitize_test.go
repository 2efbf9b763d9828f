package steps

import (
	"context"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/repair"
	"copydesk/testdata/hostile"
)

// cleaned runs the step over a body and gives what it made.
func cleaned(t *testing.T, step pipeline.Step, name, text string) *pipeline.Document {
	t.Helper()
	d := document(name, text)
	if err := step.Apply(context.Background(), d); err != nil {
		t.Fatalf("sanitize %q: %v", text, err)
	}
	return d
}

func sanitizer(t *testing.T, change func(*Sanitize)) pipeline.Step {
	t.Helper()
	s := sanitizeSpec.New().(*Sanitize)
	if change != nil {
		change(s)
	}
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSanitizeTwice cleans hostile bodies, in code too: what was cleaned stays as it is, and so the policy has the last word.
func TestSanitizeTwice(t *testing.T) {
	payloads := hostile.Payloads(t)
	if len(payloads) == 0 {
		t.Skip("the corpus is not here")
	}
	steps := []*Sanitize{}
	for _, policy := range []string{"article", "basic"} {
		steps = append(steps, sanitizer(t, func(s *Sanitize) { s.Policy, s.DropBoilerplate, s.UnwrapBody = policy, true, true }).(*Sanitize))
	}
	for n, payload := range payloads {
		if n%7 > 0 {
			continue
		}
		step := steps[n%2]
		for name, text := range map[string]string{"a.html": payload, "b.html": "<pre><code>" + payload + "</code></pre><p>x</p>", "c.md": "Text.\n\n" + payload} {
			d := cleaned(t, step, name, text)
			if edits, removed, err := step.policy.Clean(d); len(edits)+len(removed) > 0 || err != nil {
				t.Errorf("%q becomes %q, of which the policy changes more: %v %v", text, d.Text, removed, err)
			}
			again := document(name, string(d.Text))
			again.Format = d.Format
			if err := step.Apply(context.Background(), again); err != nil || again.Changed() {
				t.Errorf("%q becomes %q, then %q (%v)", text, d.Text, again.Text, err)
			}
		}
	}
}

// TestSameFormat holds that where mend says that looking for the format would find the same, it does.
func TestSameFormat(t *testing.T) {
	bodies := []string{"<p onclick=x>a</p>", "<div style=a>b</div>\n\n<p>c", "<p>a</p><script>b</script>\n\n# c", "<div><script>a</script></div>\n\n# b\n\nc", "<p title='a\n\n# b' onclick=c>d",
		"<section><form>\n\n# a\n\n[b](javascript:x)\n\n</form></section>", "<img src=a w=1 style=b>\n\n**c**", "<p><a href='javascript:;'>a</a></p>", "<p><a target=_blank href=b>a</a><span></span></p>\n"}
	for n, payload := range hostile.Payloads(t) {
		if n%5 == 0 {
			bodies = append(bodies, payload, "<div style=a><p>"+payload+"</p></div>", "<p style=a>b</p>\n\n"+payload, "<table><tr><td w=1>a</table><form>\n\n# b\n\n"+payload)
		}
	}
	step, bare := sanitizer(t, nil).(*Sanitize), sanitizer(t, func(s *Sanitize) { s.Options = repair.Options{} }).(*Sanitize)
	same := map[pipeline.Format]int{}
	for _, text := range bodies {
		for _, s := range []*Sanitize{step, bare} {
			d := document("a.md", text)
			d.Format = ""
			d.FindFormat = func(d *pipeline.Document) pipeline.Format { return markup.DetectIn(d.Path, d) }
			ok, err := s.mend(d)
			if err != nil {
				continue
			}
			if ok && becomesMarkdown(d) {
				t.Errorf("%q becomes %q, which is in another format", text, d.Text)
			}
			if ok && d.Changed() {
				same[d.Format]++
			}
		}
	}
	if same[pipeline.HTML] < 5 {
		t.Errorf("that is said of so few: %v", same)
	}
}

func TestSamplesStandAsText(t *testing.T) {
	const body = "<pre><code><script>alert(1)</script><img src=x onerror=alert(1)></code></pre>\n"
	for _, c := range []struct {
		policy string
		escape bool
		want   string
	}{
		{"article", true, "<pre><code>&lt;script&gt;alert(1)&lt;/script&gt;<img src=x></code></pre>\n"},
		{"article", false, "<pre><code><img src=x></code></pre>\n"},
		{"basic", true, "<pre><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>\n"},
		{"strict", true, "&lt;script&gt;alert(1)&lt;/script&gt;\n"},
	} {
		d := cleaned(t, sanitizer(t, func(s *Sanitize) { s.Policy, s.EscapeCode = c.policy, c.escape }), "a.html", body)
		if got := strings.TrimLeft(string(d.Text), "\n"); got != c.want {
			t.Errorf("policy %s, escape-code %v: %q", c.policy, c.escape, got)
		}
	}
}
