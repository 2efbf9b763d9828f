package markup

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"golang.org/x/net/html"

	"copydesk/pipeline"
)

// FuzzTokens: the spans of the tokens tile the input, what is said of a tag lies within it, and all is as
// x/net/html has it.
func FuzzTokens(f *testing.F) {
	for _, seed := range []string{
		"<p a=1 a='2' b>x</p c=d><!-- c --!><!--> --><br/><a b=/>", "<a =x=y/ \x00z = \"\r\n&amp;&copy=1&notit;&not;&#x;&#38\"",
		"<script><!--<script></script>--></script>", "<textarea></text</textarea/><plaintext><b>", "a<b<?x></ y></><!DOCtype><![CDATA[x",
		"<style></STYLE ><noscript><i></noscript>", "<a &", "&lt", "</", "0</", "<!", "<svg/><A\x00b C\x00d=e>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		at := 7
		tokens := Tokens(text, at)
		for _, token := range tokens {
			if token.Span.Start != at || token.Span.Len() <= 0 {
				t.Fatalf("token %v does not begin at %d", token, at)
			}
			checkAttrs(t, token, text)
			at = token.Span.End
		}
		if at != 7+len(text) {
			t.Fatalf("tokens end at %d of %d", at-7, len(text))
		}
		compareTokens(t, tokens, text)
	})
}

func checkAttrs(t *testing.T, token Token, text []byte) {
	last := token.Span.Start
	for _, a := range token.Attrs {
		ordered := last < a.Span.Start && a.Span.Start == a.NameSpan.Start && a.NameSpan.End <= a.ValueSpan.Start &&
			a.ValueSpan.Start <= a.ValueSpan.End && a.ValueSpan.End <= a.Span.End && a.Span.End < token.Span.End
		if !ordered || a.NameSpan.Len() == 0 {
			t.Fatalf("attribute %+v out of place in %q", a, text)
		}
		if s := a.ValueSpan.Shift(-7); a.Quote != 0 && (text[s.Start-1] != a.Quote || text[s.End] != a.Quote) {
			t.Fatalf("attribute %+v without its quotes in %q", a, text)
		}
		last = a.Span.End - 1
	}
}

// compareTokens compares tokens with those of x/net/html.
func compareTokens(t *testing.T, tokens []Token, text []byte) {
	z := html.NewTokenizer(bytes.NewReader(text))
	for _, token := range tokens {
		kind := z.Next()
		if kind == html.ErrorToken {
			if token.Kind != Unfinished || !errors.Is(z.Err(), io.EOF) {
				t.Fatalf("%+v; x/net/html has an error in %q", token, text)
			}
			return
		}
		if raw := token.Span.Shift(-7).Of(text); !bytes.Equal(raw, z.Raw()) {
			t.Fatalf("%q; x/net/html has %q in %q", raw, z.Raw(), text)
		}
		want := z.Token()
		if want.Data == "noscript" && kind != html.EndTagToken {
			z.NextIsNotRawText()
		}
		if kinds[kind] != token.Kind {
			t.Fatalf("%+v; x/net/html has %v in %q", token, want, text)
		}
		if token.Kind == StartTag || token.Kind == EndTag {
			compareTag(t, token, want)
		}
	}
}

var kinds = map[html.TokenType]TokenKind{
	html.TextToken: Text, html.StartTagToken: StartTag, html.SelfClosingTagToken: StartTag, html.EndTagToken: EndTag,
	html.CommentToken: Comment, html.DoctypeToken: Doctype,
}

func compareTag(t *testing.T, token Token, want html.Token) {
	if token.Name != want.Data {
		t.Fatalf("tag %q; x/net/html has %q", token.Name, want.Data)
	}
	if token.Kind == EndTag {
		return
	}
	seen := map[string]bool{}
	var first []Attr
	for _, a := range token.Attrs {
		if !seen[a.Name] {
			first = append(first, a)
		}
		seen[a.Name] = true
	}
	if len(first) > len(want.Attr) { // It keeps names apart until NUL is U+FFFD.
		t.Fatalf("attributes %+v; x/net/html has %+v", first, want.Attr)
	}
	if len(token.Attrs) != len(want.Attr) {
		return
	}
	if token.Self != (want.Type == html.SelfClosingTagToken) {
		t.Fatalf("%+v; x/net/html has %v", token, want)
	}
	for i, a := range token.Attrs {
		if a.Name != want.Attr[i].Key || a.Value != want.Attr[i].Val {
			t.Fatalf("attribute %+v; x/net/html has %+v", a, want.Attr[i])
		}
	}
}

// FuzzBody: all spans of an outline lie in the body, and everything refers to what is there.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{
		"# a [b](c)\n\n<p>d <img src=e srcset='f, g'>\n\n> <a\n> href=h>\n\n[i]: j 'k'\n![l][i] https://m.n o@p.q\n\ns\n===\n",
		"\uFEFF<div><table><tr><td><a href=1>x<p>y</div></a><h1>z", "- [a\n\t[b](<c>\n1. > ```\n> <b c='\n> d'>", "|a|\n|-|\n|[b](c\\|d)|\n[^1]\n\n[^1]: e [f](g)",
		"[a <h1>](b) <a href=c>[d </a> e](f) ![g [h](i)](j)", "\t# a\n> \t<x>\n", "[a]: <>\n[a]:\nb\r\n# \r\n#",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, format := range []pipeline.Format{pipeline.Markdown, pipeline.HTML} {
			whole := append([]byte("+++\n"), text...)
			d := pipeline.NewDocument("a", "a", whole)
			d.Format, d.BodyStart = format, func(*pipeline.Document) int { return 4 }
			checkBody(t, Of(d))
		}
		checkDetectIn(t, "a.md", text)
		for _, s := range IndentedCode(text) {
			if s.Start < 0 || s.End > len(text) || s.Len() < 4 && !bytes.ContainsRune(s.Of(text), '\t') {
				t.Fatalf("indented code at %v of %q", s, text)
			}
		}
		if _, err := Render(text); err != nil {
			t.Fatalf("render %q: %v", text, err)
		}
		_, _ = Tree(text) // An error is fine, a panic is not.
	})
}

func checkBody(t *testing.T, b *Body) {
	within := func(spans ...pipeline.Span) {
		for _, s := range spans {
			if s != (pipeline.Span{}) && (s.Start < b.Span.Start || s.End < s.Start || s.End > b.Span.End) {
				t.Fatalf("span %v outside of %v in %q (%s)", s, b.Span, b.Text, b.Format)
			}
		}
	}
	for _, h := range b.Headings {
		within(h.Span)
	}
	for _, l := range b.Links {
		within(l.Span, l.URLSpan)
		if l.Element >= len(b.Elements) {
			t.Fatalf("link %+v without element", l)
		}
	}
	for _, i := range b.Images {
		within(i.Span, i.URLSpan)
		if i.Element >= len(b.Elements) || i.Link >= len(b.Links) {
			t.Fatalf("image %+v without element or link", i)
		}
	}
	for i, e := range b.Elements {
		within(e.Span, e.End)
		if e.Parent >= i || e.Span.Len() == 0 {
			t.Fatalf("element %d: %+v", i, e)
		}
	}
}
