package markdown

import (
	"bytes"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/testdata/hostile"

	"golang.org/x/net/html"
)

// words are what hostile text is made of: all that means something in Markdown, and what stands next to it.
var words = []string{
	"a", "b", "字", "文，", "。", "”", "😀", "©", "%", " ", "  ", "\n", "\u00a0", "\u3000", "*", "**", "_", "__", "`", "``", "~", "~~", "[", "]", "(", ")",
	"](", "[x]", "[ ]", "[^1]", "!", "![", "&lt;", "&gt;", "&amp;", "&amp;copy;", "&amp;#35;", "\\", "\\*", "#", "# ", "##", "-", "- ", "+ ", "1.", "1. ", "2) ", "&gt; ", ":", ": ",
	"|", "---", "===", "***", "___", "```", "~~~", "http://x.yz/a_b", "https://x.yz", "www.x.yz", "a@b.cd", "{{ x }}", "$a$", "=", ";", "1", "^", "\"", "'", "&#35;", "&lt;b&gt;", "&lt;!--", "--&gt;", "/", ".", ",",
}

var spans = []string{"b", "strong", "i", "em", "del", "s", "code", "sup", "sub", "kbd", "u", "ins", "mark", "small", "span", "q", "abbr", "var", "samp", "dfn", "cite"}

var containers = []string{"p", "p", "p", "div", "blockquote", "ul", "ol", "h1", "h2", "h3", "table", "dl", "figure", "details", "pre", "hr"}

type maker struct{ r *rand.Rand }

func (m maker) pick(list []string) string { return list[m.r.IntN(len(list))] }

func (m maker) inline(depth int) string {
	var b strings.Builder
	for range 1 + m.r.IntN(5) {
		switch k := m.r.IntN(20); {
		case k < 11 || depth <= 0:
			b.WriteString(m.pick(words))
		case k < 15:
			t := m.pick(spans)
			b.WriteString("<" + t + ">" + m.inline(depth-1) + "</" + t + ">")
		case k < 17:
			b.WriteString(`<a href="` + m.pick([]string{"u", "", "a b", "a(b", "a)b", "%", "http://x.yz/?a=1&amp;copy;=2", "#x", "a\\b", "字", "a*b_c", "x|y", "https://x.yz"}) + `"` +
				m.pick([]string{"", "", ` title="t"`, ` title='"q"'`, ` title="a|b"`}) + ">" + m.inline(depth-1) + "</a>")
		case k == 17:
			b.WriteString(`<img src="` + m.pick([]string{"i.png", "a b.png", "a)b"}) + `" alt="` + m.pick([]string{"", "alt", "&lt;b&gt;", "a]b", "a*b*", "`", "a|b", "\\"}) + `">`)
		case k == 18:
			b.WriteString("<br>")
		default:
			b.WriteString(m.pick([]string{`<iframe src="e"></iframe>`, `<video src="v"></video>`, `<span id="x">y</span>`, "<a href=u></a>", "<!-- c -->",
				"<svg viewBox='0 0 1 1'>\n\n<title>a*b*</title><text>`|</text></svg>", "<math><mi>x_</mi></math>",
				`<abbr title="a|b*">c*d*</abbr>`, `<span lang=zh>字 <b>a</b> <i>b</i></span>`, "<select><option>o</select>", "<code>f(<var>x</var>)</code>", "<textarea>\n\na\n\nb</textarea>", "<input value='`'>", "<dfn>a<p>b</p></dfn>"}))
		}
	}
	return b.String()
}

func (m maker) blocks(depth int) string {
	var b strings.Builder
	for range 1 + m.r.IntN(3) {
		b.WriteString(m.block(depth))
	}
	return b.String()
}

func (m maker) flow(depth int) string {
	if depth <= 0 || m.r.IntN(3) > 0 {
		return m.inline(2)
	}
	return m.pick([]string{"", m.inline(1)}) + m.blocks(depth-1)
}

func (m maker) block(depth int) string {
	if m.r.IntN(20) == 0 {
		return m.pick([]string{"<!-- more -->", "<!--more-->", "<!-- a\n\nb -->", "<!-- -->", "<!--`*-->", "<!-- -a -->"})
	}
	t := m.pick(containers)
	if depth <= 0 {
		t = m.pick([]string{"p", "h2", "pre", "hr"})
	}
	switch t {
	case "hr":
		return "<hr>"
	case "p", "h1", "h2", "h3":
		return "<" + t + ">" + m.inline(3) + "</" + t + ">"
	case "pre":
		return "<pre>" + m.pick([]string{"", "<code class=language-go>"}) + m.pick([]string{"a", "\n\na", " a\n\n  b\n", "```", "~~~\n```", "\ta", "   \n", "&lt;b&gt;"}) + m.pick([]string{"", "\n"}) + "</pre>"
	case "ul", "ol":
		var b strings.Builder
		b.WriteString("<" + t + m.pick([]string{"", "", " start=3", " start=-1"}) + ">")
		for range 1 + m.r.IntN(3) {
			b.WriteString("<li>" + m.pick([]string{"", "", "", "<input type=checkbox> ", "<input type=checkbox checked> "}) + m.flow(depth) + "</li>")
		}
		return b.String() + "</" + t + ">"
	case "table":
		var b strings.Builder
		b.WriteString("<table>" + m.pick([]string{"", "", "", "<caption>" + m.inline(1) + "</caption>"}))
		columns := 1 + m.r.IntN(3)
		for row := range 1 + m.r.IntN(3) {
			b.WriteString("<tr>")
			for range columns {
				c := "td"
				if row == 0 {
					c = "th"
				}
				b.WriteString("<" + c + m.pick([]string{"", "", "", "", "", "", " colspan=2", " align=center"}) + ">" + m.flow(depth-1) + "</" + c + ">")
			}
			b.WriteString("</tr>")
		}
		return b.String() + "</table>"
	case "dl":
		return "<dl>" + m.pick([]string{"", "", "stray", "<div>"}) + "<dt>" + m.inline(1) + "</dt>" + m.pick([]string{"", "", " - <b>b</b>", "<p>p</p>"}) + "<dd>" + m.flow(depth) + "</dd></dl>"
	case "figure":
		return "<figure>" + m.flow(depth) + "<figcaption>" + m.inline(1) + "</figcaption></figure>"
	case "details":
		return "<details><summary>" + m.inline(1) + "</summary>" + m.flow(depth) + "</details>"
	}
	return "<" + t + ">" + m.flow(depth) + "</" + t + ">"
}

// dials are ways to write Markdown that the tests go through.
var dials = []Options{
	{}, {HTML: Keep, Attrs: Semantic}, {HTML: Never}, {}, {HTML: Never, CJK: true, Wrap: 20}, {Attrs: All}, {HTML: Keep, Attrs: All, Wrap: 40},
	{HTMLTables: true, CJK: true}, {HTML: Never, Wrap: 8}, {CJK: true}, {Wrap: 10}, {HTML: Keep}, {Attrs: Semantic, HTMLTables: true},
}

// shown is what Markdown written in a way is rendered as.
func shown(md []byte, o Options) ([]byte, error) {
	if o.CJK {
		return friendly().Render(md)
	}
	return markup.Render(md)
}

// agrees tells whether the tree that is made of Markdown is that of the HTML that it is rendered as.
func agrees(md, rendered []byte, o Options) bool {
	doc, err := html.ParseWithOptions(bytes.NewReader(rendered), html.ParseOptionEnableScripting(false))
	if err != nil {
		return false
	}
	p := &prover{Options: o, targets: targets(doc)}
	direct, err := p.back(md)
	parsed, _ := p.tree(doc, true)
	from, to := mismatch(parsed.kids, direct.kids)
	return err == nil && from == to
}

// hasTags tells whether there is HTML in Markdown.
func hasTags(md []byte) bool {
	d := pipeline.NewDocument("a.md", "a.md", md)
	d.Format = pipeline.Markdown
	return len(markup.Of(d).Elements) > 0 || strings.Contains(string(md), "<!--") && !strings.Contains(string(md), "\\<!--") && !strings.Contains(string(md), "`")
}

// broken tells how a document fails: "" for not at all.
func broken(body string, o Options) string {
	md, err := Write([]byte(body), o)
	if err != nil {
		return "error: " + err.Error()
	}
	if !md.Faithful {
		return "lost"
	}
	rendered, err := shown(md.Text, o)
	if err != nil {
		return "error: " + err.Error()
	}
	if !agrees(md.Text, rendered, o) {
		return "shown and rendered differ"
	}
	if how := silent(body, string(rendered), md.Losses); how != "" {
		return how
	}
	if o.HTML == Never && hasTags(md.Text) {
		return "HTML in it"
	}
	again, err := Write(rendered, o)
	if err != nil || string(again.Text) != string(md.Text) {
		return "unstable"
	}
	return ""
}

// TestAtoms writes documents of hostile atoms: each reads back as the same, and is the same at the second pass.
func TestAtoms(t *testing.T) {
	count := 300
	if n, err := strconv.Atoi(os.Getenv("COPYDESK_ATOMS")); err == nil {
		count = n
	}
	seed, _ := strconv.ParseUint(os.Getenv("COPYDESK_SEED"), 10, 64)
	failures := map[string]int{}
	for i := range count {
		m := maker{rand.New(rand.NewPCG(uint64(i), seed))}
		body := m.blocks(3)
		o := dials[i%len(dials)]
		how := broken(body, o)
		if how == "" {
			continue
		}
		failures[how]++
		if failures[how] <= 6 {
			small := hostile.Shrink(body, func(try string) bool { return broken(try, o) == how })
			md, _ := Write([]byte(small), o)
			rendered, _ := shown(md.Text, o)
			again, _ := Write(rendered, o)
			t.Errorf("document %d, %+v: %s: %q\nis written as %q\nthen %q", i, o, how, small, md.Text, again.Text)
		}
	}
	t.Logf("%d documents, %v", count, failures)
}
