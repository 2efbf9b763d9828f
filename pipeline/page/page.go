package page

import (
	"cmp"
	"html"
	"net/url"
	"path"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/article"
	"copydesk/pipeline/markup"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/sanitize"
)

// A Page is what a template is given: its exported fields and methods are what a template can name.
// Texts that the article does not have are "", lists are empty, dates are nil.
type Page struct {
	Title       string   // of the front matter, else the first heading of level 1, the title element, the file's name
	Headline    bool     // whether the title is to be shown: the body does not begin with it as a heading
	Lang        string   // a language tag as HTML wants it: "zh", "en-GB"
	Dir         string   // "rtl" for a language written from right to left
	Description string   // in a sentence or two
	Authors     []string // each once
	Date        *Date    // when it was published
	Modified    *Date    // when it was changed last
	Tags        []string // each once
	Image       string   // address of the picture that stands for the article: of http or https, or relative
	URL         string   // where the article is published: of http or https, with a host
	Words       int      // of the body; a Chinese or Japanese character counts as one
	Body        sanitize.HTML

	front *matter.Node
	lost  []Loss
	names []string // what the page may be called where the front matter and the body have no title
}

// Of makes a page of what a document says of itself, in the language lang where it names none. Show gives it
// its body.
func Of(d *pipeline.Document, lang string) *Page {
	meta, front := article.Of(d), matter.Of(d).Root
	p := &Page{
		Title: meta.Title, Description: meta.Description, Authors: meta.Authors, Tags: meta.Tags,
		Lang: language(meta.Lang), Words: meta.Words, front: front,
	}
	if u, ok := address(meta.URL); ok && u.Host != "" {
		p.URL = u.String()
	} else if meta.URL != "" {
		p.lose(meta.URL, "address", "an address with http or https and a host")
	}
	if u, ok := address(meta.Image); ok {
		p.Image = u.String()
		if base, err := url.Parse(p.URL); err == nil && p.URL != "" {
			p.Image = base.ResolveReference(u).String()
		}
	} else if meta.Image != "" {
		p.lose(meta.Image, "picture", "an address with http or https, or a relative one")
	}
	own := ownHead(d)
	if p.Lang == "" && meta.Lang != "" {
		p.lose(meta.Lang, "language", "a language tag such as en-GB")
	}
	p.Lang = cmp.Or(p.Lang, language(own.lang), language(lang))
	p.Dir = direction(p.Lang)
	p.Date = p.dateAt(meta.DateFrom, d.Zone)
	p.Modified = p.dateAt(meta.ModifiedFrom, d.Zone)
	if text := p.Text("date"); text != "" && p.Date == nil {
		p.lose(text, "date", "a date with one reading")
	}
	p.names = []string{own.title, strings.TrimSuffix(path.Base(d.Path), path.Ext(d.Path)), "untitled"}
	return p
}

// Show gives the page its body. The title and Headline are settled by the headings in it.
func (p *Page) Show(body sanitize.HTML) {
	p.Body = body
	shown := pipeline.NewDocument("", "", []byte(body.String()))
	shown.Format = pipeline.HTML
	var first markup.Heading
	for _, h := range markup.Of(shown).Headings {
		if h.Level == 1 && h.Text != "" {
			first = h
			break
		}
	}
	for _, title := range append([]string{p.Title, first.Text}, p.names...) {
		if title = strings.Join(strings.Fields(title), " "); title != "" && title != "." {
			p.Title = title
			break
		}
	}
	p.Headline = first.Text != p.Title
}

// Text is the text of the front matter at a key, or at a JSON pointer such as "/params/subtitle"; "" where
// there is none.
func (p *Page) Text(key string) string {
	if n := p.at(key); n != nil && n.Kind != matter.Null {
		return n.Text()
	}
	return ""
}

// List is the texts of the front matter's list at a key or a JSON pointer; a single text is a list of one.
func (p *Page) List(key string) []string {
	n := p.at(key)
	if n == nil || n.Kind != matter.Sequence {
		if text := p.Text(key); text != "" {
			return []string{text}
		}
		return nil
	}
	var list []string
	for _, item := range n.Items {
		list = append(list, item.Text())
	}
	return list
}

func (p *Page) at(key string) *matter.Node {
	if strings.HasPrefix(key, "/") {
		return p.front.At(key)
	}
	return p.front.Get(key)
}

// address reads an address that a page may point to.
func address(text string) (*url.URL, bool) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || text == "" || u.Opaque != "" || u.User != nil {
		return nil, false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u, u.Host != ""
	case "":
		return u, true
	}
	return nil, false
}

// A head is what a body that is a whole page of its own says of itself.
type head struct{ title, lang string }

func ownHead(d *pipeline.Document) (h head) {
	b := markup.Of(d)
	for i := range b.Elements {
		e := &b.Elements[i]
		switch e.Name {
		case "html":
			if a, ok := e.Attr("lang"); ok && h.lang == "" {
				h.lang = a.Value
			}
		case "title":
			if h.title == "" && e.Parent >= 0 && b.Elements[e.Parent].Name == "head" {
				h.title = html.UnescapeString(string(b.Text[e.Span.End:e.End.Start]))
			}
		}
	}
	return h
}
