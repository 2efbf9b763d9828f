package article_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/markup"
)

// withTree writes the article of a body with its tree, without and with it again, and checks both.
func withTree(t *testing.T, text []byte, format pipeline.Format) {
	t.Helper()
	d := document("a.md", text)
	d.Format = format
	validate(t, article.Append(nil, d))
	root, err := markup.Nodes(d)
	if err != nil {
		t.Logf("no tree: %v", err)
		return
	}
	if d.Tree = true; !utf8.Valid(text) {
		return
	}
	line := article.Append(nil, d)
	validate(t, line)
	if !strings.Contains(string(line), `,"tree":{"type":"root"`) {
		t.Fatalf("no tree in %.300q", line)
	}
	back, err := article.Decode(line)
	if err != nil {
		t.Fatal(err)
	}
	if again := article.Append(nil, back); string(again) != string(line) {
		t.Fatalf("a second time it is:\n%s\n%s", again, line)
	}
	if tree, err := article.AppendMdast(nil, d); err != nil || !json.Valid(tree) {
		t.Fatalf("mdast: %v, %.300q", err, tree)
	}
	nested(t, d.Body().Of(d.Text), root, pipeline.Span{Start: 0, End: math.MaxInt})
}

// nested checks that nodes stand in the node around them, in their order, and that text stands where it says.
func nested(t *testing.T, body []byte, n *markup.Node, around pipeline.Span) {
	t.Helper()
	if n.Span.Len() > 0 {
		if n.Span.Start < around.Start || n.Span.End > around.End || n.Span.End > len(body) {
			t.Fatalf("%s at %v is not within %v of %d bytes", n.Type, n.Span, around, len(body))
		}
		around = n.Span
	}
	if at := n.Span.Of(body); n.Type == "text" && len(at) > 0 && !strings.ContainsAny(string(at), "&\\\r\n\t\f\x00") &&
		strings.TrimSpace(string(at)) != strings.TrimSpace(n.Value) && !strings.Contains(string(at), "  ") {
		t.Fatalf("text %q stands at %q", n.Value, at)
	}
	end := around.Start
	for _, c := range n.Children {
		nested(t, body, c, around)
		if c.Span.Len() > 0 {
			if n.Type == "table" && c.Type != "tableRow" {
				continue // A caption comes first, wherever it stands.
			}
			// What stands in a table outside of its cells comes before it; footnotes come last.
			if c.Span.Start < end && c.Type != "table" && c.Name != "table" && c.Type != "footnoteDefinition" {
				t.Fatalf("%s at %v stands before the end of the node before it, %d, in %s", c.Type, c.Span, end, n.Type)
			}
			end = max(end, c.Span.End)
		}
	}
}

func TestTree(t *testing.T) {
	for _, pattern := range []string{"../../testdata/forms/*.txtar", "../../testdata/markup/*.txtar", "../../testdata/markdown/*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal("no cases: ", err)
		}
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range archive.Files {
				switch filepath.Ext(f.Name) {
				case ".html":
					t.Run(file+f.Name, func(t *testing.T) { withTree(t, f.Data, pipeline.HTML) })
				case ".md":
					t.Run(file+f.Name, func(t *testing.T) { withTree(t, f.Data, pipeline.Markdown) })
				}
			}
		}
	}
}

func TestTreeOfCorpus(t *testing.T) {
	files := 0
	eachOfCorpus(t, func(path string, text []byte) {
		if files++; files%20 != 0 && os.Getenv("COPYDESK_CORPUS") != "all" {
			return
		}
		t.Run(filepath.ToSlash(path), func(t *testing.T) {
			if strings.HasSuffix(path, ".md") {
				withTree(t, text, pipeline.Markdown)
			}
			withTree(t, text, pipeline.HTML)
		})
	})
	t.Logf("%d files", files)
}

// A tree takes a time that the size of its body alone says.
func TestTreesAreLinear(t *testing.T) {
	const n = 256 << 10
	for name, text := range map[string]string{
		"elements":  strings.Repeat("<b>", n/3),
		"code":      strings.Repeat("<code>", n/12) + strings.Repeat("a", n/2) + "<b>b</b>",
		"quotes":    strings.Repeat("<blockquote>a", n/13),
		"lists":     strings.Repeat("<ul><li>a", n/9),
		"tables":    strings.Repeat("<table><tr><td>a", n/16),
		"listings":  strings.Repeat("<pre>a<div>", n/11),
		"one line":  strings.Repeat("a <i>b</i>", n/10),
		"attrs":     "<p " + strings.Repeat("a ", n/2) + ">",
		"paragraph": strings.Repeat("a\n", n/2),
		"emphasis":  strings.Repeat("*a* ", n/4),
		"cells":     "|a|b|\n|-|-|\n" + strings.Repeat("|`a`|b|\n", n/8),
		"fences":    strings.Repeat("```\n", n/4),
	} {
		for _, format := range []pipeline.Format{pipeline.HTML, pipeline.Markdown} {
			begin := time.Now()
			d := document("a.md", []byte(text))
			d.Format, d.Tree = format, true
			line := article.Append(nil, d)
			tree, err := article.AppendMdast(nil, d)
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("%s as %s takes %v", name, format, took)
			} else {
				t.Logf("%s as %s: %v, %d and %d bytes, %v", name, format, took, len(line), len(tree), err)
			}
		}
	}
}

func FuzzTree(f *testing.F) {
	f.Add([]byte("<ul>a<li>b<table>c<tr><td>d</table></ul><pre>\n<b>e</b></pre><p hidden>f<br><!-- g -->"), true)
	f.Add([]byte("# a *b* `c`\n\n> - [x] d\\\n>   e[^1]\n\n[^1]: ~~f~~ ![g](h 'i')\n\n|a|\n|-|\n|<b>|\n\n```x y\nz\n"), false)
	f.Add([]byte("~0~~"), false)
	f.Add([]byte("0\f"), false)
	f.Add([]byte("<ul><tABle>0"), true)
	f.Add([]byte("0\f0"), true)
	f.Add([]byte("<table><tr><td>a<caption>b</table>"), true)
	f.Fuzz(func(t *testing.T, text []byte, html bool) {
		format := pipeline.Markdown
		if html {
			format = pipeline.HTML
		}
		withTree(t, text, format)
	})
}
