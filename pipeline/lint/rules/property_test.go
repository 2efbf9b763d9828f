package rules_test

import (
	"bytes"
	"cmp"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"copydesk/pipeline"
	"copydesk/pipeline/lint"
	"copydesk/pipeline/lint/rules"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"

	"github.com/rogpeppe/go-internal/txtar"
)

// A pair is two linters with the same rules in different order.
type pair struct{ l, shuffled *lint.Linter }

// check holds the fixes of all rules to what they promise for any text, and returns what was reported
// on fixes that were rolled back.
func (p pair) check(t *testing.T, name string, text []byte) (rolledBack []pipeline.Diagnostic) {
	t.Helper()
	for _, f := range p.l.Check(document(name, text)) {
		checkFinding(t, text, f)
	}
	for _, safety := range []pipeline.Safety{pipeline.Safe, pipeline.Unsafe} {
		d := document(name, text)
		if _, err := p.l.Fix(d, safety); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		rolledBack = append(rolledBack, d.Diagnostics...)
		again := document(name, d.Text)
		again.Format = d.Format
		if n, _ := p.l.Fix(again, safety); n != 0 || !bytes.Equal(again.Text, d.Text) {
			t.Errorf("a second run applies %d %s fixes to %q", n, safety, d.Text)
		}
		other := document(name, text)
		if _, err := p.shuffled.Fix(other, safety); err != nil || !bytes.Equal(other.Text, d.Text) {
			t.Errorf("%s fixes of %q depend on the order of rules: %q and %q", safety, text, d.Text, other.Text)
		}
		checkUntouched(t, d)
		m := runModel(t, p.l, document(name, text), safety)
		if len(d.Diagnostics) == 0 && !bytes.Equal(d.Text, m.text) {
			t.Errorf("%s fixes make %q of %q, and their edits by themselves %q", safety, d.Text, text, m.text)
		}
		checkValues(t, m.declared, text, d)
		if safety == pipeline.Safe && !m.showsMore {
			checkWords(t, d)
		}
	}
	return rolledBack
}

func checkFinding(t *testing.T, text []byte, f pipeline.Diagnostic) {
	t.Helper()
	inside := func(s pipeline.Span) bool { return 0 <= s.Start && s.Start <= s.End && s.End <= len(text) }
	if !inside(f.Span) || f.Message == "" {
		t.Errorf("%q: the finding %v lies outside", text, f)
	}
	for _, fix := range f.Fixes {
		if _, err := pipeline.SortEdits(fix.Edits, len(text)); err != nil || len(fix.Edits) == 0 {
			t.Errorf("%q: %s %s: %v", text, f.Code, fix.Title, err)
		}
	}
}

// A model does what fixing is to come to, without the engine: the edits of the findings in their order, of
// which one that touches what another one claimed waits for the next round, until there are none.
type model struct {
	text     []byte
	declared []string // what the fixes say that they change
	// showsMore is true when a fix is meant to change what a reader sees: HTML that was taken for code,
	// or text that becomes front matter.
	showsMore bool
}

func runModel(t *testing.T, l *lint.Linter, d *pipeline.Document, safety pipeline.Safety) *model {
	t.Helper()
	m := &model{text: d.Text}
	for range 100 {
		now := document(d.Path, m.text)
		now.Format = d.Format
		var chosen []pipeline.Edit
		for _, f := range l.Check(now) {
			i := slices.IndexFunc(f.Fixes, func(x pipeline.Fix) bool { return x.Safety <= safety })
			if i < 0 || touches(chosen, f.Fixes[i].Edits) {
				continue
			}
			chosen = append(chosen, f.Fixes[i].Edits...)
			m.declared = append(m.declared, f.Fixes[i].Keys...)
			m.showsMore = m.showsMore || f.Code == "HT012" || slices.Contains(f.Fixes[i].Keys, "")
		}
		if len(chosen) == 0 {
			return m
		}
		slices.SortStableFunc(chosen, func(a, b pipeline.Edit) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
		var out []byte
		at := 0
		for _, e := range chosen {
			out = append(append(out, m.text[at:e.Start]...), e.Text...)
			at = e.End
		}
		m.text = append(out, m.text[at:]...)
	}
	return m // Some fix has no end, which the engine stops; the text is not compared then.
}

// touches tells whether one of the edits shares a byte with one of those that were chosen, or inserts where
// one inserts or in the midst of what one replaces.
func touches(chosen, edits []pipeline.Edit) bool {
	for _, e := range edits {
		for _, c := range chosen {
			switch {
			case e.Start == e.End && c.Start == c.End:
				if e.Start == c.Start {
					return true
				}
			case e.Start < c.End && c.Start < e.End:
				return true
			}
		}
	}
	return false
}

// checkUntouched compares the bytes that no edit named, and looks whether they are still in their order.
func checkUntouched(t *testing.T, d *pipeline.Document) {
	t.Helper()
	last := 0
	for i := range d.Source {
		now, exact := d.ToText(pipeline.Span{Start: i, End: i + 1})
		if !exact {
			continue
		}
		if now.Len() != 1 || now.Start < last || d.Text[now.Start] != d.Source[i] {
			t.Errorf("byte %d of %q is not what it was in %q", i, d.Source, d.Text)
			return
		}
		last = now.End
	}
}

// checkValues compares all front matter values but those that a fix declares, without help of the engine.
func checkValues(t *testing.T, declared []string, text []byte, after *pipeline.Document) {
	t.Helper()
	old, now := matter.Read(text).Root, matter.Read(after.Text).Root
	if old == nil || within(declared, "") {
		return // What could not be read can't be compared.
	}
	compare := func(pointer string, _ *matter.Node) {
		// Of duplicate keys the last counts in both.
		if was, is := said(old.At(pointer)), said(now.At(pointer)); was != is && !within(declared, pointer) {
			t.Errorf("%q becomes %q: the value %s, %s, is now %s", text, after.Text, pointer, was, is)
		}
	}
	old.Walk(compare)
	now.Walk(compare)
}

// said is the kind of a value and what it says of itself.
func said(n *matter.Node) string {
	if n == nil {
		return "nothing"
	}
	return string(n.Kind) + " " + strconv.Quote(n.Value)
}

// within tells whether one of the pointers is the given one or leads to what it is in.
func within(declared []string, pointer string) bool {
	return slices.ContainsFunc(declared, func(d string) bool { return pointer == d || strings.HasPrefix(pointer, d+"/") })
}

// checkWords compares the words that a reader sees of the body. A lone carriage return ends a line of
// Markdown, but not for the renderer: there the two say nothing of each other.
func checkWords(t *testing.T, d *pipeline.Document) {
	t.Helper()
	before, after := matter.Read(d.Source).Body.Of(d.Source), d.Body().Of(d.Text)
	if d.Format == pipeline.Markdown && bytes.Contains(bytes.ReplaceAll(before, []byte("\r\n"), nil), []byte{'\r'}) {
		return
	}
	if was, is := words(shown(t, d.Format, before)), words(shown(t, d.Format, after)); was != is {
		t.Errorf("%q becomes %q, which says\n%s\ninstead of\n%s", d.Source, d.Text, is, was)
	}
}

// words are the text of HTML and of its pictures without blanks, and without byte order marks, which have no looks.
func words(page string) string {
	var b strings.Builder
	for token := range markup.Scan([]byte(page), 0) {
		switch text := string(token.Span.Of([]byte(page))); {
		case token.Kind == markup.Text:
			b.WriteString(text)
		case token.Name == "img":
			if alt := altOf.FindStringSubmatch(text); alt != nil {
				b.WriteString(alt[1])
			}
		}
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "\uFEFF", "")), "")
}

var altOf = regexp.MustCompile(`alt="([^"]*)"`)

func linters(t testing.TB) pair {
	list := rules.All()
	l := schemaLinter(t, strict, list)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return pair{l, schemaLinter(t, strict, list)}
}

// strict is a schema that finds fault with many articles, and can be satisfied in many ways.
const strict = `
type: object
required: [title, date, slug, draft]
additionalProperties: false
properties:
  title: {type: string, minLength: 2}
  date: {type: string, format: date-time}
  slug: {type: string}
  draft: {type: boolean, default: false}
  toc: {type: boolean}
  weight: {type: integer, minimum: 1}
  zip: {type: string}
  category: {enum: [News, Opinion]}
  tags: {type: array, uniqueItems: true, items: {type: string}}
  list: {type: array, uniqueItems: true, items: {type: object, required: [name, url], properties: {name: {type: string}, url: {type: string}}}}
  seo: {type: object, required: [robots], additionalProperties: false, properties: {robots: {type: string}, kw: {deprecated: true, x-replacement: keywords}, keywords: {type: string}}}
  thumb: {deprecated: true, x-replacement: image}
  image: {type: [string, "null"]}
  author: {anyOf: [{type: string}, {type: object, required: [name], properties: {name: {type: string}}}]}
  作者: {type: object, properties: {年龄: {type: integer}}}
  media: {oneOf: [{properties: {kind: {const: video}}}, {properties: {kind: {const: gallery}}}]}
dependentRequired: {image: [alt]}
`

// seeds are the articles of all cases.
func seeds(t testing.TB) (names []string, texts [][]byte) {
	files, err := filepath.Glob("../../../testdata/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases: ", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range split(archive) {
			_, name, _ := strings.Cut(c.article.Name, "/")
			names = append(names, name)
			texts = append(texts, []byte(marks.Replace(string(c.article.Data))))
		}
	}
	return names, texts
}

// TestMutations holds the fixes to their promises on mixtures of the articles of all cases.
func TestMutations(t *testing.T) {
	both := linters(t)
	names, texts := seeds(t)
	random := rand.New(rand.NewPCG(3, 4))
	for range rounds(t, 300) {
		i := random.IntN(len(texts))
		both.check(t, names[i], mutate(random, texts[i], texts[random.IntN(len(texts))]))
		if t.Failed() {
			return
		}
	}
}

// rounds is how many mixtures are tried: COPYDESK_MUTATIONS, or as many as given.
func rounds(t *testing.T, usual int) int {
	text := os.Getenv("COPYDESK_MUTATIONS")
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal("COPYDESK_MUTATIONS: ", err)
	}
	return n
}

// mutate drops, doubles and swaps lines, and puts in some of another text.
func mutate(r *rand.Rand, text, other []byte) []byte {
	lines := bytes.SplitAfter(text, []byte("\n"))
	more := bytes.SplitAfter(other, []byte("\n"))
	for range r.IntN(4) {
		i, j := r.IntN(len(lines)), r.IntN(len(lines))
		switch r.IntN(5) {
		case 0:
			lines = slices.Delete(lines, i, i+1)
			if len(lines) == 0 {
				return nil
			}
		case 1:
			lines = slices.Insert(lines, i, lines[j])
		case 2:
			lines[i], lines[j] = lines[j], lines[i]
		case 3:
			lines = slices.Insert(lines, i, more[r.IntN(len(more)):]...)
		case 4:
			lines[i] = append([]byte([]string{" ", "    ", "\t", "\n", "\r", "<pre>", "<div>\n\n", "---\n", "\uFEFF"}[r.IntN(9)]), lines[i]...)
		}
	}
	return bytes.Join(lines, nil)
}

// TestRealArticles holds the fixes to their promises on scraped articles and on those of sites: of the latter
// on one of twenty, or with COPYDESK_CORPUS=all on all.
func TestRealArticles(t *testing.T) {
	both := linters(t)
	n, done := 0, 0
	for _, dir := range []string{"seedlike", "sites"} {
		eachArticle(t, corpus(t, dir), func(path string, text []byte) {
			if n++; dir == "sites" && n%20 != 0 && os.Getenv("COPYDESK_CORPUS") != "all" {
				return
			}
			for _, f := range both.check(t, filepath.ToSlash(path), text) {
				t.Errorf("%s: %s", path, f.Message)
			}
			done++
		})
	}
	t.Log(done, "articles")
}

// TestModel looks at the article that the project is modelled on, if it is there.
func TestModel(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(corpus(t, "seedlike"), "exact", "000_c86397a2bbd07763.txt"))
	if err != nil {
		t.Skip(err)
	}
	l := onDisk(t, "archive")
	want := map[string]pipeline.Position{
		"FM001": {Line: 1, Column: 1}, "MT001": {Line: 11, Column: 7}, "HT003": {Line: 17, Column: 161},
		"HT005": {Line: 17, Column: 253}, "HT012": {Line: 27, Column: 12}, "SE001": {Line: 30, Column: 68}, "HT017": {Line: 38, Column: 1},
		"FM019": {Line: 4, Column: 12}, "MT007": {Line: 2, Column: 1}, "MT008": {Line: 2, Column: 1}, "MT012": {Line: 12, Column: 12}, "MT017": {Line: 6, Column: 4}, "HT004": {Line: 17, Column: 4}, "LK003": {Line: 30, Column: 68},
		"HT009": {Line: 32, Column: 9}, "HT010": {Line: 15, Column: 1}, "HT011": {Line: 24, Column: 1}, "HT016": {Line: 29, Column: 12}, "HT021": {Line: 35, Column: 199}, "SE008": {Line: 17, Column: 294}, "SE005": {Line: 17, Column: 161},
	}
	d := document("a.txt", text)
	lines := pipeline.NewLines(text)
	for _, f := range l.Check(d) {
		if at, ok := want[f.Code]; ok && at == lines.At(f.Span.Start, pipeline.CodePoints) {
			delete(want, f.Code)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
	n, err := l.Fix(d, pipeline.Safe)
	changed := strings.NewReplacer("\n---\ntitle", "---\ntitle", "Fri, 22 Jul 2022 22:48:17 GMT", "2022-07-22T22:48:17Z",
		` href="javascript:;"`, "", ` referrerpolicy="no-referrer"`, "",
		"categories: \n", "categories:\n", `target="_blank">`, `target="_blank" rel="noopener">`,
		"\n           \n           \n           <p class=\"end\">", "\n<p class=\"end\">", "</a>  </p>", "</a></p>",
		"</div>\n            ", "</div>\n")
	if fixed := changed.Replace(string(text)); err != nil || string(d.Text) != fixed {
		t.Errorf("%d fixes, %v: got\n%s\nwant\n%s", n, err, d.Text, fixed)
	}
}

func FuzzFix(f *testing.F) {
	names, texts := seeds(f)
	for i := range texts {
		f.Add(names[i], texts[i])
	}
	both := linters(f)
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		if !strings.Contains(name, "\x00") && len(text) < 4096 {
			both.check(t, name, text)
		}
	})
}
