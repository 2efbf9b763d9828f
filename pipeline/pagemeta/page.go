package pagemeta

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"copydesk/pipeline"
)

// The limits of what is taken of a page.
const (
	maxText   = 2048    // bytes of one value
	maxItem   = 256     // bytes of an item of a list
	maxItems  = 30      // of a list
	maxScript = 1 << 20 // bytes of all JSON-LD
)

// A Page is what an HTML page says of itself.
type Page struct {
	// Content is the content of the body in the text, without its tags.
	Content pipeline.Span
	values  map[string][]string // by the name of the source: "meta description", "ld headline", "title"
}

// Read reads a page. ok is false for what is no page, but a part of one: without <html>, <head> or <body>.
func Read(text []byte) (p *Page, ok bool) {
	r := reader{Page: Page{Content: pipeline.Span{Start: 0, End: len(text)}, values: map[string][]string{}}}
	z := html.NewTokenizer(bytes.NewReader(text))
	at := 0
	for z.Next() != html.ErrorToken {
		start := at
		at += len(z.Raw())
		r.token(z.Token(), start, at)
	}
	if r.end > 0 {
		r.Content.End = max(r.end, r.Content.Start)
	}
	for _, script := range r.scripts {
		r.linked(script)
	}
	return &r.Page, r.page
}

// A reader is one run of Read.
type reader struct {
	Page
	page    bool   // it is one
	body    bool   // its body has begun, by its tag or by what belongs to no head
	tagged  bool   // by its tag
	end     int    // where its body ends, 0 if no tag says so
	in      string // the element whose text is wanted: title, or script for JSON-LD
	aside   string // the element of the head whose content is no part of it: noscript, template
	inline  int    // how many elements of SVG there are around, whose title is another
	scripts []string
	size    int
}

func (r *reader) token(t html.Token, start, end int) {
	if t.Type == html.StartTagToken || t.Type == html.SelfClosingTagToken || t.Type == html.TextToken && strings.TrimSpace(t.Data) != "" {
		r.end = 0 // What stands behind </body> belongs to the body, too (HTML, 13.2.6.4.19).
	}
	switch t.Type {
	case html.DoctypeToken:
		r.head(end)
	case html.StartTagToken, html.SelfClosingTagToken:
		r.open(t, end)
	case html.EndTagToken:
		r.close(t.Data, start, end)
	case html.TextToken:
		switch {
		case r.in == "script" && r.size+len(t.Data) <= maxScript:
			r.scripts = append(r.scripts, t.Data)
			r.size += len(t.Data)
		case r.in == "title":
			r.add("title", t.Data)
		case r.in == "" && r.aside == "" && strings.TrimSpace(t.Data) != "":
			r.body = true
		}
	}
}

// head notes that what has been read so far belongs to the head.
func (r *reader) head(end int) {
	if !r.body {
		r.Content.Start = end
	}
}

func (r *reader) open(t html.Token, end int) {
	r.in = ""
	switch t.Data {
	case "html":
		r.page = true
		r.add("html lang", attr(t, "lang"))
		r.head(end)
	case "head":
		r.page = true
		r.head(end)
	case "body":
		if !r.tagged {
			r.page, r.body, r.tagged, r.Content.Start = true, true, true, end
		}
	case "title":
		if r.inline == 0 {
			r.in = "title"
		}
	case "script", "style":
		r.in = "raw"
		if kind, _, _ := strings.Cut(strings.ToLower(attr(t, "type")), ";"); t.Data == "script" && strings.TrimSpace(kind) == "application/ld+json" {
			r.in = "script"
		}
	case "noscript", "template":
		if !r.body {
			r.aside = t.Data
		}
	case "meta":
		for _, name := range []string{attr(t, "property"), attr(t, "name"), attr(t, "itemprop"), attr(t, "http-equiv")} {
			if name != "" {
				r.add("meta "+strings.ToLower(strings.TrimSpace(name)), said(t))
			}
		}
		r.head(end)
	case "link":
		if slices.Contains(strings.Fields(strings.ToLower(attr(t, "rel"))), "canonical") {
			r.add("link canonical", attr(t, "href"))
		}
		r.head(end)
	case "base":
		r.head(end)
	default:
		if t.Data == "svg" && t.Type == html.StartTagToken {
			r.inline++
		}
		r.body = r.body || r.aside == ""
	}
}

func (r *reader) close(name string, start, end int) {
	r.in = ""
	switch name {
	case "svg":
		r.inline = max(r.inline-1, 0)
	case "head":
		r.page = true
		r.head(end)
	case "title", "script", "style":
		r.head(end)
	case "noscript", "template":
		if name == r.aside {
			r.aside = ""
			r.head(end)
		}
	case "body", "html":
		if r.page && r.end == 0 {
			r.end = start
		}
	}
}

// add adds a value, unless it is empty, too long or one too many.
func (r *reader) add(source, value string) {
	value = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || c == '\uFEFF' {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(value, "\uFFFD"))
	value = strings.Join(strings.Fields(value), " ")
	if have := r.values[source]; value != "" && len(value) <= maxText && len(have) < maxItems {
		r.values[source] = append(have, value)
	}
}

// said is what a meta element says; pages that went through Postlight's parser have value for content.
func said(t html.Token) string {
	if content := attr(t, "content"); content != "" {
		return content
	}
	return attr(t, "value")
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
