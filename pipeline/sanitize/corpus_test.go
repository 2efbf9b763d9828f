package sanitize

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/markup"
	"copydesk/testdata/hostile"
)

const corpus = "../../../shared/corpus"

// TestMixed holds the promises over random sequences of tags, which nest in every wrong way.
func TestMixed(t *testing.T) {
	p, _ := Named("article")
	random := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields(knownElements + " form svg math title style script textarea noscript iframe select option template x-y nobr button xmp")
	texts := []string{"a", " ", "<", "&", "&am", "p;", "</", "/b>", "!--", "-->", "\n", "x=y", "<!--", "'\"", "é微"}
	for range 20_000 {
		var b strings.Builder
		pool := make([]string, 2+random.IntN(5))
		for i := range pool {
			pool[i] = words[random.IntN(len(words))]
		}
		for range 1 + random.IntN(14) {
			name := pool[random.IntN(len(pool))]
			switch random.IntN(5) {
			case 0, 1:
				b.WriteString("<" + name + []string{"", " href=x", " id='q'onclick=1 class=b", "/"}[random.IntN(4)] + ">")
			case 2, 3:
				b.WriteString("</" + name + ">")
			default:
				b.WriteString(texts[random.IntN(len(texts))])
			}
		}
		checkClean(t, p, []byte(b.String()))
	}
}

// TestHostile cleans all payloads of the corpus under all policies, and one that allows all that any may
// allow: nothing in a result is active.
func TestHostile(t *testing.T) {
	payloads := hostile.Payloads(t)
	if len(payloads) == 0 {
		t.Skip("the corpus is not here")
	}
	all := []*Policy{widest(t)}
	for _, name := range Policies() {
		p, _ := Named(name)
		all = append(all, p)
	}
	for _, payload := range payloads {
		for _, p := range all {
			checkClean(t, p, []byte(payload))
		}
	}
	t.Logf("%d payloads", len(payloads))
}

// bodies calls f with the body of each article in a folder of the corpus.
func bodies(t *testing.T, folder string, f func(path string, body []byte)) {
	t.Helper()
	if _, err := os.Stat(corpus + folder); err != nil {
		t.Skip("the corpus is not here")
	}
	err := filepath.WalkDir(corpus+folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.Contains(" .md .txt .html .mdx ", " "+filepath.Ext(path)+" ") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		body := text
		if open := bytes.Index(text, []byte("---\n")); open >= 0 && open < 8 {
			if end := bytes.Index(text[open+4:], []byte("\n---\n")); end >= 0 {
				body = text[open+4+end+5:]
			}
		}
		f(path, body)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestArticles cleans the bodies of scraped articles, and tells how much of them stays untouched.
func TestArticles(t *testing.T) {
	p, _ := Named("article")
	all, kept, whole, n := 0, 0, 0, 0
	bodies(t, "/seedlike", func(path string, body []byte) {
		out := checkClean(t, p, body)
		n++
		all += len(body)
		kept += len(body)
		for _, e := range out.edits {
			kept -= e.End - e.Start
		}
		for _, r := range out.removed {
			if r.Code == bodyRewritten.code {
				whole++
				t.Log("rewritten: ", path)
			}
		}
	})
	t.Logf("%d bodies, %d bytes, %.1f %% untouched, %d rewritten", n, all, 100*float64(kept)/float64(all), whole)
}

// TestSites holds the promises over a sample of public sites, and tells how much Markdown stays Markdown.
func TestSites(t *testing.T) {
	p, _ := Named("article")
	n, html, rewritten := 0, 0, 0
	bodies(t, "/sites", func(path string, body []byte) {
		if n++; n%5 != 0 {
			return
		}
		if markup.Detect(path, body) == pipeline.HTML {
			html++
			checkClean(t, p, body)
			return
		}
		if checkMarkdown(t, p, body) {
			rewritten++
		}
	})
	t.Logf("%d bodies looked at, %d of them HTML, %d of Markdown become HTML", n/5, html, rewritten)
}

// TestChecks makes sure that the checks of this package see what they look for.
func TestChecks(t *testing.T) {
	for _, bad := range []string{"<script>x</script>", "<p onclick=x>", "<a href=' javas&#9;cript:x'>", "<svg><a>", "<iframe>"} {
		if active(parse(t, []byte(bad))) == "" {
			t.Errorf("%q passes for inactive", bad)
		}
	}
	for _, bad := range []string{"</div>x", "<!-- ", "<b>", "<a", "<table><tr><td>", "<textarea>"} {
		if contained(t, []byte(bad)) {
			t.Errorf("%q passes for contained", bad)
		}
	}
	p, _ := Named("article")
	for _, bad := range []string{"</div>x", "<!-- ", "<b>", "<a", "<i>a</b></i>", "<p onclick=x>", "<x>", "<table>x</table>", "a</", "<!doctype>", "\x00"} {
		if p.verify([]byte(bad), nil) == nil {
			t.Errorf("%q is verified", bad)
		}
	}
}
