package article

import (
	"strconv"
	"strings"
	"time"

	"copydesk/pipeline"
	"copydesk/pipeline/matter"
	"copydesk/pipeline/report"
)

// Meta is what an article says of itself, whatever names and spellings its front matter has for it.
// It is derived and never written back.
type Meta struct {
	Title    string
	Date     string // RFC 3339; "" where there is no date, or none that can be read in one way only
	DateFrom string // JSON pointer of the value that the date was read from
	Zoned    bool   // whether that value names a zone; Date is in the document's Zone, or else in UTC, if not
	Modified string // when it was changed last: RFC 3339, in the same zone where none is named
	// ModifiedFrom is the JSON pointer of the value that Modified was read from.
	ModifiedFrom string
	Description  string
	Authors      []string // each once, in source order
	Tags         []string // tags, then categories; each once, in source order
	Image        string   // URL or path of the picture that stands for the article
	URL          string   // where the article is published
	Lang         string   // as the front matter says, else "zh", "ja" or "ko" by the script of the body
	Words        int      // of the body: a Chinese or Japanese character counts as one
}

// Where front matter has what Meta says, as JSON pointers; the first that holds something is taken,
// for authors and tags all of them.
var (
	titleAt    = [...]string{"/title", "/Title"}
	dateAt     = [...]string{"/date", "/Date", "/published", "/publishDate", "/pubDate", "/pubDatetime", "/datePublished", "/created", "/created_at", "/createdAt", "/ms.date"}
	modifiedAt = [...]string{"/lastmod", "/updated", "/modified", "/updatedDate", "/last_modified_at", "/dateModified", "/updated_at", "/modDatetime"}
	summaryAt  = [...]string{"/description", "/Description", "/summary", "/Summary", "/excerpt", "/abstract"}
	urlAt      = [...]string{"/canonical", "/canonicalURL", "/canonicalUrl", "/canonical_url", "/permalink", "/url", "/link"}
	authorAt   = [...]string{"/author", "/Author", "/authors", "/taxonomies/authors", "/extra/author"}
	tagAt      = [...]string{"/tags", "/tag", "/Tags", "/taxonomies/tags", "/categories", "/category", "/Category", "/taxonomies/categories"}
	imageAt    = [...]string{"/image", "/cover", "/headimg", "/thumbnail", "/featured_image", "/featuredImage", "/images/0", "/heroImage", "/ogImage"}
	langAt     = [...]string{"/lang", "/language", "/locale"}
)

// Of derives the meta of a document.
func Of(d *pipeline.Document) Meta {
	read := matter.Of(d)
	root, words := read.Root, count(read.Body.Of(d.Text))
	m := Meta{
		Title:       first(root, titleAt[:]),
		Description: first(root, summaryAt[:]),
		URL:         first(root, urlAt[:]),
		Image:       first(root, imageAt[:]),
		Lang:        first(root, langAt[:]),
		Words:       words.all,
	}
	if m.Lang == "" {
		m.Lang = words.lang()
	}
	for _, pointer := range authorAt {
		m.Authors = collect(m.Authors, root.At(pointer))
	}
	for _, pointer := range tagAt {
		m.Tags = collect(m.Tags, root.At(pointer))
	}
	zone := time.UTC
	if d.Zone != nil {
		zone = d.Zone
	}
	m.Date, m.DateFrom, m.Zoned = firstDate(root, dateAt[:], zone)
	m.Modified, m.ModifiedFrom, _ = firstDate(root, modifiedAt[:], zone)
	return m
}

// Names tells whether Meta looks at a key at the top of front matter.
func Names(key string) bool {
	for _, list := range [][]string{titleAt[:], dateAt[:], modifiedAt[:], summaryAt[:], urlAt[:], authorAt[:], tagAt[:], imageAt[:], langAt[:]} {
		for _, pointer := range list {
			if name, _, _ := strings.Cut(pointer[1:], "/"); name == key {
				return true
			}
		}
	}
	return false
}

// firstDate is the first date at one of the pointers that can be read in one way only.
func firstDate(root *matter.Node, pointers []string, zone *time.Location) (date, from string, zoned bool) {
	for _, pointer := range pointers {
		if d, ok := matter.ReadDate(root.At(pointer).Text()); ok && !d.Time.IsZero() {
			return d.In(zone).Format(time.RFC3339), pointer, d.Zoned
		}
	}
	return "", "", false
}

// first is the first text at one of the pointers; of a mapping, its url, src, path or name.
func first(root *matter.Node, pointers []string) string {
	for _, pointer := range pointers {
		if s := label(root.At(pointer)); s != "" {
			return s
		}
	}
	return ""
}

// label is what a value is called: a scalar's text, or a mapping's name or place.
func label(n *matter.Node) string {
	if n = n.Resolve(); n == nil {
		return ""
	}
	switch n.Kind {
	case matter.Mapping:
		for _, key := range []string{"name", "url", "src", "path"} {
			if s := n.Get(key).Text(); s != "" {
				return s
			}
		}
		return ""
	case matter.Null:
		return ""
	}
	return strings.TrimSpace(n.Text())
}

// collect adds the labels of a value, or of a sequence's values, that are not there yet.
// A text is split at its commas.
func collect(have []string, n *matter.Node) []string {
	if n = n.Resolve(); n == nil {
		return have
	}
	var labels []string
	switch n.Kind {
	case matter.Sequence:
		for _, item := range n.Items {
			labels = append(labels, label(item))
		}
	case matter.String:
		labels = strings.FieldsFunc(n.Value, func(r rune) bool { return r == ',' || r == '，' })
	default:
		labels = append(labels, label(n))
	}
	seen := make(map[string]bool, len(have)+len(labels))
	for _, s := range have {
		seen[s] = true
	}
	for _, s := range labels {
		if s = strings.TrimSpace(s); s != "" && !seen[s] {
			seen[s] = true
			have = append(have, s)
		}
	}
	return have
}

// appendMeta appends the members of meta that there are. dateZone is said where the zone is assumed.
func appendMeta(dst []byte, m Meta) []byte {
	dst = append(dst, '{')
	text := func(name, value string) {
		if value != "" {
			dst = append(append(append(dst, '"'), name...), `":`...)
			dst = append(report.AppendString(dst, value), ',')
		}
	}
	list := func(name string, values []string) {
		for i, v := range values {
			if i == 0 {
				dst = append(append(append(dst, '"'), name...), `":[`...)
			} else {
				dst = append(dst, ',')
			}
			dst = report.AppendString(dst, v)
		}
		if len(values) > 0 {
			dst = append(dst, "],"...)
		}
	}
	text("title", m.Title)
	text("date", m.Date)
	text("dateFrom", m.DateFrom)
	if m.Date != "" && !m.Zoned {
		text("dateZone", "assumed")
	}
	text("modified", m.Modified)
	text("modifiedFrom", m.ModifiedFrom)
	text("description", m.Description)
	list("authors", m.Authors)
	list("tags", m.Tags)
	text("image", m.Image)
	text("url", m.URL)
	text("lang", m.Lang)
	dst = strconv.AppendInt(append(dst, `"words":`...), int64(m.Words), 10)
	return append(dst, '}')
}
