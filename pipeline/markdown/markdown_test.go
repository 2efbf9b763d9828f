package markdown

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"copydesk/pipeline/markup"
	"copydesk/testdata/golden"

	"github.com/rogpeppe/go-internal/txtar"
)

// article is HTML in the shape of a scraped article.
var article = strings.Repeat(`<div>   
<p>港口昨夜关闭，<strong>列车停运，</strong>部分线路<em>已恢复</em>。See <a href="https://example.com/a_(b)?x=1&amp;y=2">the notice</a> and <code>status --all</code>.</p>
<p align="center"><a href="https://img.example.com/5d.png" target="_blank"><img alt="港口" h="349" src="https://img.example.com/s_5d.png" style="border: black 1px solid;" w="600"></a></p>
<h2>Lines</h2><ul><li>one</li><li>two <b>bold</b></li></ul>
<table><tr><th>line</th><th>state</th></tr><tr><td>1</td><td>open</td></tr></table>
<pre><code class="language-sh">make all
  test
</code></pre>
</div>
`, 8)

// A case of testdata/markdown is NAME.html, the NAME.md that is written of it, and in NAME.lost what that does not
// say, if anything. Each
// reads back as the same, and is written the same again.
func TestCases(t *testing.T) {
	golden.Run(t, "../../testdata/markdown/*.txtar", func(t *testing.T, a *txtar.Archive) (out []txtar.File) {
		for _, f := range a.Files {
			name, ok := strings.CutSuffix(f.Name, ".html")
			if !ok {
				continue
			}
			o := caseOptions(name)
			md, err := Write(f.Data, o)
			if err != nil || !md.Faithful {
				t.Errorf("%s: faithful is %v, %v", name, md.Faithful, err)
			}
			if how := broken(string(f.Data), o); how != "" {
				t.Errorf("%s: %s", name, how)
			}
			out = append(out, f, txtar.File{Name: name + ".md", Data: md.Text})
			if len(md.Losses) > 0 {
				out = append(out, txtar.File{Name: name + ".lost", Data: lossList(f.Data, md.Losses)})
			}
		}
		return out
	})
}

// caseOptions are the options that the words of a case's name ask for: kept-, never-, attrs-, html-table, cjk-, wrap-.
func caseOptions(name string) (o Options) {
	switch {
	case strings.HasPrefix(name, "kept-"):
		o = Options{HTML: Keep, Attrs: Semantic}
	case strings.HasPrefix(name, "never-"):
		o.HTML = Never
	case strings.HasPrefix(name, "semantic-"):
		o.Attrs = Semantic
	case strings.HasPrefix(name, "attrs-"):
		o.Attrs = All
	case strings.HasPrefix(name, "cjk-"):
		o.CJK = true
	case strings.HasPrefix(name, "wrap-"):
		o.Wrap = 40
	case strings.HasPrefix(name, "html-table"):
		o.HTMLTables = true
	}
	return o
}

// lossList is what a case loses: the start tag that it stands at, and what.
func lossList(body []byte, lost []Loss) []byte {
	var out []byte
	for _, l := range lost {
		out = fmt.Appendf(out, "%s at %s\n", l, l.Span.Of(body))
	}
	return out
}

// TestHostile holds that bodies made to take long are written or refused by name.
func TestHostile(t *testing.T) {
	for name, c := range map[string]struct{ text, limit string }{
		"cells":      {"<p><table><tr>" + strings.Repeat("<td>", 1000) + strings.Repeat("<tr><td>", 1000), "cells of tables"},
		"spans":      {strings.Repeat("<table><tr><td colspan=1000></table>", 2000), ""},
		"elements":   {strings.Repeat("<b>", 1_000_001), "elements"},
		"quotes":     {strings.Repeat("<blockquote>", 200) + strings.Repeat("<p>line</p>", 20_000), "steps of writing lines within quotes and lists"},
		"depth":      {strings.Repeat("<div>", 5000) + "x" + strings.Repeat("</div>", 5000) + "y", ""},
		"lists":      {strings.Repeat("<ul><li>", 120) + "x", ""},
		"attributes": {"<a href=1" + strings.Repeat(" b=c", 500) + ">x</a>", ""},
		"words":      {"<p>" + strings.Repeat("a <b>b</b> ", 3_000), ""},
		"stars":      {"<p>" + strings.Repeat("a**b", 5_000), ""},
		"ticks":      {"<p>" + strings.Repeat("`<code>`</code>", 500), ""},
		"anchors":    {strings.Repeat("<a href=#x></a><p id=x>", 2_000), ""},
		"NUL":        {"a\x00b", ""},
		"frames":     {"<p>a<frameset><p>b<noscript><p>c</noscript><object>d<form>e<xmp><f></xmp>", ""},
		"empty":      {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Write([]byte(c.text), Options{HTML: Keep, Attrs: Semantic})
			var limit *markup.LimitError
			if errors.As(err, &limit) != (c.limit != "") || limit != nil && limit.Limit != c.limit {
				t.Errorf("%v, want %q", err, c.limit)
			}
		})
	}
}

// TestCorpus writes the real bodies that are kept beside the project: each reads back as the same, and is
// the same at the second pass.
func TestCorpus(t *testing.T) {
	every := 40
	if os.Getenv("COPYDESK_CORPUS") == "all" {
		every = 1
	}
	for _, dir := range []string{"seedlike", "sites/mdn-archived"} {
		root := filepath.Join("..", "..", "..", "shared", "corpus", dir)
		if _, err := os.Stat(root); err != nil {
			t.Skip("the corpus is not here: ", err)
		}
		n := 0
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if n++; n%every != 0 {
				return nil
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			if how := broken(bodyOf(string(text)), Options{}); how != "" {
				t.Errorf("%s: %s", path, how)
			}
			return nil
		})
		if err != nil || n == 0 {
			t.Error(n, err)
		}
	}
}

// bodyOf is what stands behind the front matter of a well-formed article.
func bodyOf(text string) string {
	if rest, ok := strings.CutPrefix(strings.TrimLeft(text, "\ufeff\r\n"), "---\n"); ok {
		if _, body, ok := strings.Cut(rest, "\n---\n"); ok {
			return body
		}
	}
	return text
}

// FuzzWrite holds that no body makes the writer panic, and that what it calls faithful is the same at
// the second pass.
func FuzzWrite(f *testing.F) {
	f.Add(article[:900])
	f.Add("<ul><li><input type=checkbox> a<ol start=3><li>b</ol></ul><dl><dt>c<dd>d</dl>")
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 4096 {
			return
		}
		o := dials[len(body)%len(dials)]
		if how := broken(body, o); how == "unstable" {
			t.Errorf("%q is unstable, %+v", body, o)
		}
	})
}

// TestNoLoss holds that of what Markdown itself makes nothing is told as lost.
func TestNoLoss(t *testing.T) {
	const text = "# A *b*\n\n1. x\n\n   y\n2. z\n\n- [ ] open\n- [x] done\n\n| a | b |\n|:-:|--:|\n| `c` | ![d](e.png \"f\") |\n\n" +
		"> q[^1]\n\n```go\nx\n```\n\n~~s~~ <https://example.com> [t](u \"v\")\\\nw\n\n***\n\n[^1]: n\n"
	html, err := markup.Render([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if md, err := Write(html, Options{}); err != nil || len(md.Losses) > 0 {
		t.Error(md.Losses, err)
	}
}
