package markup

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"

	"copydesk/testdata/hostile"
)

// plainWords is what plain runs are made of, and what stands next to them.
var plainWords = []string{
	"a", "bc", "字", "，", "😀", "\u00a0", " ", " ", " ", "  ", "\n", "\n", "\n", "\n\n", "  \n", " \n", "\\\n", "a\\\\\\\n", "\\ ", "\\", "\\\\", "\\*", "\\[", "\\`", "\r\n", "\t", "\x00", "\xff", "\x7f", "!", "\"", "'", "(", ")", ":", "{#x}", ".", "-", "--",
	"<b>", "</b>", "<BR>", "<br/>", "<a>", "</a>", "<A>", "<i x=y>", "<", ">", "<!-- -->", "<http://x.yz>", "<a@b.cd>", "<b\n>", "`", "``", "`c`", "` c`", "` c `", "`  `", "`|`", "`\\`", "`a b`", "[", "]", "[x] ", "[x](u)", "- [x](u)", "[ ] ", "[^1]", "[^1]: ", "[a]", "[ab]: u\n\n", "[ab]", "[ab][]",
	"[ab](u)", "[ab](u \"a\\\"b\")", "[字](u \"t\")", "](u)", "](a%20b)", "](字?a=1&b=2&amp;c#d)", "](u 't')", "](u \"\")", "](u \"a&amp;\")", "](u \"a\\\"b\")", "](u \"a\\b\")", "](u?a&b&#35;)", "](u(v))", "](<u>)", "]( u)", "](u\\))", "]()", "](", "](a\"b'c`d*e)", "![", "![a](u)", "![](u)", "![a\"&amp;](u \"t\")", "[![a](u)](v)", "![^1](u)",
	"*", "**", "***", "_", "__", "~", "~~", "a_b", "$", "$$", "$a$", "&", "&amp;", "&copy;", "&#35;", "&c", "http://x.yz", "https://x.yz/a?b.", "ftp://x.y", "www.x.yz", "(www.x.yz)", "http:", "www.", "a@b.cd", "@", "x_y@b.cd", "h", "w", "f",
	"# ", "- ", "1. ", "> ", ">", "\n> ", "\n- ", "\n  ", "\n\t", ": ", "\n: ", "|", "\n|---|---|\n", "a|b\n-|-\n", "\\|", "===", "\n---\n", "```\n", "    ", "| a | `b\\|c` |\n|---|---|\n| ",
}

// plainRenderers are those with plain runs and, beside each, the same without.
var plainRenderers = func() (pairs [][2]*Renderer) {
	for _, how := range []Rendering{{Math: Dollars}, {Math: NoMath, CJK: true}} {
		without := extended(how.CJK)
		if how.Math == Dollars {
			addMath(without, false)
		}
		pairs = append(pairs, [2]*Renderer{NewRenderer(how), {without}})
	}
	return pairs
}()

func plainDiffers(md string) bool {
	for _, pair := range plainRenderers {
		got, err := pair[0].Render([]byte(md))
		want, wantErr := pair[1].Render([]byte(md))
		if (err == nil) != (wantErr == nil) || !bytes.Equal(got, want) {
			return true
		}
	}
	return false
}

// readsPlain tells whether some of Markdown is read as a plain run.
func readsPlain(m goldmark.Markdown, md string) (reads bool) {
	p := newParse([]byte(md))
	p.html = &output{room: minOutput}
	_ = ast.Walk(p.run(m), func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		reads = reads || n.Kind() == kindPlainRun && bytes.ContainsAny(n.(*plainRun).html, "<&")
		return ast.WalkContinue, nil
	})
	return reads
}

// TestPlainRuns holds that what plain runs read is what the other parsers would have made of it.
func TestPlainRuns(t *testing.T) {
	const count = 30_000
	read := 0
	r := rand.New(rand.NewPCG(1, 2))
	for range count {
		var b strings.Builder
		for range 1 + r.IntN(12) {
			b.WriteString(plainWords[r.IntN(len(plainWords))])
		}
		if plainDiffers(b.String()) {
			md := hostile.Shrink(b.String(), plainDiffers)
			got, _ := plainRenderers[0][0].Render([]byte(md))
			want, _ := plainRenderers[0][1].Render([]byte(md))
			t.Fatalf("%q is rendered as %q, not %q", md, got, want)
		}
		if readsPlain(markdown(), b.String()) {
			read++
		}
	}
	if read < count/5 {
		t.Errorf("%d of %d were read", read, count)
	}
}

// TestPlainRunsOfSites is TestPlainRuns with the articles of the corpus, and the examples of specifications.
func TestPlainRunsOfSites(t *testing.T) {
	files := 0
	err := filepath.WalkDir("../../../shared/corpus", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(path) != ".md" && !strings.HasSuffix(path, "spec.json") {
			return err
		}
		text, err := os.ReadFile(path)
		if files++; err == nil && plainDiffers(string(withoutFrontMatter(text))) {
			t.Errorf("%s is rendered otherwise", path)
		}
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if files == 0 {
		t.Skip("the corpus is not here")
	}
	t.Logf("%d files", files)
}

// TestPlainRunsLimits holds that plain runs count towards the limits as what they stand for would.
func TestPlainRunsLimits(t *testing.T) {
	for _, unit := range []string{"[ab](u) ", "![a](u)\n", "[![a](u)](v) ", "[ab](u [cd](v) ", "[ab [cd](u) ", "[ab] ", "a] [bc](u) ", "*a* [bc](u)\n"} {
		if plainDiffers(strings.Repeat(unit, 2*maxBrackets)) {
			t.Errorf("%q, often, is rendered otherwise", unit)
		}
	}
	notes := strings.Repeat("[^a]: b\n", maxFootnotes) + "\n"
	for unit, count := range map[string]int{"<b>": 140_000, "`a quick brown fox` ": 510_000, "![a](u)\n\n": 50_000, "[ab](u)\n\n": 50_000, "! *a*\n\n": 50_000} {
		if plainDiffers(notes + strings.Repeat(unit, count)) {
			t.Errorf("%q, often, is rendered otherwise", unit)
		}
	}
}

// FuzzPlainRuns is TestPlainRuns with what a fuzzer makes up.
func FuzzPlainRuns(f *testing.F) {
	f.Add("a \"b\" <sup>c</sup>\nd `e` [f ![g](h)](i \"j\") k@l.mn www.o.pq\n\n- [x] r\\*\n- s\\\n  t & u  \n  v\n")
	f.Add("| a | b |\n|---|---|\n| `c\\|d` | [e](f) |\n\ng[^1] **字**\n\n[^1]: $h$ <b>i</b>\n")
	f.Fuzz(func(t *testing.T, md string) {
		if len(md) < 4096 && plainDiffers(md) {
			t.Errorf("%q is rendered otherwise", md)
		}
	})
}
