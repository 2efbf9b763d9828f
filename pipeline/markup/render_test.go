package markup

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
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
	for _, cjk := range []bool{false, true} {
		m := commonMark(cjk)
		for _, e := range examples {
			var out strings.Builder
			source := []byte(e.Markdown)
			root := newParse(source).run(m)
			if err := m.Renderer().Render(&out, source, root); err != nil {
				t.Fatal(err)
			}
			if got, want := voidTags(out.String()), voidTags(e.HTML); got != want {
				t.Errorf("example %d, cjk %v: %q gives\n%s\nwant\n%s", e.Example, cjk, e.Markdown, got, want)
			}
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
		{"雨\nb\n: *c*\n\n: d\n\n  e\n", "<dl>\n<dt>雨</dt>\n<dt>b</dt>\n<dd><em>c</em></dd>\n<dd>\n<p>d</p>\n<p>e</p>\n</dd>\n</dl>\n"},
		{"a\n\\: b\n", "<p>a\n: b</p>\n"},
		{"", ""},
	} {
		if got, err := Render([]byte(c.in)); err != nil || string(got) != c.want {
			t.Errorf("Render(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
}

func TestRenderCJK(t *testing.T) {
	render := NewRenderer(Rendering{CJK: true}).Render
	for _, c := range []struct{ in, want string }{
		{"**港口，**关闭", "<strong>港口，</strong>关闭"},
		{"他说**“关闭”**了", "他说<strong>“关闭”</strong>了"},
		{"電車が**「運休」**です", "電車が<strong>「運休」</strong>です"},
		{"항구**(폐쇄)**는", "항구<strong>(폐쇄)</strong>는"},
		{"列车*[停运](u)*部分~~（恢复）~~线路", "列车<em><a href=\"u\">停运</a></em>部分<del>（恢复）</del>线路"},
		{"字***`a`***字", "字<em><strong><code>a</code></strong></em>字"},
		{"a**(b)**c", "a**(b)**c"},
		{"字_（b）_字", "字_（b）_字"},
		{"字** b **字 **", "字** b **字 **"},
	} {
		if got, err := render([]byte(c.in)); err != nil || string(got) != "<p>"+c.want+"</p>\n" {
			t.Errorf("%q gives %q, %v; want %q", c.in, got, err, c.want)
		}
	}
}

func TestRenderTypographic(t *testing.T) {
	render := NewRenderer(Rendering{Math: Dollars, Typographic: true}).Render
	for _, c := range []struct{ in, want string }{
		{"\"Hello,\" she said -- 'so'... it's --- *\"1990's\"*\n", "<p>“Hello,” she said – ‘so’… it’s — <em>“1990’s”</em></p>\n"},
		{"`\"a\" --` <a title=\"x\">b</a> [\"c\"](/d--e \"'f'\")\n", "<p><code>&quot;a&quot; --</code> <a title=\"x\">b</a> <a href=\"/d--e\" title=\"'f'\">“c”</a></p>\n"},
		{"他说：\"好\"。<<a>>\n", "<p>他说：“好”。&lt;<a>&gt;</p>\n"},
	} {
		if got, err := render([]byte(c.in)); err != nil || string(got) != c.want {
			t.Errorf("render(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
	for _, unit := range []string{"'", "\"", "'a", "\"a ", "'a' ", "-", "--a", ".", "a'\n", "'9", "\"*a "} {
		start := time.Now()
		if _, err := render([]byte(strings.Repeat(unit, 100_000))); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%q, often: %s", unit, took)
		} else if took > time.Second {
			t.Logf("%q, often: %s", unit, took)
		}
	}
}

// TestRenderMath holds formulas to their source, and all else to what it is without them.
func TestRenderMath(t *testing.T) {
	for _, c := range []struct {
		math     Math
		in, want string
	}{
		{Dollars, "a $x_1 * y_2 * z$, $\\alpha\\{\\}<b$. 公式$a_1_b$的\n", "<p>a $x_1 * y_2 * z$, $\\alpha\\{\\}&lt;b$. 公式$a_1_b$的</p>\n"},
		{Dollars, "$$a*b*c\n_d_$$ *e*\n", "<p>$$a*b*c\n_d_$$ <em>e</em></p>\n"},
		{Dollars, "a\n$$\n- b\n\n# <c>\n$$\nd\n", "<p>a</p>\n<p>$$\n- b\n\n# &lt;c&gt;\n$$</p>\n<p>d</p>\n"},
		{Dollars, "> $$\n> *a*\n> $$\n", "<blockquote>\n<p>$$\n*a*\n$$</p>\n</blockquote>\n"},
		{Dollars, "# $x_1$ *a*\n", "<h1 id=\"x_1-a\">$x_1$ <em>a</em></h1>\n"},
		{Dollars, "$5 *and* $6, US$5 *a* CA$6, $HOME:$PATH *b* $ *c* d\n", "<p>$5 <em>and</em> $6, US$5 <em>a</em> CA$6, $HOME:$PATH <em>b</em> $ <em>c</em> d</p>\n"},
		{Dollars, "\\$*a*$ $`b$`c$ $$ *d*\n", "<p>$<em>a</em>$ $<code>b$</code>c$ $$ <em>d</em></p>\n"},
		{Dollars, "$$\n\n*a*\n", "<p>$$</p>\n<p><em>a</em></p>\n"},
		{Dollars, "\\(a\\) \\[b\\]\n", "<p>(a) [b]</p>\n"},
		{TeX, "\\(a_1 * b_1 *\\) \\[*b*\n\\] $*c*$\n", "<p>\\(a_1 * b_1 *\\) \\[*b*\n\\] $*c*$</p>\n"},
		{TeX, "\\(*a* \\\\(b\\)\n", "<p>\\(*a* \\\\(b\\)</p>\n"},
		{NoMath, "$*a*$ \\(b\\)\n", "<p>$<em>a</em>$ (b)</p>\n"},
	} {
		if got, err := NewRenderer(Rendering{Math: c.math}).Render([]byte(c.in)); err != nil || string(got) != c.want {
			t.Errorf("%s: render(%q) = %q, %v; want %q", c.math, c.in, got, err, c.want)
		}
	}
	render := NewRenderer(Rendering{Math: TeX}).Render
	for _, unit := range []string{"$", "$a ", "$$a\n", "$$\n", "> $$\n\n", "\\(", "\\(a\n", "$a$b", "$$\n\n"} {
		start := time.Now()
		if _, err := render([]byte(strings.Repeat(unit, 100_000))); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%q, often: %s", unit, took)
		} else if took > time.Second {
			t.Logf("%q, often: %s", unit, took)
		}
	}
}

// TestRenderHostile holds every limit: what is beyond is text or an error, and the time is short.
func TestRenderHostile(t *testing.T) {
	for name, c := range map[string]struct{ text, limit string }{
		"quotes":     {strings.Repeat("> ", 5000) + "a", "quotes and lists in each other"},
		"lists":      {strings.Repeat("- ", 5000) + "x" + strings.Repeat("\n", 5000), "quotes and lists in each other"},
		"definition": {nestedDefinitions(300), "quotes and lists in each other"},
		"terms":      {strings.Repeat("a\n", 100_000) + ": b\n", ""},
		"meanings":   {"a\n" + strings.Repeat(": b\n", 100_000), ""},
		"pairs":      {strings.Repeat("a\n: b\n\n", 50_000), ""},
		"colons":     {strings.Repeat(": ", 100_000), ""},
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

func nestedDefinitions(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "a\n" + strings.Repeat("  ", i) + ": a\n\n")
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
	for _, text := range strings.Split("bcdefghi", "") {
		group.Go(func() {
			for range 20 {
				got, err := Render([]byte("# a\n\n[link " + text + "](u)[^1]\n\n[^1]: `" + text + "`\n"))
				if err != nil || !strings.Contains(string(got), "<a href=\"u\">link "+text+"</a>") || !strings.Contains(string(got), "<code>"+text+"</code>") {
					t.Errorf("got %q, %v", got, err)
				}
			}
		})
	}
	group.Wait()
}
