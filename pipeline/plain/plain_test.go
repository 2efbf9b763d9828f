package plain

import (
	"errors"
	"strings"
	"testing"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

func document(text string, format pipeline.Format) *pipeline.Document {
	d := pipeline.NewDocument("a", "a", []byte(text))
	d.Format = format
	return d
}

// Whatever the body, the text takes a time that its size alone says, and is bounded by it.
func TestHostile(t *testing.T) {
	const n = 256 << 10
	for name, c := range map[string]struct {
		text string
		over bool
	}{
		"quotes": {strings.Repeat("<blockquote>", 200) + strings.Repeat("a<br>", n), true},
		"lists":  {strings.Repeat("<ul><li>a", n/9), false},
		"tables": {strings.Repeat("<table><tr><td>a", n/16), false},
		"breaks": {strings.Repeat("<br>", n/4), false},
		"lines":  {"<p>" + strings.Repeat("雨\n", n/4), false},
		"marks":  {strings.Repeat("<b>a<i>", n/7), false},
		"ruby":   {strings.Repeat("<ruby>a<rt>b", n/12), false},
		"empty":  {strings.Repeat("<div>", n/5), false},
	} {
		begin := time.Now()
		text, err := Of(document(c.text, pipeline.HTML))
		var limit *markup.LimitError
		if errors.As(err, &limit) != c.over {
			t.Errorf("%s: %v", name, err)
		}
		if len(text) > minOutput {
			t.Errorf("%s: %d bytes", name, len(text))
		}
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("%s takes %v", name, took)
		}
	}
}

// What renders the same reads the same.
func TestMarkdownIsRendered(t *testing.T) {
	md := "# A\n\n*b* <kbd>c</kbd>\n\n- d\n- [ ] e\n\n<div>f</div>\n"
	shown, err := markup.Render([]byte(md))
	if err != nil {
		t.Fatal(err)
	}
	one, err := Of(document(md, pipeline.Markdown))
	if err != nil {
		t.Fatal(err)
	}
	two, err := Of(document(string(shown), pipeline.HTML))
	if err != nil || string(one) != string(two) || !strings.Contains(string(one), "- [ ] e\n\nf\n") {
		t.Errorf("%q is not %q, %v", one, two, err)
	}
}
