package markdown

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"copydesk/pipeline/markup"
	"copydesk/testdata/hostile"
)

// quickWords is what Markdown is made of that the quick reader takes, and what stands next to it.
var quickWords = []string{
	"a", "b", "字", "，", "。", "😀", " ", " ", "\u00a0", "\u3000", "\u2028", "\u0085", "*", "**", "***", "_", "`", "``", "~~", "[", "]", "(", ")", "](u)", "](u \"t\")", "](u 't')", "](/a?b=1&c=2#d)", "](a%20b)", "](x'y$z)", "![", "![a](b)", "[^1]", "[x]", "[ ] ", "!",
	"&", "&amp;", "&c;", "\\", "\\*", "\\[", "\\#", "\\\n", "\n", "\n\n", "\n\n", "\n\n", "# ", "## ", "#", "- ", "-", "+ ", "1. ", "10. ", "1) ", "1", ": ", ":", "> ", ">", "\n> ", "---", "***", "===", "|", "|---|", "```", "```js\n", "\n```\n",
	"<strong>", "</strong>", "<em>", "</em>", "<sup>", "</sup>", "<b>", "<br>", "<div>", "<!-- -->", "http://x.yz", "www.x.yz", "a@b.cd", "@", "@b.cd", "<https://x.yz/a?b=1&c>", "<http://x>", "<!-- a -->", "<!-- b -->\n\n", "](a(b)c)", "](a(b)", "$", "$$", "=", "\t", "    ", "  ", "\n  ", "\n    ", "{#x}", "x_y", "\"", "'", "(", "/", ".", ",", "\r", "\x00", "\x7f", "\xff", "\u200b", "\ufeff", "%", "]: u", "[a]: u\n\n",
}

func quickDiffers(md string) bool {
	kids, ok := quickly(md)
	if !ok {
		return false
	}
	doc, err := markup.Shown([]byte(md))
	if err != nil {
		return true
	}
	root, _ := read(doc, map[string]bool{}, true, Options{})
	(&block{kids: kids}).texts(collapse)
	if len(kids) != len(root.kids) {
		return true
	}
	for i := range kids {
		if !same(root.kids[i], kids[i]) {
			return true
		}
	}
	return false
}

// collapse makes of what was read what a tree has.
func collapse(k *block) {
	for i := range k.segs {
		s := &k.segs[i]
		if s.kind == image {
			s.text, s.title = collapsed(s.text), collapsed(s.title)
		}
		if s.link != nil {
			s.link.title = collapsed(s.link.title)
		}
	}
	k.segs = normalized(k.segs)
}

// TestQuick holds that what the quick reader reads is what the parser of Markdown makes of it.
func TestQuick(t *testing.T) {
	count := 20_000
	if n, err := strconv.Atoi(os.Getenv("COPYDESK_ATOMS")); err == nil {
		count = 100 * n
	}
	seed, _ := strconv.ParseUint(os.Getenv("COPYDESK_SEED"), 10, 64)
	r := rand.New(rand.NewPCG(seed, 2))
	taken := 0
	for range count {
		var b strings.Builder
		for range 1 + r.IntN(9) {
			b.WriteString(quickWords[r.IntN(len(quickWords))])
		}
		md := b.String()
		if _, ok := quickly(md); ok {
			taken++
		}
		if quickDiffers(md) {
			t.Fatalf("%q is read otherwise", hostile.Shrink(md, quickDiffers))
		}
	}
	if taken < count/50 {
		t.Errorf("%d of %d were read", taken, count)
	}
}

// FuzzQuick is TestQuick with what a fuzzer makes up.
func FuzzQuick(f *testing.F) {
	f.Add("# a\n\n**b** c*d*\\\n[e](f \"g\")\n\n- h\n- ![i](j)\n\n> k `l`\n\n```m\nn\n```\n")
	f.Add("1. a\n2. b<sup>c</sup>\n\n---\n\n字**字，** \\*d\\* e_f http\\://g.h www\\.i.j\n")
	f.Fuzz(func(t *testing.T, md string) {
		if len(md) < 4096 && quickDiffers(md) {
			t.Errorf("%q is read otherwise", md)
		}
	})
}
