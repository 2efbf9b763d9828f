package pagemeta

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"copydesk/pipeline/matter"
)

// A shape is what a field makes of the texts that it takes.
type shape int

const (
	text    shape = iota // the first
	date                 // the first that can be read as a date, if any
	address              // the first that is an address of the web
	names                // all that are no address: one as a text, several as a list
	list                 // all, as a list
	words                // the same, each split at its commas
)

// fields are what is taken of a page, in the order of the front matter. The doc of the package has the same table.
var fields = []struct {
	key     string
	shape   shape
	sources []string
}{
	{"title", text, []string{"ld headline", "meta og:title", "meta twitter:title", "title"}},
	{"description", text, []string{"meta description", "meta og:description", "meta twitter:description", "ld description"}},
	{"date", date, []string{"ld datePublished", "meta article:published_time", "meta date", "meta pubdate", "meta publishdate", "meta dc.date", "meta dcterms.created"}},
	{"lastmod", date, []string{"ld dateModified", "meta article:modified_time", "meta og:updated_time", "meta last-modified", "meta dcterms.modified"}},
	{"author", names, []string{"ld author", "meta author", "meta article:author", "meta dc.creator"}},
	{"categories", list, []string{"ld articleSection", "meta article:section"}},
	{"tags", words, []string{"ld keywords", "meta article:tag", "meta keywords", "meta news_keywords"}},
	{"image", address, []string{"ld image", "ld thumbnailUrl", "meta og:image", "meta twitter:image"}},
	{"canonical", address, []string{"link canonical", "meta og:url"}},
	{"lang", text, []string{"html lang", "ld inLanguage", "meta og:locale"}},
	{"site", text, []string{"meta og:site_name", "ld publisher"}},
}

// Matter is what the page says as a mapping for front matter.
func (p *Page) Matter() *matter.Node {
	root := &matter.Node{Kind: matter.Mapping}
	for _, f := range fields {
		for _, source := range f.sources {
			if n := f.shape.node(p.values[source]); n != nil {
				root.Entries = append(root.Entries, matter.Entry{Key: f.key, Value: n})
				break
			}
		}
	}
	return root
}

// node makes a value of texts, or nil of none that it can take.
func (s shape) node(texts []string) *matter.Node {
	if s == words {
		texts = strings.FieldsFunc(strings.Join(texts, ","), func(r rune) bool { return r == ',' || r == '，' || r == ';' || r == '、' })
	}
	var nodes []*matter.Node
	var have []string
	for _, t := range texts {
		t = strings.TrimSpace(t)
		if t == "" || slices.Contains(have, t) || !s.takes(t) {
			continue
		}
		if s >= names && len(nodes) == maxItems {
			break
		}
		n := &matter.Node{Kind: matter.String, Value: t, Quoted: true}
		if s == date {
			if n = dateNode(t); n == nil {
				continue
			}
		}
		if s < names {
			return n
		}
		have, nodes = append(have, t), append(nodes, n)
	}
	switch {
	case len(nodes) == 0:
		return nil
	case s == names && len(nodes) == 1:
		return nodes[0]
	}
	return &matter.Node{Kind: matter.Sequence, Items: nodes}
}

// takes tells whether a text can be a value of the shape.
func (s shape) takes(t string) bool {
	switch s {
	case address:
		return isAddress(t)
	case names:
		return len(t) <= maxItem && !(strings.Contains(t, "://") && isAddress(t))
	case list, words:
		return len(t) <= maxItem
	}
	return true
}

// dateNode is a date where the text is one that can be read in one way, else the text; nil for no date at all.
func dateNode(t string) *matter.Node {
	d, ok := matter.ReadDate(t)
	switch {
	case !ok:
		return nil
	case d.Doubt != "" || d.Time.IsZero() || d.Timed && !d.Zoned:
		return &matter.Node{Kind: matter.String, Value: t, Quoted: true}
	case d.Timed:
		return &matter.Node{Kind: matter.DateTime, Value: d.Time.Format(time.RFC3339Nano)}
	}
	return &matter.Node{Kind: matter.Date, Value: d.Time.Format(time.DateOnly)}
}

// isAddress tells whether a text is an address of the web: relative, http or https.
func isAddress(t string) bool {
	u, err := url.Parse(t)
	return err == nil && !strings.ContainsAny(t, " \t<>\"") && (u.Scheme == "" || u.Scheme == "http" || u.Scheme == "https")
}
