package sanitize

import (
	"bytes"
	"errors"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
)

// parse is the tree that a div has when its content is the fragment.
func parse(t testing.TB, fragment []byte) *html.Node {
	t.Helper()
	div := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(bytes.NewReader(fragment), div)
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	for _, n := range nodes {
		div.AppendChild(n)
	}
	return div
}

func render(t testing.TB, div *html.Node) []byte {
	t.Helper()
	var b bytes.Buffer
	for n := div.FirstChild; n != nil; n = n.NextSibling {
		if err := html.Render(&b, n); err != nil {
			t.Fatalf("render: %v", err)
		}
	}
	return b.Bytes()
}

// active returns what could run script in a tree, or "".
func active(n *html.Node) string {
	if n.Type == html.ElementNode {
		if n.Data == "iframe" && framed(n) {
			return ""
		}
		switch n.Data {
		case "script", "style", "iframe", "object", "embed", "base", "meta", "link", "svg", "math", "form", "template", "noscript":
			return "<" + n.Data + ">"
		}
		if n.Namespace != "" {
			return n.Namespace + " " + n.Data
		}
		for _, a := range n.Attr {
			if k, _, ok := activeAttr(a.Key, a.Val); ok && a.Key != "alt" && a.Key != "title" && a.Key != "summary" && a.Key != "abbr" && a.Key != "aria-label" && a.Key != "label" && a.Key != "value" {
				return k.rule + " " + a.Key + "=" + a.Val
			}
			if a.Key == "srcdoc" || a.Key == "style" && strings.ContainsAny(strings.ToLower(a.Val), "\\@<{}") ||
				a.Key == "style" && strings.Contains(strings.ToLower(a.Val), "url(") || a.Key == "style" && strings.Contains(strings.ToLower(a.Val), "expression(") {
				return a.Key
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if found := active(c); found != "" {
			return found
		}
	}
	return ""
}

// framed tells whether an iframe shows a page of the hosts that tests allow, in a sandbox, and holds nothing.
func framed(n *html.Node) bool {
	values := map[string]string{}
	for _, a := range n.Attr {
		values[a.Key] = a.Val
	}
	u, err := url.Parse(strings.ToLower(values["src"]))
	return err == nil && u.Scheme == "https" && u.User == nil && (u.Host == "www.example.com" || strings.HasSuffix(u.Host, ".example.org")) &&
		!strings.Contains(values["sandbox"], "top-navigation") && len(values) > 1 && values["srcdoc"] == "" &&
		(n.FirstChild == nil || strings.TrimSpace(n.FirstChild.Data) == "")
}

// contained tells whether the tree of a page keeps what follows the fragment out of the div around it.
func contained(t testing.TB, fragment []byte) bool {
	t.Helper()
	page, err := html.Parse(strings.NewReader("<!doctype html><body><div id=a>" + string(fragment) + "</div><p id=b>x</p>"))
	if err != nil {
		t.Fatalf("parse the page: %v", err)
	}
	body := page.LastChild.LastChild
	first, last := body.FirstChild, body.LastChild
	return first != nil && first.NextSibling == last && id(first) == "a" && id(last) == "b" &&
		last.FirstChild.Type == html.TextNode // and not in an element that was open before
}

func id(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "id" {
			return a.Val
		}
	}
	return ""
}

// checkClean holds the promises of Clean for one body, and returns what it made of it.
func checkClean(t testing.TB, p *Policy, body []byte) cleaned {
	t.Helper()
	out, err := p.cleanHTML(bytes.Clone(body))
	if err != nil {
		t.Fatalf("clean %q: %v", clip(string(body)), err)
	}
	if sorted, err := pipeline.SortEdits(out.edits, len(body)); err != nil {
		t.Fatalf("edits of %q: %v", body, err)
	} else if got := pipeline.ApplyEdits(body, sorted); !bytes.Equal(got, out.result) {
		t.Fatalf("the edits of %q give %q, not %q", body, got, out.result)
	}
	checkWhole(t, p, body, fragment)
	if out.tags && len(out.result) <= len(body) && markup.Detect("a.md", body) != markup.Detect("a.md", out.result) {
		t.Fatalf("%q becomes %q, which is not in the same format, though only attributes are edited", body, out.result)
	}
	again, err := p.cleanHTML(out.result)
	if err != nil || len(again.edits) > 0 {
		t.Fatalf("%q becomes %q, and that %q (%v)", body, out.result, again.result, err)
	}
	if again.removed != nil {
		t.Fatalf("%q becomes %q, and still something is removed: %v", body, out.result, again.removed)
	}
	if err := p.keeps(out.result); err != nil {
		t.Fatalf("%q becomes %q: %v", body, out.result, err)
	}
	tree := parse(t, out.result)
	if found := active(tree); found != "" {
		t.Fatalf("%q becomes %q, in which %s is active", body, out.result, found)
	}
	if !contained(t, out.result) {
		t.Fatalf("%q becomes %q, which leaks", body, out.result)
	}
	written := render(t, tree)
	if third := render(t, parse(t, written)); !bytes.Equal(third, written) {
		t.Fatalf("%q becomes %q, whose tree is written %q, then %q", body, out.result, written, third)
	}
	if third, err := p.cleanHTML(written); err != nil || third.removed != nil {
		t.Fatalf("%q becomes %q, whose tree is written %q, and from that goes %v (%v)", body, out.result, written, third.removed, err)
	}
	return out
}

var seeds = []string{
	"", " ", "<p>one<p>two", `<a onclick="1"href=2>x</a>`, "<<x>/b>", "&am<x>p;", "a</", "a<", "<p>a<b>b</p>c</b>",
	"<table>foo<tr><td>a<td>b</table>", "<b><p>x</b>y</p>", "</div></div>x", "<noscript><p title='</noscript>y", "<svg><style><a title='</style><img src=x onerror=1>'>",
	"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>", "<a href='jav&#10;ascript:x'>y</a>", "<img srcset='a 1x, javascript:x 2x'>",
	"<ul><li>a<ul><li>b</ul><li>c</ul>", "<dl><dt>a<dd>b<dt>c</dl>", "<a><table><td><a>", "<h1><h2>x</h1>", "<ruby>a<rt>b<rt>c</ruby>", "<p\x00a>\x00</p>", "<xmp><script>x</xmp>", "<plaintext><b>",
	"<!--more--><!-- a -- b --><!doctype html><?php x ?>", "<div/><p/>x", "<pre>\n\nx</pre>", "<details open><summary>x</summary>y</details>", "<input type=checkbox checked disabled> x",
	"<image src=x>", "</p></br>x", "<b><i>x</b>y</i>", "<table><tr><td><div></tr></table></div>", "<a href=/%2fevil.com/^>x</a>", "<p>x<table><tr><td>y</table>", "<option>a<option>b", "<a href=x/ onclick=1/>y",
	"<caption>x</caption>", "<table><caption><p>x<tr><td>y<tfoot><colgroup><col>z", "<span><p>x</span>y</p>", "<li><div><li>x</div>", "<rt>a<rt>b", "<nobr><nobr>x", "<font color=red><p>x</font>y",
}

func FuzzClean(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	for _, s := range traps {
		f.Add([]byte(s))
	}
	all := []*Policy{widest(f)}
	for _, name := range Policies() {
		p, _ := Named(name)
		all = append(all, p)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, p := range all {
			checkClean(t, p, body)
		}
	})
}

func FuzzURL(f *testing.F) {
	for _, s := range []string{"", "a b", "///x", `\\x`, `http:\\x`, "https:x", "/%2fx/^", "a%", "中:b", "javascript:x", " http://x ", "//[::1]:80/", "http://u@h:99999/", "mailto:a@b c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		clean, why := cleanURL(address)
		if why != "" {
			return
		}
		if again, why := cleanURL(clean); why != "" || again != clean {
			t.Fatalf("%q becomes %q, and that %q (%s)", address, clean, again, why)
		}
		u, ok := stable(clean)
		if !ok || strings.ContainsAny(clean, " \t\r\n") || u.Host == "" && strings.HasPrefix(slashes(clean), "//") {
			t.Fatalf("%q becomes %q", address, clean)
		}
	})
}

// checkMarkdown holds the promises of Clean for a Markdown body, and tells whether it became HTML.
func checkMarkdown(t testing.TB, p *Policy, body []byte) (rewritten bool) {
	t.Helper()
	d := pipeline.NewDocument("a.md", "a.md", body)
	d.Format = pipeline.Markdown
	edits, removed, err := p.Clean(d)
	if limit := (*markup.LimitError)(nil); errors.As(err, &limit) {
		return false
	}
	if err != nil {
		t.Fatalf("clean %q: %v", body, err)
	}
	if err := d.Apply(edits...); err != nil {
		t.Fatalf("edits of %q: %v", body, err)
	}
	shown, err := markup.Render(d.Text)
	if err != nil {
		t.Fatalf("%q becomes %q, which does not render: %v", body, d.Text, err)
	}
	if found := active(parse(t, shown)); found != "" {
		t.Fatalf("%q becomes %q, shown as %q, in which %s is active", body, d.Text, shown, found)
	}
	if !contained(t, shown) {
		t.Fatalf("%q becomes %q, shown as %q, which leaks", body, d.Text, shown)
	}
	if edits, again, err := p.Clean(d); err != nil || len(edits)+len(again) > 0 {
		t.Fatalf("%q becomes %q, of which still goes %v (%v)", body, d.Text, again, err)
	}
	if n := len(removed); n > 0 && removed[n-1].Code == bodyRewritten.code {
		d.Format = pipeline.HTML
		if edits, again, err := p.Clean(d); err != nil || len(edits)+len(again) > 0 {
			t.Fatalf("%q becomes the HTML %q, of which still goes %v (%v)", body, d.Text, again, err)
		}
		return true
	}
	return false
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range append(seeds,
		"[a](javascript:x) ![b](data:image/png;base64,x) <javascript:x> [c]: javascript:x\n\n[c]", "<div>\n\n*a*\n\n</div>", "a <script>x</script> b",
		"<scr\n\nipt>", "> <b>\n> x", "`<b>` <b>", "| a |\n|:-:|\n| <td> |", "<a href=x>https://example.com/y</a>", "- [x] a\n- b\n\n  <p>\n", "[a]( <x y> 'z')\n",
		"<!-- a\n\nb -->", "a <!-- b -- c --> d", "<pre>\n\n<b>\n\n</pre>", "# a {#b}\n\n[^1]\n\n[^1]: c", "    <script>", "```\n<script>\n```\n</code>", "&lt;script>&#60;/script>") {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		p, _ := Named("article")
		checkMarkdown(t, p, body)
	})
}
