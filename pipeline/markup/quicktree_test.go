package markup

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"copydesk/testdata/hostile"
)

// htmlWords is what HTML is made of that is read quickly, and what stands next to it.
var htmlWords = []string{
	"a", "字", " ", "\n", "\t", "&amp;", "&copy", "&notit;", "&#39;", "&", "&x=1", "\u00a0", "<p>", "<p>", "</p>", "</p>", "<p class=\"x\">", "<div>", "<div>", "</div>", "</div>", "<div id=a>", "<b>", "</b>", "<i>", "</i>", "<strong>",
	"</strong>", "<span style='color:red'>", "<span>", "</span>", "<a href=\"?a=1&b=2&amp;c\">", "<a>", "<a target=t href=h>", "</a>", "<br>", "<br/>", "<br />", "<img src=\"a&ampb\" alt='&quot;'>", "<img src=a/>", "<hr>", "<h2>", "</h2>",
	"<h3>", "</h3>", "<ul>", "</ul>", "<ol start=3>", "</ol>", "<li>", "</li>", "<dl>", "<dt>", "</dt>", "<dd>", "</dd>", "</dl>", "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>",
	"</th>", "<tbody>", "</tbody>", "<thead>", "</thead>", "<pre>", "<pre>\n", "</pre>", "<code>", "</code>", "<blockquote>", "</blockquote>", "<iframe src=x></iframe>", "<iframe>", "</iframe>", "<!-- c -->", "<!---->", "<!-->", "<!-- a-->",
	"<script>", "</script>", "<svg>", "<p/>", "<P>", "<details open>", "</details>", "<summary>", "</summary>", "<figure>", "</figure>", "<figcaption>", "</figcaption>", "<video controls>", "</video>", "<source src=a>", "<", ">", "\"", "<a b b>",
	"<i b=1 b=2>", "<td colspan=3>", "</br>", "<sup>", "</sup>", "<caption>", "<button>", "<body a=b>", "<html>", "\r\n", "\x00", "<img a=\"b\"c>", "<img\na = b>", "<i a='\n'>", "&#x1F600;", "&AMP=", "&lt", "&semi;", "&#10;", "&#13;&#10;", "<pre>&#10;", "<i a='&semi;&lt;&ltx &copyx;'>",
}

func treesDiffer(text string) bool {
	quick, tables := quickly([]byte(text))
	if quick == nil {
		return false
	}
	if tables {
		clampSpans(quick)
	}
	careful, err := carefully([]byte(text))
	return err != nil || dump(quick) != dump(careful)
}

func dump(n *html.Node) string {
	var out strings.Builder
	fmt.Fprintf(&out, "(%d %d %q %q", n.Type, n.DataAtom, n.Data, n.Namespace)
	for _, a := range n.Attr {
		fmt.Fprintf(&out, " %q=%q", a.Key, a.Val)
	}
	for c := range n.ChildNodes() {
		out.WriteString(dump(c))
	}
	return out.String() + ")"
}

// TestQuickTree holds that the tree that is made quickly is the one that is made carefully.
func TestQuickTree(t *testing.T) {
	made := 0
	const count = 60_000
	r := rand.New(rand.NewPCG(1, 2))
	for range count {
		text := ""
		var open []string
		for range 1 + r.IntN(12) {
			word := htmlWords[r.IntN(len(htmlWords))]
			if name := strings.TrimLeft(word, "<"); len(open) > 0 && r.IntN(3) > 0 && strings.HasPrefix(word, "</") {
				word, open = "</"+open[len(open)-1]+">", open[:len(open)-1]
			} else if len(name) < len(word) && name != "" && kindOf(atomOf(name)) < emptyElement && kindOf(atomOf(name)) != otherElement {
				open = append(open, atomOf(name).String())
			}
			text += word
		}
		for ; len(open) > 0; open = open[:len(open)-1] {
			text += "</" + open[len(open)-1] + ">"
		}
		if quick, _ := quickly([]byte(text)); quick != nil {
			made++
		}
		if treesDiffer(text) {
			text = hostile.Shrink(text, treesDiffer)
			quick, _ := quickly([]byte(text))
			careful, _ := carefully([]byte(text))
			t.Fatalf("%q is read as %s, not %s", text, dump(quick), dump(careful))
		}
	}
	if made < count/50 {
		t.Errorf("%d of %d were read", made, count)
	}
}

// FuzzQuickTree is TestQuickTree with what a fuzzer makes up.
func FuzzQuickTree(f *testing.F) {
	f.Add("<div>\n<p a=\"b&amp;c\">x <b>y</b><br/></p><ul><li>z</li></ul></div>")
	f.Add("<table><tr><td>1</td></tr></table><pre>\n\na</pre><!-- b --><dl><dt>c</dt></dl>")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) < 4096 && treesDiffer(text) {
			t.Errorf("%q is read otherwise", text)
		}
	})
}

// atomOf is the element of a tag without its first character.
func atomOf(tag string) atom.Atom {
	return atom.Lookup([]byte(tag[:len(tag)-len(strings.TrimLeft(tag, "abcdefghijklmnopqrstuvwxyz123456"))]))
}

// TestEscapeURL holds that no character is left that goldmark would encode.
func TestEscapeURL(t *testing.T) {
	for c := range rune(0x180) {
		if url := "a" + string(c) + "b"; EscapeURL(url) != string(util.URLEscape([]byte(url), false)) {
			t.Errorf("%q is %q", url, EscapeURL(url))
		}
	}
}
