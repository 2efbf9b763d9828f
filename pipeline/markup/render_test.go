package markup

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
)

// TestCommonMark runs the examples of the specification through what Render is made of, less its
// extensions.
func TestCommonMark(t *testing.T) {
	text, err := os.ReadFile("../../../shared/corpus/spec/commonmark/spec.json")
	if err != nil {
		t.Skip("the examples of CommonMark are not here")
	}
	var examples []struct {
		Markdown, HTML string
		Example        int
	}
	if err := json.Unmarshal(text, &examples); err != nil {
		t.Fatal(err)
	}
	m := commonMark()
	for _, e := range examples {
		var out strings.Builder
		source := []byte(e.Markdown)
		root := newParse(source).run(m)
		if err := m.Renderer().Render(&out, source, root); err != nil {
			t.Fatal(err)
		}
		if got, want := voidTags(out.String()), voidTags(e.HTML); got != want {
			t.Errorf("example %d: %q gives\n%s\nwant\n%s", e.Example, e.Markdown, got, want)
		}
	}
	t.Logf("%d examples", len(examples))
}

// voidTags writes <img … /> as <img …>.
func voidTags(html string) string { return strings.ReplaceAll(html, " />", ">") }

func TestRender(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"\uFEFF# 标题 A\n# 标题 A\n", "<h1 id=\"标题-a\">标题 A</h1>\n<h1 id=\"标题-a-1\">标题 A</h1>\n"},
		{"~~a~~ www.b.c\n", "<p><del>a</del> <a href=\"http://www.b.c\">www.b.c</a></p>\n"},
		{"a <b onclick=x>\n", "<p>a <b onclick=x></p>\n"},
		{"# !\n", "<h1 id=\"heading\">!</h1>\n"},
		{"a\x00b", "<p>a\uFFFDb</p>\n"},
		{"", ""},
	} {
		if got, err := Render([]byte(c.in)); err != nil || string(got) != c.want {
			t.Errorf("Render(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
}

// TestRenderHostile holds every limit: what is beyond is text or an error, and the time is short.
func TestRenderHostile(t *testing.T) {
	for name, c := range map[string]struct{ text, limit string }{
		"quotes":     {strings.Repeat("> ", 5000) + "a", "quotes and lists in each other"},
		"lists":      {strings.Repeat("- ", 5000) + "x" + strings.Repeat("\n", 5000), "quotes and lists in each other"},
		"indents":    {nestedLists(300), "quotes and lists in each other"},
		"lines":      {strings.Repeat("\n", maxLines+1), "lines"},
		"continued":  {strings.Repeat("- ", 90) + "x" + strings.Repeat("\n", 300_000), "lines within quotes and lists"},
		"emphasis":   {strings.Repeat("*a_ ", 20_000), "marks of emphasis in one paragraph"},
		"brackets":   {strings.Repeat("[a](<b", 20_000), "brackets in one paragraph"},
		"backticks":  {risingTicks(2500), "steps of reading emphasis, links and code"},
		"references": {strings.Repeat("[a]: b\n\n", 12_000), "references"},
		"expansion":  {"[a]: " + strings.Repeat("x", 50_000) + "\n\n" + strings.Repeat("[a] ", 3_000), "bytes of references, expanded"},
		"footnotes":  {strings.Repeat("[^a]: b\n", 3_000), "footnotes"},
		"cells":      {"|" + strings.Repeat("a|", 500) + "\n|" + strings.Repeat("-|", 500) + "\n" + strings.Repeat("|a\n", 500), "cells of tables"},
		"mail":       {strings.Repeat("_a", 50_000), "marks of emphasis in one paragraph"},
		"headings":   {strings.Repeat("# a\n", 20_000), ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Render([]byte(c.text))
			err = errors.Join(err, newBody(c.text).Err)
			var limit *LimitError
			if errors.As(err, &limit) != (c.limit != "") || limit != nil && limit.Limit != c.limit {
				t.Errorf("limit %v, want %q", limit, c.limit)
			}
		})
	}
}

func nestedLists(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "* a\n")
	}
	return b.String()
}

func risingTicks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("e" + strings.Repeat("`", i))
	}
	return b.String()
}

func TestRenderConcurrently(t *testing.T) {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				got, err := Render([]byte("# a\n\n[b](c)[^1]\n\n[^1]: d\n"))
				if err != nil || !strings.Contains(string(got), "<a href=\"c\">b</a>") {
					t.Errorf("got %q, %v", got, err)
				}
			}
		})
	}
	group.Wait()
}
