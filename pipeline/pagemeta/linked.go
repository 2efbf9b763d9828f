package pagemeta

import (
	"strings"

	"copydesk/pipeline/matter"
)

// linked takes what a script of JSON-LD says of an article (schema.org/Article).
func (r *reader) linked(script string) {
	root, _ := matter.Parse([]byte(strings.TrimSpace(script)), matter.JSON)
	root.Walk(func(_ string, n *matter.Node) {
		if n.Kind != matter.Mapping || !isArticle(n.Get("@type")) {
			return
		}
		for _, name := range []string{"headline", "description", "datePublished", "dateModified", "inLanguage", "articleSection", "keywords", "thumbnailUrl"} {
			r.texts("ld "+name, n.Get(name), "name")
		}
		r.texts("ld author", n.Get("author"), "name")
		r.texts("ld image", n.Get("image"), "url")
		r.texts("ld publisher", n.Get("publisher"), "name")
	})
}

// isArticle tells whether a type, or one of several, is that of an article.
func isArticle(n *matter.Node) bool {
	if n == nil {
		return false
	}
	for _, item := range n.Items {
		if isArticle(item) {
			return true
		}
	}
	name := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(n.Value, "https://"), "http://"), "schema.org/")
	return strings.HasSuffix(name, "Article") || strings.HasSuffix(name, "Posting") && name != "JobPosting" || name == "Report"
}

// texts adds the texts of a value: itself, those of a list, or the member of an object.
func (r *reader) texts(source string, n *matter.Node, member string) {
	switch {
	case n == nil || n.Kind == matter.Null:
	case n.Kind == matter.Mapping:
		if below := n.Get(member); below != nil && below.Kind == matter.String {
			r.add(source, below.Value)
		}
	case n.Kind == matter.Sequence:
		for _, item := range n.Items {
			if item.Kind != matter.Sequence { // JSON-LD has no lists in lists here; they would nest without end.
				r.texts(source, item, member)
			}
		}
	default:
		r.add(source, n.Value)
	}
}
