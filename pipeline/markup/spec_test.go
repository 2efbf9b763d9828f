package markup

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
)

// notGFM are the examples of GitHub's specification that Render differs from.
var notGFM = map[int]string{
	616: "bare links are on", 619: "bare links are on", 620: "bare links are on",
	645: "CommonMark 0.31 takes it for a comment", 646: "CommonMark 0.31 takes it for a comment",
	653: "what tags may stay is the sanitizer's to say",
}

// TestGFM runs the examples of GitHub's specification through Render, less the ids of headings.
func TestGFM(t *testing.T) {
	text, err := os.ReadFile("../../../shared/corpus/spec/cmark-gfm/gfm-spec.json")
	if err != nil {
		t.Skip("the examples of GFM are not here")
	}
	var examples []struct {
		Markdown, HTML, Section string
		Example                 int
	}
	if err := json.Unmarshal(text, &examples); err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		same := checkRender(t, e.Markdown, e.HTML)
		if why := notGFM[e.Example]; same == (why != "") {
			t.Errorf("example %d, %s: same is %v, but: %s", e.Example, e.Section, same, why)
		}
	}
	t.Logf("%d examples", len(examples))
}

// TestExtensions runs goldmark's examples of its extensions through Render.
func TestExtensions(t *testing.T) {
	for _, name := range []string{"definition_list", "footnote", "strikethrough", "table", "tasklist"} {
		text, err := os.ReadFile("../../../shared/corpus/spec/goldmark/extension/_test/" + name + ".txt")
		if err != nil {
			t.Skip("the examples of goldmark are not here")
		}
		examples := strings.Split(string(text), "//= = =")
		for _, e := range examples {
			parts := regexp.MustCompile(`(?m)^//- - -.*\n`).Split(e, -1)
			if len(parts) < 3 {
				continue
			}
			title := strings.TrimSpace(strings.TrimLeft(parts[0], "= /\n"))
			if strings.Contains(title, "OPTIONS") {
				continue
			}
			if !checkRender(t, strings.TrimSuffix(parts[1], "\n")+"\n", parts[2]) {
				t.Errorf("%s: %s", name, title)
			}
		}
	}
}

// checkRender tells whether Markdown gives HTML, in all that matters, and logs what is different.
func checkRender(t *testing.T, markdown, want string) bool {
	t.Helper()
	rendered, err := Render([]byte(markdown))
	if err != nil {
		t.Fatal(err)
	}
	got, want := plainHTML(string(rendered)), plainHTML(want)
	if got != want {
		t.Logf("%q gives\n%s\nwant\n%s", markdown, got, want)
	}
	return got == want
}

// plainHTML is HTML without what spellings of the same differ in.
func plainHTML(html string) string {
	html = regexp.MustCompile(`(<h[1-6]) id="[^"]*"`).ReplaceAllString(voidTags(html), "$1")
	html = regexp.MustCompile(` style="text-align:(\w+)"`).ReplaceAllString(html, ` align="$1"`)
	return strings.TrimSpace(regexp.MustCompile(` +<br>`).ReplaceAllString(html, "<br>"))
}
