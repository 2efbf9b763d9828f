package article

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

// Published is what a published form of an article says beside its Meta.
type Published struct {
	Site string // the address of the site, below which the article and its pictures are; "" where it is not known
	Text string // the body as plain text
	HTML string // the body as HTML that is safe to publish
}

// AppendFeedItem appends the article as one item of a JSON Feed 1.1, https://www.jsonfeed.org/version/1.1. Its id
// is its URL, or its path where it has none.
func AppendFeedItem(dst []byte, d *pipeline.Document, p Published) []byte {
	m, root := Of(d), matter.Of(d).Root
	at := p.address(d, root)
	o := members{out: append(dst, '{')}
	o.string("id", d.Path)
	if at != "" {
		o = members{out: append(dst, '{')}
		o.string("id", at)
		o.string("url", at)
	}
	o.filled("title", m.Title)
	o.string("content_html", p.HTML)
	o.filled("summary", m.Description)
	o.filled("image", p.resolve(m.Image))
	o.filled("date_published", m.Date)
	o.filled("date_modified", m.Modified)
	o.list("authors", m.Authors, "{\"name\":", "}")
	o.list("tags", m.Tags, "", "")
	o.filled("language", m.Lang)
	return append(o.out, '}')
}

// AppendFeedHead appends the beginning of a JSON Feed 1.1, up to the first item. Items are joined by
// commas, and "]}" ends it.
func AppendFeedHead(dst []byte, title, home string) []byte {
	o := members{out: append(dst, '{')}
	o.string("version", "https://jsonfeed.org/version/1.1")
	o.string("title", title)
	o.filled("home_page_url", home)
	o.name("items")
	return append(o.out, '[')
}

// AppendLinkedData appends the article as an Article of https://schema.org, in JSON-LD. A date whose zone
// nobody names has none.
func AppendLinkedData(dst []byte, d *pipeline.Document, p Published) []byte {
	m, root := Of(d), matter.Of(d).Root
	o := members{out: append(dst, '{')}
	o.string("@context", "https://schema.org")
	o.string("@type", "Article")
	if at := p.address(d, root); at != "" {
		o.string("@id", at)
		o.string("url", at)
	}
	o.filled("headline", m.Title)
	o.filled("description", m.Description)
	date := m.Date
	if !m.Zoned && d.Zone == nil {
		date = strings.TrimSuffix(date, "Z")
	}
	o.filled("datePublished", date)
	o.list("author", m.Authors, `{"@type":"Person","name":`, "}")
	o.list("keywords", m.Tags, "", "")
	o.filled("image", p.resolve(m.Image))
	o.filled("inLanguage", m.Lang)
	o.name("wordCount")
	o.out = strconv.AppendInt(o.out, int64(m.Words), 10)
	o.filled("articleBody", p.Text)
	return append(o.out, '}')
}

// address is the article's URL: what the front matter says if that is one, else its path below the site.
func (p Published) address(d *pipeline.Document, root *matter.Node) string {
	for _, pointer := range urlAt {
		if s := label(root.At(pointer)); isAbsolute(s) {
			return s
		} else if s != "" && p.Site != "" && strings.HasPrefix(s, "/") {
			return p.resolve(s)
		}
	}
	if p.Site == "" {
		return ""
	}
	stem := strings.TrimSuffix(d.Path, path.Ext(d.Path))
	return p.resolve((&url.URL{Path: stem + ".html"}).EscapedPath())
}

func isAbsolute(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// resolve is an address as seen from the site, as it stands where there is no site.
func (p Published) resolve(address string) string {
	site, err := url.Parse(strings.TrimSuffix(p.Site, "/") + "/")
	to, err2 := url.Parse(address)
	if p.Site == "" || address == "" || err != nil || err2 != nil {
		return address
	}
	return site.ResolveReference(to).String()
}

// members appends the members of an object.
type members struct{ out []byte }

func (o *members) name(name string) {
	if o.out[len(o.out)-1] != '{' {
		o.out = append(o.out, ',')
	}
	o.out = append(report.AppendString(o.out, name), ':')
}

func (o *members) string(name, value string) {
	o.name(name)
	o.out = report.AppendString(o.out, value)
}

// filled appends a member that is left out where it is empty.
func (o *members) filled(name, value string) {
	if value != "" {
		o.string(name, value)
	}
}

// list appends an array of strings, each between two texts; nothing for none.
func (o *members) list(name string, values []string, before, after string) {
	for i, v := range values {
		if i == 0 {
			o.name(name)
			o.out = append(o.out, '[')
		} else {
			o.out = append(o.out, ',')
		}
		o.out = append(report.AppendString(append(o.out, before...), v), after...)
	}
	if len(values) > 0 {
		o.out = append(o.out, ']')
	}
}
